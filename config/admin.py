"""Django's admin with our own site (``timeline/admin_site.py``)."""

from django.contrib.admin.apps import AdminConfig


class ClaimlineAdmin(AdminConfig):
    """The admin, open by membership."""

    default_site = "timeline.admin_site.ClaimlineAdminSite"

"""The site map: each noun's addresses stand in its app's ``urls.py``."""

from django.contrib import admin
from django.urls import include, path

from config.view_on_site import guarded

urlpatterns = [
    path("", include("documents.urls")),
    path("", include("timeline.urls")),
    path("", include("timeline.urls_metadata")),
    path("admin/r/<path:content_type_id>/<path:object_id>/", guarded),
    path("admin/", admin.site.urls),
]

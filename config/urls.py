"""The site map: each noun's addresses stand in its app's ``urls.py``."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("documents.urls")),
    path("", include("timeline.urls")),
    path("admin/", admin.site.urls),
]

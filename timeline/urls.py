"""Addresses of this app."""

from django.urls import include, path

urlpatterns: list = [
    path("", include("timeline.urls_marks")),
]

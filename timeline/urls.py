"""Addresses of dossiers, letters and claims."""

from django.urls import include, path

from timeline import views

urlpatterns: list = [
    path("", views.home, name="home"),
    path("", include("timeline.urls_marks")),
]

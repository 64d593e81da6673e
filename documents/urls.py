"""Addresses that belong to no dossier."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from documents import views

urlpatterns: list = [
    path("login/", LoginView.as_view(redirect_authenticated_user=False), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("documents.urls_ingest")),
]

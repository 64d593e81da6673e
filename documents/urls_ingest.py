"""Addresses at which letters are brought."""

from django.urls import path

from documents import views_ingest

urlpatterns = [
    path("ingest/", views_ingest.ingest, name="ingest"),
    path("ingest/understand/", views_ingest.understand_date, name="ingest-understand"),
    path("ingest/<int:public_id>/", views_ingest.look, name="ingest-look"),
]

"""Addresses of a letter's metadata."""

from django.urls import path

from timeline import views_metadata

urlpatterns: list = [
    path("letters/<int:public_id>/metadata/", views_metadata.letter_metadata, name="letter-metadata"),
]

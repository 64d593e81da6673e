"""Addresses of the canvas."""

from django.conf import settings
from django.urls import path

from timeline import views_gallery, views_marks

urlpatterns = [
    path("dossiers/<slug:slug>/marks.json", views_marks.marks, name="timeline-marks"),
    path("dossiers/<slug:slug>/marks-texts.json", views_marks.mark_texts, name="timeline-mark-texts"),
    path("dossiers/<slug:slug>/marks-list.json", views_marks.mark_list, name="timeline-mark-list"),
    path("dossiers/<slug:slug>/marks-sources.json", views_marks.mark_sources, name="timeline-mark-sources"),
    path("dossiers/<slug:slug>/marks-said.json", views_marks.marks_said, name="timeline-marks-said"),
    path("dossiers/<slug:slug>/marks-day.json", views_marks.day_of_words, name="timeline-day"),
]
if settings.DEBUG:
    urlpatterns.append(path("marks/", views_gallery.gallery, name="marks-gallery"))

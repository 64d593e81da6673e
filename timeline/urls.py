"""Addresses of dossiers, letters and claims."""

from django.urls import include, path

from timeline import views, views_events

urlpatterns: list = [
    path("", views.home, name="home"),
    path("dossiers/<slug:slug>/", views.timeline, name="timeline"),
    path("dossiers/<slug:slug>/chronology/", views.chronology, name="chronology"),
    path("dossiers/<slug:slug>/letters/", views.letters, name="letters"),
    path("dossiers/<slug:slug>/search/", views.search, name="search"),
    path("dossiers/<slug:slug>/events/", views_events.events, name="events"),
    path("dossiers/<slug:slug>/compare/", views_events.compare, name="compare"),
    path("dossiers/<slug:slug>/matrix/", views_events.matrix, name="matrix"),
    path("events/<int:public_id>/", views_events.event, name="event"),
    path("letters/<int:public_id>/", views.letter, name="letter"),
    path("claims/<str:reference>/", views.claim, name="claim"),
    path("claims/<str:reference>/panel/", views.claim_panel, name="claim-panel"),
    path("", include("timeline.urls_marks")),
]

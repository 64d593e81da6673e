"""The app that knows what letters claim and how it is shown."""

from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Claims and events"

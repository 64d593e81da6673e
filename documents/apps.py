"""The app that knows what a letter is and how one comes in."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Letters and parties"

    def ready(self) -> None:
        """Register the system checks."""
        from documents import checks  # noqa: F401

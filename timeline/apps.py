"""The app that knows what letters claim and how it is shown."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Claims and events"

    def ready(self) -> None:
        """Have the database count claims and index their words, after every migration."""
        post_migrate.connect(keep_counts, sender=self)
        post_migrate.connect(index_claims, sender=self)
        post_migrate.connect(guard_history, sender=self)


def keep_counts(using: str, **_: object) -> None:
    """Make the triggers that count claims, where they are missing."""
    from timeline import density_triggers, facet_triggers

    density_triggers.install(using)
    facet_triggers.install(using)


def index_claims(using: str, **_: object) -> None:
    """Have the database index the words of claims, and how long their dates are."""
    from timeline import reach_index, word_index

    word_index.install(using)
    reach_index.install(using)


def guard_history(using: str, **_: object) -> None:
    """Have the database refuse changes to the log of decisions."""
    from timeline.history_guard import install

    install(using)

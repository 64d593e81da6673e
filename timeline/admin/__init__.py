"""The curator's desk: Django's admin, extended. Rights come from memberships, not from Django's permissions.

Who curates or owns a dossier sees here what stands in it; staff without a membership see nothing; superusers
see all. To log in here a person needs to be staff, or to curate a dossier: no Django permission, no group.
"""

from timeline.admin import claims, dossiers, events, letters, parties

__all__ = ["claims", "dossiers", "events", "letters", "parties"]

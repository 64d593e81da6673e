"""Rows written in bulk: what is not given has the model's own default."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from tests.timeline.desk import build_desk
from timeline.bulk import Bulk
from timeline.models import Decision, Tag


@pytest.mark.django_db
def test_a_default_is_made_for_each_row_and_none_where_there_is_none() -> None:
    desk = build_desk("bulk")
    names = ("dossier_id", "number", "made", "action", "kind", "subject", "previous", "hash")
    table = Bulk(Decision, names)
    last = Decision.objects.filter(dossier=desk.dossier).order_by("-number")[0]
    made = Decision._meta.get_field("made").get_db_prep_save(timezone.now(), connection)
    table.write([table.row(desk.dossier.pk, last.number + 1, made, "note", "claim", 7, last.hash, "x")])
    entry = Decision.objects.get(dossier=desk.dossier, number=last.number + 1)
    assert (entry.batch, entry.user_id, entry.changes, entry.reason) == (None, None, {}, "")
    tags = Bulk(Tag, ("dossier_id", "name"))
    tags.write([tags.row(desk.dossier.pk, name) for name in ("one", "two")])
    assert Tag.objects.filter(dossier=desk.dossier).count() == 2

"""``manage.py make_demo``: what it calls what it makes."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from documents.models import Dossier


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "said"), [(1, "1 claim"), (2, "2 claims")])
def test_one_claim_is_one(count: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_demo", claims=count, slug="few")
    assert Dossier.objects.get(slug="few").title == f"Demonstration, {said}"
    assert capsys.readouterr().out == f"/dossiers/few/: {said}\n"

"""What a newcomer meets: ``serve``, the samples loaded once, somebody to log in as."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from documents.models import Dossier, Membership
from timeline.management.commands.serve import refuse_taken_port

LETTER = "Harbour, 9 May 2023\n\nSir,\n\nOn 14 June 2022 Averland closed the strait.\n\nAnna Lund\n"
TABLE = """
title = "The strait"
slug = "strait"
published = true
letters = ["a.txt"]
[[party]]
name = "Averland"
kind = "state"
names.en = ["Averland"]
adjectives.en = ["Averlander"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one dossier of one letter."""
    dossier = tmp_path / "strait"
    dossier.mkdir()
    (dossier / "a.txt").write_text(LETTER, encoding="utf-8")
    (dossier / "dossier.toml").write_text(TABLE, encoding="utf-8")
    return tmp_path


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_a_taken_port_is_named_with_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"^Port {port} is taken .* make run PORT=\d+$"):
            refuse_taken_port(port)
    refuse_taken_port(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(CommandError, match="is no port"):
        refuse_taken_port(port)


def test_serve_is_for_ones_own_machine(settings: object) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="gunicorn"):
        call_command("serve")


@pytest.mark.django_db
def test_a_folder_becomes_a_dossier_once(folder: Path) -> None:
    assert "“The strait”: 1 letters" in said("load_samples", "--from", str(folder))
    dossier = Dossier.objects.get(slug="strait")
    assert dossier.published
    assert not dossier.show_suggestions
    assert dossier.letters.get().file_name == "a.txt"
    assert {n.text for n in dossier.own_parties.get().names.all()} == {"Averland", "Averlander"}
    assert said("load_samples", "--from", str(folder)) == ""
    assert dossier.letters.count() == 1


@pytest.mark.django_db
def test_a_sample_that_was_deleted_does_not_come_back(folder: Path) -> None:
    said("load_samples", "--from", str(folder))
    dossier = Dossier.objects.get(slug="strait")
    dossier.claims.all().delete()
    dossier.letters.all().delete()
    dossier.delete()
    assert said("load_samples", "--from", str(folder)) == ""
    assert not Dossier.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (TABLE.replace("a.txt", "b.txt"), r"b\.txt: No such file"),
        (TABLE.replace('slug = "strait"', ""), "lacks slug"),
        ("[[party\n" + TABLE, r"dossier\.toml: .*line"),
    ],
)
def test_a_broken_folder_leaves_nothing(folder: Path, table: str, complaint: str) -> None:
    (folder / "strait" / "dossier.toml").write_text(table, encoding="utf-8")
    with pytest.raises(CommandError, match=complaint):
        call_command("load_samples", "--from", str(folder))
    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_the_development_curator_owns_the_samples(folder: Path, settings: object) -> None:
    settings.DEBUG = True
    settings.SAMPLES_DIR = folder
    said("load_samples")
    for _ in range(2):
        assert said("create_dev_curator") == "Log in as “curator”, password “claimline”.\n"
    membership = Membership.objects.get()
    assert (membership.dossier.slug, membership.role) == ("strait", "owner")
    assert membership.user.is_staff
    assert not membership.user.is_superuser
    assert Client().login(username="curator", password="claimline")


@pytest.mark.django_db
def test_a_password_that_was_changed_is_kept(folder: Path, settings: object) -> None:
    settings.DEBUG = True
    settings.SAMPLES_DIR = folder
    said("create_dev_curator")
    user = Membership._meta.get_field("user").related_model.objects.get()
    user.set_password("another")
    user.save()
    assert said("create_dev_curator") == "Log in as “curator”, with the password that was set for it.\n"
    assert Client().login(username="curator", password="another")


@pytest.mark.django_db
def test_a_known_password_is_only_set_while_developing(settings: object) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("create_dev_curator")

"""Random edits, new readings, changed letters, restores and undoings: what a person set stays, the log whole.

``CLAIMLINE_SOAK=10000`` drives as many steps; 300 otherwise. A failure prints its seed, and
``CLAIMLINE_SOAK_SEED`` drives the same steps again.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from documents.ingest import ingest_pasted
from documents.models import Letter, PartyMerge
from tests.timeline.desk import LETTER, Desk, build_desk
from timeline import curation
from timeline.event_recording import record_events
from timeline.history import verify
from timeline.models import Claim, Decision, Note, Voice
from timeline.recording import READ_FIELDS, about_party, record_letter

pytestmark = pytest.mark.django_db
STEPS = int(os.environ.get("CLAIMLINE_SOAK", "300"))
SEED = os.environ.get("CLAIMLINE_SOAK_SEED", "")
DATES = ("2015-01-02", "2016-03", "199X", "2017~", "2018-05/2019", None)
# Nothing is ever deleted: so many and no more, so that each step takes as long as the first.
MOST_CLAIMS, MOST_LETTERS, MOST_NOTES = 40, 3, 30
VOICE = ("party", "words", "role", "depth", "set_by_person", "source_start", "cue_start", "content_start")
# Somebody may have decided since, or two things cannot be one: then nothing is to change.
NOT_NOW = (curation.Conflict, curation.Refused)


def pick(desk: Desk, chance: random.Random) -> Claim:
    keys = Claim.objects.filter(dossier=desk.dossier).order_by("pk").values_list("pk", flat=True)
    return Claim.objects.get(pk=chance.choice(list(keys)))


def letter_of(desk: Desk, chance: random.Random) -> Letter:
    return chance.choice(list(Letter.objects.filter(dossier=desk.dossier).order_by("pk")))


def disturb(desk: Desk, chance: random.Random) -> None:
    """Have the machine read otherwise than it did: as another version of it would."""
    untouched = Claim.objects.filter(curated_fields=[], review_state="suggested", added_by_person=False)
    keys = list(untouched.order_by("pk").values_list("pk", flat=True))
    if keys:
        Claim.objects.filter(pk=chance.choice(keys)).update(edtf=chance.choice(DATES[:5]), stance="demands")


def undo_one(desk: Desk, chance: random.Random) -> None:
    entries = Decision.objects.filter(dossier=desk.dossier).exclude(user=None).order_by("-number")[:6]
    if entries:
        curation.undo(desk.curator, chance.choice(list(entries)))


def revert(desk: Desk, chance: random.Random) -> None:
    """Bring a claim back to how it stood after any of its entries."""
    claim = pick(desk, chance)
    log = Decision.objects.filter(dossier=desk.dossier, kind="claim", subject=claim.public_id)
    numbers = list(log.order_by("number").values_list("number", flat=True))
    if numbers:
        curation.revert(desk.curator, claim, chance.choice(numbers), None)


def add(desk: Desk, chance: random.Random) -> None:
    if Claim.objects.count() < MOST_CLAIMS:
        values = {"edtf": chance.choice(DATES)}
        curation.add_claim(desk.curator, desk.letter, values, asserted_by=party(desk, chance))


def split(desk: Desk, chance: random.Random) -> None:
    if Claim.objects.count() < MOST_CLAIMS:
        curation.split_claim(desk.curator, pick(desk, chance))


def bring(desk: Desk, chance: random.Random) -> None:
    """Bring the letter again: as it is, or with its text changed, which makes it another letter."""
    number = Letter.objects.filter(dossier=desk.dossier).count()
    text = LETTER
    if chance.random() < 0.5 and number < MOST_LETTERS:
        text = LETTER.replace("1. On 14 June", f"1. It is recalled for the {number + 1}. time: on 14 June")
    ingest_pasted(desk.dossier, text)


def note(desk: Desk, chance: random.Random) -> None:
    if Note.objects.count() < MOST_NOTES:
        curation.add_note(desk.curator, pick(desk, chance), "Ask them.")


def name_event(desk: Desk, chance: random.Random) -> None:
    """Say which event a claim tells of, or that it tells of none."""
    event = curation.event_named(desk.curator, desk.dossier, chance.choice(("", "Seizure", "Note")))
    curation.correct_claim(desk.curator, pick(desk, chance), curation.Correction(event=event), None)


def redate_letter(desk: Desk, chance: random.Random) -> None:
    date = chance.choice(("2019-05-20", "2018-05-20", "2019-05-21"))
    curation.correct_letter_date(desk.curator, letter_of(desk, chance), date, None)


def merge_parties(desk: Desk, chance: random.Random) -> None:
    """Merge the two parties, or undo it: as soon as that, so that both are there to be chosen."""
    merged = curation.merge_parties(
        desk.curator, desk.dossier, desk.party("Averland"), desk.party("Norvania")
    )
    record_letter(letter_of(desk, chance))
    curation.undo(desk.curator, merged)


def merge(desk: Desk, chance: random.Random) -> None:
    curation.merge_claims(desk.curator, pick(desk, chance), pick(desk, chance), None)


def party(desk: Desk, chance: random.Random) -> Any:
    return desk.party(chance.choice(("Norvania", "Averland")))


EDITS: tuple[Callable[[Desk, random.Random], object], ...] = (
    lambda d, c: curation.correct_date(d.curator, pick(d, c), c.choice(DATES), None),
    lambda d, c: curation.correct_stance(d.curator, pick(d, c), c.choice(("asserts", "denies")), None),
    lambda d, c: curation.correct_voice(
        d.curator, pick(d, c), party(d, c), c.choice((None, party(d, c))), None
    ),
    lambda d, c: curation.accept_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.dismiss_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.restore_claim(d.curator, pick(d, c), None),
    lambda d, c: curation.give_back(d.curator, pick(d, c), {"stance"}, None),
    lambda d, c: curation.correct_claim(
        d.curator, pick(d, c), curation.Correction(tags=[c.choice("ab")]), None
    ),
    add,
    split,
    merge,
    name_event,
    note,
    redate_letter,
    merge_parties,
    bring,
    revert,
    undo_one,
    undo_one,
    disturb,
)


def decided() -> dict[int, dict[str, Any]]:
    """Return what persons decided: their fields, and all of what they accepted or dismissed."""
    voices, tags = defaultdict(list), defaultdict(list)
    for key, *voice in Voice.objects.order_by("depth", "pk").values_list("claim", *VOICE):
        voices[key].append(voice)
    for key, name in Claim.tags.through.objects.order_by("tag__name").values_list("claim", "tag__name"):
        tags[key].append(name)
    on_events = Decision.objects.filter(kind="claim", changes__has_key="event_id").exclude(user=None)
    of_event = set(on_events.values_list("subject", flat=True))
    found = {}
    for claim in Claim.objects.order_by("pk"):
        whole = claim.review_state in ("accepted", "dismissed")
        names = {*READ_FIELDS, "voices", "review_state"} if whole else set(claim.curated_fields)
        names |= {"event_id"} if claim.public_id in of_event else set()
        kept = {name: getattr(claim, name) for name in names - {"voices"}}
        kept |= {"voices": voices[claim.pk]} if "voices" in names else {}
        found[claim.pk] = {**kept, "tags": tags[claim.pk], "curated_fields": sorted(claim.curated_fields)}
    return found


def rest() -> tuple[object, ...]:
    """Return what else a person decided, that no reading may touch."""
    notes = list(Note.objects.order_by("pk").values_list("pk", "text"))
    merges = list(PartyMerge.objects.order_by("pk").values_list("party", "into"))
    letters = list(Letter.objects.order_by("pk").values_list("pk", "curated_fields", "text_sha256"))
    return notes, merges, letters


def read_anew(desk: Desk, chance: random.Random, where: str) -> None:
    """Read a letter again and join its accounts; check that no decision was lost, and that it ends there."""
    before, others, entries = decided(), rest(), Decision.objects.count()
    letter = letter_of(desk, chance)
    record_letter(letter)
    record_events(desk.dossier)
    after = decided()
    assert {key: after[key] for key in before} == before, where
    assert rest() == others, where
    again = Decision.objects.count()
    assert record_letter(letter).changes == [], where
    assert Decision.objects.count() == again >= entries, where


def test_nothing_decided_is_ever_lost() -> None:
    desk = build_desk()
    seed = int(SEED or random.randrange(10**6))
    print(f"seed {seed}")
    chance = random.Random(seed)
    for step in range(STEPS):
        if chance.random() < 0.25:
            read_anew(desk, chance, f"seed {seed}, step {step}")
        else:
            with contextlib.suppress(*NOT_NOW):
                chance.choice(EDITS)(desk, chance)
        named = Claim.objects.annotate(told=about_party()).values_list("about_party", "told")
        assert all(kept == told for kept, told in named), f"seed {seed}, step {step}"
    assert list(verify(desk.dossier.pk)) == [], f"seed {seed}"

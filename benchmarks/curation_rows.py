"""Rows for the curation benchmark, in bulk: claims with a log behind them, and letters to read again.

All of it is made up and seeded. The log is a true chain: its hashes are those that verifying asks for.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from documents.ingest import ingest_pasted
from documents.models import Dossier, Letter, Membership, Party
from timeline.bulk import Bulk
from timeline.curation.claim_state import FIELDS, state_of, with_date, with_field, with_voices, write_state
from timeline.demo import HAPPENINGS, PARTIES, store
from timeline.extraction.edtf import in_words
from timeline.history import Entry, differences, hash_of, head, record_many
from timeline.models import Claim, Decision

BEGAN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
LOG_FIELDS = (
    "dossier_id",
    "number",
    "made",
    "user_id",
    "user_name",
    "action",
    "kind",
    "subject",
    "subject_name",
    "changes",
    "reason",
    "previous",
    "hash",
)
# What decisions look like in a log: who (True: a person), the action, and what it changed.
DECISIONS: tuple[tuple[bool, str, dict[str, list[Any]]], ...] = (
    (True, "accept", {"review_state": ["suggested", "accepted"]}),
    (True, "correct", {"stance": ["asserts", "denies"], "curated_fields": [[], ["stance"]]}),
    (False, "read again", {"edtf": ["2019-03", "2019-03-04"], "precision": ["month", "day"]}),
    (True, "undo", {"stance": ["denies", "asserts"], "curated_fields": [["stance"], []]}),
    (True, "dismiss", {"review_state": ["accepted", "dismissed"]}),
    (True, "restore", {"review_state": ["dismissed", "suggested"]}),
)
WRITE_AT_ONCE = 20_000
SENTENCES = 26


def curator_of(dossier: Dossier, name: str) -> User:
    """Return a new user who curates the dossier and nothing else."""
    user = User.objects.create_user(name)
    Membership.objects.create(dossier=dossier, user=user, role="curator")
    return user


def waiting_dossier(slug: str, claims: int, decided: int) -> tuple[Dossier, User]:
    """Make a dossier of so many claims, ``decided`` of them accepted with a log behind; and its curator.

    One that is there from an earlier run is taken as it is.
    """
    there = Dossier.objects.filter(slug=slug).first()
    if there is not None:
        return there, User.objects.get(username=f"curator-{slug}")
    with transaction.atomic():
        dossier = store(slug, f"{claims:,} claims, {decided:,} decided", claims, seed=len(slug) + decided)
        user = curator_of(dossier, f"curator-{slug}")
        own = Claim.objects.filter(dossier=dossier)
        most = list(own.filter(review_state="accepted").order_by("pk").values_list("pk", flat=True))
        if decided < len(most):
            own.filter(review_state="accepted", pk__gte=most[decided]).update(review_state="suggested")
        _read_by_machine(dossier)
        accepted = own.filter(review_state="accepted").order_by("pk")
        append_log(dossier, user, accepted.values_list("public_id", "quote"), decided, DECISIONS[:1])
    return dossier, user


def _read_by_machine(dossier: Dossier) -> None:
    """Give each claim a score of its own, and a machine's reading in which one date in eleven differs."""
    make = "jsonb_build_object" if connection.vendor == "postgresql" else "json_object"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE timeline_claim SET score = (id * 7919 %% 1000) / 1000.0, machine = {make}("  # noqa: S608
            "'edtf', CASE WHEN id %% 11 = 0 THEN '1999' ELSE edtf END, 'basis', basis, 'stance', stance) "
            "WHERE dossier_id = %s",
            [dossier.pk],
        )


@transaction.atomic
def append_log(
    dossier: Dossier,
    user: User,
    claims: Iterable[tuple[int, str]],
    most: int,
    decisions: tuple[tuple[bool, str, dict[str, list[Any]]], ...] = DECISIONS,
) -> None:
    """Append entries to the dossier's log until it has ``most``: each decision on every claim in turn."""
    table = Bulk(Decision, LOG_FIELDS)
    made_field = Decision._meta.get_field("made")
    number, previous = head(dossier.pk)
    entry = Decision(dossier_id=dossier.pk, kind="claim")
    rows: list[list[Any]] = []
    named = list(islice(claims, most))
    while number < most:
        by_person, action, entry.changes = decisions[number // len(named) % len(decisions)]
        subject, quote = named[number % len(named)]
        number += 1
        entry.number, entry.previous, entry.action = number, previous, action
        entry.made = BEGAN + dt.timedelta(seconds=40 * number)
        entry.user_id, entry.user_name = (user.pk, user.username) if by_person else (None, "")
        entry.subject, entry.subject_name = subject, quote[:80]
        entry.hash = hash_of(entry)
        made = made_field.get_db_prep_save(entry.made, connection)
        who = (entry.user_id, entry.user_name, entry.action, "claim", subject, entry.subject_name)
        changes = json.dumps(entry.changes)
        rows.append(table.row(dossier.pk, number, made, *who, changes, "", previous, entry.hash))
        previous = entry.hash
        if len(rows) == WRITE_AT_ONCE:
            table.write(rows)
            rows = []
    table.write(rows)


def peer_history(dossier: Dossier, user: User, times: int) -> None:
    """Give each claim of the dossier so many rows of django-simple-history, in one statement."""
    historical = Claim.history.model  # type: ignore[attr-defined]
    if historical.objects.filter(dossier_id=dossier.pk).count() >= times * 100:
        return
    quoted = connection.ops.quote_name
    own = ", ".join(quoted(field.column) for field in Claim._meta.concrete_fields)
    numbers = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(times))
    if connection.vendor == "postgresql":
        date = "timestamptz '2024-01-01' + interval '1 second' * (id %% 1000000 + n * 1000000)"
    else:
        date = "datetime('2024-01-01', (id %% 1000000 + n * 1000000) || ' seconds')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quoted(historical._meta.db_table)} "  # noqa: S608
            f"({own}, history_date, history_type, history_user_id) SELECT {own}, {date}, '~', %s "
            f"FROM timeline_claim CROSS JOIN ({numbers}) AS times WHERE dossier_id = %s",
            [user.pk, dossier.pk],
        )


def lettered_dossier(letters: int) -> tuple[Dossier, User]:
    """Make a dossier of letters in prose, each read as an ingested one is."""
    dossier = Dossier.objects.create(slug="letters-to-read", title=f"{letters:,} letters")
    user = curator_of(dossier, "curator-letters")
    for name, kind in PARTIES:
        Party.objects.create(dossier=dossier, name=name, kind=kind)
    rng = random.Random(4)
    # Each in a transaction of its own: in one of thousands of savepoints PostgreSQL slows to a crawl.
    for number in range(letters):
        result = ingest_pasted(dossier, letter_text(rng, number))
        if result.letter is None:
            raise RuntimeError(result.message)
    return dossier, user


def letter_text(rng: random.Random, number: int) -> str:
    """Return a letter of a state with SENTENCES dated sentences, some of them what another state said."""
    states = [name for name, kind in PARTIES if kind == "state"]
    sender, other = rng.sample(states, 2)
    own = dt.date(2010, 1, 1) + dt.timedelta(days=5 * number + rng.randrange(5))
    lines = [
        f"Letter dated {in_words(own.isoformat())} from the Permanent Representative of {sender} to the "
        "United Nations\naddressed to the Secretary-General"
    ]
    for place in range(SENTENCES):
        when = in_words((own - dt.timedelta(days=rng.randrange(30, 9000))).isoformat())
        opening = f"According to {other}, on {when} " if rng.random() < 0.2 else f"On {when} "
        sentence = f"{opening}{rng.choice(HAPPENINGS)}."
        lines.append(f"{place // 4 + 1}. {sentence}" if place % 4 == 0 else f"{lines.pop()} {sentence}")
    return "\n\n".join([*lines, "(Signed) Maria Teller\nPermanent Representative\n"])


def curate(dossier: Dossier, user: User, fields_a_letter: int) -> dict[int, dict[str, Any]]:
    """Set so many fields in each letter, dates, stances, voices in turn; return {claim: state}.

    As a curator's decisions are written, with their log, but in one transaction.
    """
    parties = list(Party.objects.filter(dossier=dossier, kind="state").order_by("pk"))
    done: dict[int, dict[str, Any]] = {}
    entries = []
    with transaction.atomic():
        for letter in Letter.objects.filter(dossier=dossier).order_by("pk").defer("text"):
            for place, claim in enumerate(_claims_of(letter)[:fields_a_letter]):
                before = state_of(claim)
                after = _set(before, place, parties)
                if before["voices"] != after["voices"]:
                    write_state(claim, before, after)
                else:
                    for name in FIELDS:
                        setattr(claim, name, after[name])
                    claim.save_without_historical_record()
                changes = differences(before, after)
                entries.append(Entry("correct", "claim", claim.public_id, str(claim), changes))
                done[claim.pk] = after
        record_many(dossier, user, entries)
        # What an older version might have read otherwise: the next reading has something to change.
        untouched = Claim.objects.filter(dossier=dossier, review_state="suggested", curated_fields=[])
        untouched.update(stance="demands")
    return done


def _claims_of(letter: Letter) -> list[Claim]:
    return list(Claim.objects.filter(letter=letter, review_state="suggested").order_by("start", "pk"))


def _set(state: dict[str, Any], place: int, parties: list[Party]) -> dict[str, Any]:
    """Return a state with one field set otherwise than it was read."""
    if place % 3 == 0:
        return with_date(state, "1987-06-05", modifier="", basis=None, reasoning=["Set for the benchmark."])
    if place % 3 == 1:
        return with_field(state, "stance", "announces")
    own = next((v["party"] for v in state["voices"] if v["role"] == "asserts"), None)
    return with_voices(state, next(p for p in parties if p.pk != own), None)

"""A made-up dossier of any size: seeded, between fictional parties, for trying the timeline out at scale.

``plan`` draws the claims from a seeded generator and knows no database; ``store`` writes them in bulk.
"""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from documents.models import (
    Correspondent,
    Dossier,
    DossierParty,
    Letter,
    LetterDate,
    LetterPart,
    Party,
    Passage,
    sha256_of,
)
from timeline.bulk import Bulk
from timeline.extraction.edtf import bounds, in_words
from timeline.models import Claim, Voice
from timeline.recording import PLACE_FIELDS
from timeline.vocabulary import STANCES

PARTIES = (
    ("Averland", "state"),
    ("Norvania", "state"),
    ("Costaluz", "state"),
    ("Strait Commission", "organ"),
    ("Ostrel", "state"),
    ("High Tribunal", "organ"),
    ("Lethmark", "state"),
    ("Montesur", "state"),
    ("Office of the Mediator", "office"),
    ("Karvonia", "state"),
    ("Vessany", "state"),
    ("River League", "organisation"),
)
HAPPENINGS = (
    "the survey vessel was stopped",
    "the northern lane was closed",
    "the joint statement was signed",
    "soundings were taken in the shallows",
    "the pilot boats were withdrawn",
    "talks were held at the ferry house",
    "the buoys were moved",
    "fishing licences were withheld",
    "the causeway was opened to traffic",
    "the garrison was reduced",
    "the tariff was applied",
    "the harbour was inspected",
)
STANCE_WEIGHTS = (62, 14, 8, 5, 5, 6)
ABOUT_SOMEBODY = 0.6  # of the claims; the others name nobody who acts or suffers
FIRST, LAST = date(1990, 1, 1), date(2024, 12, 31)
LETTERS_MOST = 2000
CLAIMS_A_LETTER = 30
BATCH = 8000
CLAIM_FIELDS = (
    "dossier_id",
    "letter_id",
    "part_id",
    *PLACE_FIELDS,
    "quote",
    "edtf",
    "earliest_day",
    "latest_day",
    "precision",
    "basis",
    "reasoning",
    "rules",
    "stance",
    "review_state",
    "asserting_party_id",
    "lane_party_id",
    "about_party_id",
    "is_quoted",
    "extractor_version",
)
_bounds, _words = lru_cache(50_000)(bounds), lru_cache(50_000)(in_words)


@dataclass(frozen=True, slots=True)
class PlannedClaim:
    """One claim before it has a letter: party numbers, EDTF (None: undated), traits."""

    lane: int
    sender: int
    edtf: str | None
    day: int
    precision: str
    basis: str
    stance: str
    review: str
    happening: int
    about: int | None


def plan(count: int, seed: int) -> Iterator[PlannedClaim]:
    """Yield ``count`` claims: 55 % days, 20 % months, 15 % years, 3 % decades, 7 % intervals, in bursts."""
    rng = random.Random(seed)  # noqa: S311  repeatable, not secret
    acting = random.Random(seed + 2)  # noqa: S311
    first, last = FIRST.toordinal(), LAST.toordinal()
    bursts = [rng.uniform(first, last) for _ in range(40)]
    for _ in range(count):
        lane = int(rng.random() ** 1.5 * len(PARTIES))
        if rng.random() < 0.4:
            day = round(rng.choice(bursts) + (rng.random() + rng.random() - 1) * 120)
        else:
            day = round(rng.uniform(first, last))
        day = min(last, max(first, day))
        edtf, precision = _date(rng, day)
        voice = rng.random()
        basis = "explicit" if voice < 0.7 else "inferred"
        if precision != "interval" and voice >= 0.9:
            edtf, basis = f"{edtf}~", "explicit"
        elif precision != "interval" and rng.random() < 0.02:
            edtf = f"{edtf}?"
        undated = rng.random() < 0.004
        yield PlannedClaim(
            lane=lane,
            sender=lane if rng.random() < 0.75 else (lane + rng.randrange(1, len(PARTIES))) % len(PARTIES),
            edtf=None if undated else edtf,
            day=day,
            precision="unknown" if undated else precision,
            basis=basis,
            stance=rng.choices(STANCES, STANCE_WEIGHTS)[0],
            review="accepted" if rng.random() < 0.6 else "suggested",
            happening=rng.randrange(len(HAPPENINGS)),
            about=acting.randrange(len(PARTIES)) if acting.random() < ABOUT_SOMEBODY else None,
        )


def _date(rng: random.Random, day: int) -> tuple[str, str]:
    """Return EDTF and precision of a date about ``day``."""
    at = date.fromordinal(day)
    draw = rng.random()
    if draw < 0.55:
        return at.isoformat(), "day"
    if draw < 0.75:
        return at.isoformat()[:7], "month"
    if draw < 0.90:
        return at.isoformat()[:4], "year"
    if draw < 0.93:
        return at.isoformat()[:3] + "X", "decade"
    end = min(LAST, at + timedelta(days=1 + int(rng.random() ** 3 * 900)))
    if rng.random() < 0.15:
        return f"{at.isoformat()}/..", "interval"
    return f"{at.isoformat()}/{end.isoformat()}", "interval"


def store(slug: str, title: str, count: int, seed: int) -> Dossier:
    """Write a published dossier of ``count`` claims whose suggestions are shown; return it."""
    dossier = Dossier.objects.create(
        slug=slug,
        title=title,
        description="Made up, to try the timeline out.",
        published=True,
        show_suggestions=True,
    )
    parties = [Party.objects.create(dossier=dossier, name=name, kind=kind) for name, kind in PARTIES]
    DossierParty.objects.bulk_create(
        DossierParty(dossier=dossier, party=party, colour_index=i + 1) for i, party in enumerate(parties)
    )
    by_letter = _assign(plan(count, seed), count, seed)
    tables = Tables()
    pending: list[tuple[int, int, list[PlannedClaim]]] = []
    size = 0
    for key in sorted(by_letter):
        pending.append((*key, by_letter[key]))
        size += len(by_letter[key])
        if size >= BATCH:
            _write(tables, dossier, parties, pending)
            pending, size = [], 0
    _write(tables, dossier, parties, pending)
    return dossier


def _assign(
    claims: Iterator[PlannedClaim], count: int, seed: int
) -> dict[tuple[int, int], list[PlannedClaim]]:
    """Return {(day of the letter, sender): its claims}: of what lies before a letter, where it can."""
    rng = random.Random(seed + 1)  # noqa: S311
    each = max(2, min(LETTERS_MOST, count // CLAIMS_A_LETTER) // len(PARTIES))
    span = LAST.toordinal() - FIRST.toordinal()
    days = [
        sorted({FIRST.toordinal() + 200 + int(rng.random() * (span - 200)) for _ in range(each)})
        for _ in PARTIES
    ]
    letters: dict[tuple[int, int], list[PlannedClaim]] = {}
    for claim in claims:
        own = days[claim.sender]
        place = min(len(own) - 1, bisect.bisect_left(own, claim.day) + rng.randrange(3))
        letters.setdefault((own[place], claim.sender), []).append(claim)
    return letters


class Tables:
    """Where rows are written in bulk."""

    def __init__(self) -> None:
        self.passages = Bulk(Passage, ("letter_id", "part_id", "number", "start", "end"))
        self.claims = Bulk(Claim, CLAIM_FIELDS)
        self.voices = Bulk(Voice, ("claim_id", "party_id", "words", "role", "depth"))


def _write(
    tables: Tables,
    dossier: Dossier,
    parties: list[Party],
    pending: list[tuple[int, int, list[PlannedClaim]]],
) -> None:
    """Write some letters with their parts, dates, senders, passages, claims and voices."""
    passages: list[list[Any]] = []
    claim_rows: list[list[Any]] = []
    voice_rows: list[list[Any]] = []
    texts = [_letter_text(parties, day, sender, claims) for day, sender, claims in pending]
    letters = Letter.objects.bulk_create(
        Letter(
            dossier=dossier,
            text=text,
            text_sha256=sha256_of(text.encode()),
            symbols=[f"D/{date.fromordinal(day).year}/{sender + 1}-{day % 1000}"],
            subject=f"Letter dated {in_words(date.fromordinal(day).isoformat())} from {parties[sender].name}",
            own_day=day,
        )
        for (day, sender, _), (text, _) in zip(pending, texts, strict=True)
    )
    parts = LetterPart.objects.bulk_create(
        LetterPart(letter=letter, position=0, start=0, end=len(letter.text)) for letter in letters
    )
    LetterDate.objects.bulk_create(
        LetterDate(part=part, kind="own", edtf=date.fromordinal(day).isoformat(), is_anchor=True)
        for part, (day, _, _) in zip(parts, pending, strict=True)
    )
    Correspondent.objects.bulk_create(
        Correspondent(part=part, role="sender", party=parties[sender], words=parties[sender].name)
        for part, (_, sender, _) in zip(parts, pending, strict=True)
    )
    for part, (_, spans), (_, _, claims) in zip(parts, texts, pending, strict=True):
        passages += [
            tables.passages.row(part.letter_id, part.pk, n + 1, start, end)
            for n, (start, end, _, _) in enumerate(spans)
        ]
        for planned, span in zip(claims, spans, strict=True):
            row = _claim_row(tables, dossier, part, parties, planned, span)
            claim_rows.append(row)
            voice_rows += _voice_rows(tables, row[tables.claims.key], parties, planned)
    tables.passages.write(passages)
    tables.claims.write(claim_rows)
    tables.voices.write(voice_rows)


def _voice_rows(
    tables: Tables, claim: int, parties: list[Party], planned: PlannedClaim
) -> Iterator[list[Any]]:
    """Yield the row of each voice of a claim, whose key is given."""
    quoted = planned.lane if planned.lane != planned.sender else None
    for place, role, depth in (
        (planned.sender, "asserts", 0),
        (quoted, "quoted", 1),
        (planned.about, "agent", 0),
    ):
        if place is not None:
            yield tables.voices.row(claim, parties[place].pk, parties[place].name, role, depth)


Span = tuple[int, int, int, int]


def _letter_text(
    parties: list[Party], day: int, sender: int, claims: list[PlannedClaim]
) -> tuple[str, list[Span]]:
    """Return a letter's text and, for each claim, start and end of its sentence and of its date."""
    name = parties[sender].name
    parts = [f"{name}, {in_words(date.fromordinal(day).isoformat())}\n\nExcellency,\n\n"]
    at = len(parts[0])
    spans: list[Span] = []
    for claim in claims:
        quoted = claim.lane != claim.sender
        opening = f"According to {parties[claim.lane].name}, " if quoted else "We recall that "
        what = HAPPENINGS[claim.happening]
        when = _words(claim.edtf) if claim.edtf else "at the relevant time"
        sentence = f"{opening}{what} ({when})."
        timex = len(opening) + len(what) + 2
        spans.append((at, at + len(sentence), at + timex, at + timex + len(when)))
        parts.append(sentence + "\n\n")
        at += len(sentence) + 2
    return "".join(parts), spans


def _claim_row(
    tables: Tables,
    dossier: Dossier,
    part: LetterPart,
    parties: list[Party],
    planned: PlannedClaim,
    span: Span,
) -> list[Any]:
    """Return a claim as a row, in the order of CLAIM_FIELDS."""
    earliest, latest = _bounds(planned.edtf) if planned.edtf else (None, None)
    start, end, timex_start, timex_end = span
    happening = HAPPENINGS[planned.happening]
    opening = timex_start - 2 - len(happening)
    return tables.claims.row(
        dossier.pk,
        part.letter_id,
        part.pk,
        start,
        end,
        timex_start,
        timex_end,
        opening,
        opening + len(happening),
        part.letter.text[start:end],
        planned.edtf,
        earliest,
        latest,
        planned.precision,
        planned.basis,
        f'["The letter says “{part.letter.text[timex_start:timex_end]}”."]',
        '["made up"]',
        planned.stance,
        planned.review,
        parties[planned.sender].pk,
        parties[planned.lane].pk,
        None if planned.about is None else parties[planned.about].pk,
        planned.lane != planned.sender,
        "demo",
    )

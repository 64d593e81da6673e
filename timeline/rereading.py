"""A letter's file read again by a newer reader: the text is another, what hangs on it keeps its words.

In: a stored letter. Out: what moved, and what stands nowhere any more. One transaction: the text, its
paragraphs, and every span of the letter's dates, correspondents and claims; then the new text is read for
claims as any other. A claim on which a person decided and whose words are gone stays, with its words, without
a place; one that nobody touched is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from documents.ingest import store_passages
from documents.letterhead import read_letterhead
from documents.models import (
    Correspondent,
    Dossier,
    Letter,
    LetterDate,
    LetterPart,
    LetterRelation,
    Passage,
    sha256_of,
)
from documents.readers import read_bytes
from documents.records import ReadText
from documents.registry import registry_of
from timeline.anchoring import Moved, Span
from timeline.history import Entry, record, record_many
from timeline.models import Claim, Voice
from timeline.recording import RecordingReport, record_letter

if TYPE_CHECKING:
    from django.contrib.auth.models import User

INNER = (("timex_start", "timex_end"), ("clause_start", "clause_end"))
VOICED = (("source_start", "source_end"), ("cue_start", "cue_end"), ("content_start", "content_end"))


@dataclass(slots=True)
class Rereading:
    """What became of a letter: whether its text is another, how many claims kept their words, and which
    (public numbers) stand nowhere in it any more; of these, ``withdrawn`` nobody had touched. ``report`` is
    of the reading for claims that followed.
    """

    changed: bool = False
    placed: int = 0
    detached: list[int] = field(default_factory=list)
    withdrawn: list[Claim] = field(default_factory=list)
    report: RecordingReport | None = None


def reread_file(letter: Letter, user: User | None = None, *, dry_run: bool = False) -> Rereading:
    """Read a letter's stored file again; with ``dry_run`` only say what would become of it.

    Raises UnreadableFile where the reader refuses it now, and changes nothing then. A letter that was pasted
    has no file and stays as it is.
    """
    done = Rereading()
    if letter.file is None:
        return done
    read = read_bytes(bytes(letter.file.data), letter.file_name)
    with transaction.atomic():
        # Whoever changes claims holds the dossier's lock, so that the log is one chain.
        Dossier.objects.select_for_update(no_key=True).get(pk=letter.dossier_id)
        letter = Letter.objects.select_related("dossier").get(pk=letter.pk)
        if read.text == letter.text:
            if not dry_run:
                _set_turns(letter, read)
            return done
        done.changed = True
        moved = Moved(letter.text, read.text)
        parts = _move_parts(letter, read, moved)
        Passage.objects.filter(letter=letter).delete()
        store_passages(letter, read, lambda offset: _part_at(parts, offset))
        _move_letterhead(letter, moved)
        for claim in Claim.objects.select_for_update().filter(letter=letter).order_by("pk"):
            _move_claim(claim, moved, done)
        _set_text(letter, read, user, done)
        done.report = record_letter(Letter.objects.select_related("dossier").get(pk=letter.pk), user=user)
        if dry_run:
            transaction.set_rollback(True)
    return done


def _set_turns(letter: Letter, read: ReadText) -> None:
    """Store where pages begin within paragraphs, of a letter that was read before this was kept."""
    turns = {passage.number: [list(turn) for turn in passage.turns] for passage in read.passages}
    rows = list(Passage.objects.filter(letter=letter))
    for row in rows:
        row.turns = turns.get(row.number, [])
    Passage.objects.bulk_update(rows, ["turns"], batch_size=500)


def _set_text(letter: Letter, read: ReadText, user: User | None, done: Rereading) -> None:
    """Store the new text, which nothing else may, and say so in the log."""
    digest = sha256_of(read.text.encode("utf-8", "surrogatepass"))
    changes = {"text": [letter.text_sha256, digest], "detached": [[], done.detached]}
    Letter.objects.filter(pk=letter.pk).update(
        text=read.text,
        text_sha256=digest,
        pages=read.pages,
        remarks=list(read.remarks),
        version=letter.version + 1,
    )
    record(letter.dossier, user, "read file again", "letter", letter.public_id, str(letter), changes)
    gone = {"review_state": ["suggested", "withdrawn"]}
    entries = [Entry("no longer found", "claim", c.public_id, str(c), gone) for c in done.withdrawn]
    record_many(letter.dossier, user, entries)


def _move_parts(letter: Letter, read: ReadText, moved: Moved) -> list[LetterPart]:
    """Give the parts their new spans: as the new text divides itself where it has the same ones."""
    parts = list(letter.parts.order_by("position"))
    head = read_letterhead(read.text, registry_of(letter.dossier))
    if [part.kind for part in head.parts] == [part.kind for part in parts]:
        spans = [(part.start, part.end) for part in head.parts]
    else:
        spans = [_part_span(part, moved) for part in parts]
    for part, (start, end) in zip(parts, spans, strict=True):
        part.start, part.end = start, end
        part.save(update_fields=["start", "end"])
    return parts


def _part_span(part: LetterPart, moved: Moved) -> Span:
    size = len(moved.new)
    start = moved.point(part.start) if part.start else 0
    end = size if part.end >= len(moved.old) else moved.point(part.end)
    return min(start, size - 1), max(min(start, size - 1) + 1, min(end, size))


def _part_at(parts: list[LetterPart], offset: int) -> LetterPart:
    """Return the innermost part that holds an offset, the cover where none does."""
    holding = [part for part in parts if part.start <= offset < part.end]
    return max(holding, key=lambda part: (part.start, part.position), default=parts[0])


def _move_letterhead(letter: Letter, moved: Moved) -> None:
    """Move what the letter says of itself; what stands nowhere any more keeps its value without a place."""
    for rows in (
        LetterDate.objects.filter(part__letter=letter),
        Correspondent.objects.filter(part__letter=letter),
        LetterRelation.objects.filter(letter=letter),
    ):
        for row in rows.exclude(start=None):
            row.start, row.end = moved.place(row.start, row.end) or (None, None)
            row.save(update_fields=["start", "end"])


def _move_claim(claim: Claim, moved: Moved, done: Rereading) -> None:
    """Move a claim with its words, or leave it without a place."""
    had_place = claim.start is not None and claim.end is not None
    if not had_place and not claim.quote:
        return
    now = moved.place(claim.start, claim.end) if had_place else moved.sought(claim.quote)
    if not had_place and now is None:
        return
    old = (claim.start, claim.end)
    for first, last in INNER:
        _move_span(claim, first, last, moved, old, now)
    for voice in claim.voices.all():
        _move_voice(voice, moved, old, now)
    claim.start, claim.end = now or (None, None)
    if now is None:
        done.detached.append(claim.public_id)
        if claim.review_state == "suggested" and not claim.curated_fields:
            claim.review_state = "withdrawn"
            claim.version += 1
            done.withdrawn.append(claim)
    else:
        done.placed += 1
        claim.quote = moved.new[now[0] : now[1]]
    claim.save_without_historical_record()


def _move_voice(voice: Voice, moved: Moved, old: tuple[int | None, int | None], now: Span | None) -> None:
    for first, last in VOICED:
        _move_span(voice, first, last, moved, old, now)
    voice.save()


def _move_span(
    row: Claim | Voice,
    first: str,
    last: str,
    moved: Moved,
    old: tuple[int | None, int | None],
    now: Span | None,
) -> None:
    start, end = getattr(row, first), getattr(row, last)
    span: Span | None = None
    if start is not None and end is not None and now is not None and None not in old:
        within = old[0] <= start and end <= old[1]
        span = moved.inside(start, end, old, now) if within else moved.place(start, end)
    setattr(row, first, span[0] if span else None)
    setattr(row, last, span[1] if span else None)

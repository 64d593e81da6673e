"""A file read again by another reader: what a person decided keeps its words, and its place with them."""

from __future__ import annotations

import json
import random
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.ingest import ingest_bytes
from documents.models import Correspondent, Letter, LetterDate, StoredFile, sha256_of
from tests.timeline.desk import LETTER, Desk, build_desk
from timeline import curation
from timeline.anchoring import Moved
from timeline.history import verify
from timeline.models import Claim, Decision
from timeline.rereading import reread_file

TEXT = LETTER.replace("14 June", "13 June")


@pytest.fixture
def desk(db: None) -> Desk:
    """Return a desk whose letter came as a file."""
    desk = build_desk()
    Letter.objects.all().delete()
    letter = ingest_bytes(desk.dossier, TEXT.encode(), "letter.txt", user=desk.curator).letter
    assert letter is not None
    desk.letter = letter
    return desk


def now_reads(desk: Desk, text: str) -> Letter:
    """Have the stored file read otherwise: the same as a newer reader would have it."""
    StoredFile.objects.filter(pk=desk.letter.file_id).update(
        data=text.encode(), sha256=sha256_of(text.encode())
    )
    return Letter.objects.get(pk=desk.letter.pk)


def packed(text: str) -> str:
    return "".join(text.split())


def test_a_text_that_is_the_same_changes_nothing(desk: Desk) -> None:
    log = Decision.objects.count()
    assert not reread_file(desk.letter).changed
    assert Decision.objects.count() == log


def test_claims_keep_their_words_and_what_was_decided(desk: Desk) -> None:
    claim = desk.claim("3 March")
    curation.correct_date(desk.curator, claim, "2018-03-04", None)
    curation.accept_claim(desk.curator, desk.claim("13 June"), None)
    before = {c.pk: (c.quote, c.edtf, c.review_state, c.curated_fields) for c in Claim.objects.all()}
    text = "MISSION OF NORVANIA\n\n" + TEXT.replace("seized the\ntrawler", "seized the trawler")
    done = reread_file(now_reads(desk, text), desk.curator)
    assert (done.changed, done.placed, done.detached) == (True, len(before), [])
    letter = Letter.objects.get(pk=desk.letter.pk)
    assert letter.text_sha256 == sha256_of(letter.text.encode())
    assert letter.text.startswith("MISSION")
    for claim in Claim.objects.all():
        quote, *decided = before[claim.pk]
        assert packed(letter.text[claim.start : claim.end]) == packed(quote) == packed(claim.quote)
        assert [claim.edtf, claim.review_state, claim.curated_fields] == decided
    date = LetterDate.objects.get(part__letter=letter, is_anchor=True)
    assert letter.text[date.start : date.end] == "20 May 2019"
    sender = Correspondent.objects.get(part__letter=letter, role="sender")
    assert "Norvania" in letter.text[sender.start : sender.end]
    assert list(letter.passages.values_list("number", flat=True)) != []
    assert letter.text[letter.passages.last().start :].startswith("(Signed)")  # type: ignore[union-attr]
    entry = Decision.objects.get(action="read file again")
    assert (entry.user_name, entry.subject) == (desk.curator.username, letter.public_id)
    assert not list(verify(desk.dossier.pk))


def test_words_that_are_gone_leave_what_was_decided_without_a_place(desk: Desk) -> None:
    decided, untouched = desk.claim("1 September"), desk.claim("13 June")
    curation.accept_claim(desk.curator, decided, None)
    gone = TEXT.replace("Norvania demands that the trawler be returned by 1 September 2019.", "[illegible]")
    gone = gone.replace(
        "1. On 13 June 2018 a patrol vessel of Averland entered the waters of Norvania.", "1."
    )
    done = reread_file(now_reads(desk, gone))
    assert set(done.detached) >= {decided.public_id, untouched.public_id}
    decided.refresh_from_db()
    untouched.refresh_from_db()
    assert (decided.review_state, decided.start, decided.timex_start) == ("accepted", None, None)
    assert decided.quote.endswith("1 September 2019.")
    assert untouched.review_state == "withdrawn"
    entry = Decision.objects.get(action="no longer found", subject=untouched.public_id)
    assert entry.changes == {"review_state": ["suggested", "withdrawn"]}
    client = Client()
    client.force_login(desk.reader)
    page = client.get(desk.letter.get_absolute_url()).content.decode()
    assert "Without a place" in page
    assert decided.quote in page.replace("\n", " ")
    assert "no longer stand in it" in client.get(decided.get_absolute_url()).content.decode()
    reread_file(now_reads(desk, TEXT))
    decided.refresh_from_db()
    text = Letter.objects.get(pk=desk.letter.pk).text
    assert (text[decided.start : decided.end], decided.review_state) == (decided.quote, "accepted")


def test_a_dry_run_and_a_file_that_is_refused_change_nothing(desk: Desk) -> None:
    rows = list(Claim.objects.order_by("pk").values())
    now_reads(desk, "A new masthead\n\n" + TEXT)
    out, err = StringIO(), StringIO()
    call_command("read_files", "--dossier", "sella", "--dry-run", stdout=out, stderr=err)
    line = json.loads(out.getvalue())
    assert (line["changed"], line["placed"], line["detached"]) == (True, len(rows), [])
    assert Letter.objects.get().text == desk.letter.text
    assert list(Claim.objects.order_by("pk").values()) == rows
    now_reads(desk, " ")
    call_command("read_files", stdout=out, stderr=err)
    assert "letter.txt" in err.getvalue()
    assert list(Claim.objects.order_by("pk").values()) == rows
    call_command("read_files", "--dry-run", stdout=out, stderr=err)


def test_reading_a_file_again_has_no_way_back_by_one_key(desk: Desk) -> None:
    reread_file(now_reads(desk, "A new masthead\n\n" + TEXT), desk.curator)
    entry = Decision.objects.get(action="read file again")
    with pytest.raises(curation.Refused):
        curation.undo(desk.curator, entry)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10_000)), min_size=1, max_size=6), st.integers(0, 99)
)
@example([(5, 877)], 40)  # two sentences become one: where the claim's ends is read anew, what was set stays
def test_no_decision_is_lost_whatever_a_reader_makes_of_the_text(
    desk: Desk, edits: list[tuple[int, int]], seed: int
) -> None:
    chance = random.Random(seed)
    claim = chance.choice(list(Claim.objects.exclude(start=None).order_by("pk")) or [None])
    if claim is not None:
        curation.correct_stance(desk.curator, claim, chance.choice(("denies", "reports")), None)
    decided = {c.pk: (c.stance, c.review_state, c.quote) for c in Claim.objects.all() if c.curated_fields}
    text = TEXT
    for kind, at in edits:
        text = changed(text, kind, at)
    reread_file(now_reads(desk, text), desk.curator)
    letter = Letter.objects.get(pk=desk.letter.pk)
    for c in Claim.objects.all():
        if c.pk in decided:
            stance, state, quote = decided[c.pk]
            assert (c.stance, c.review_state) == (stance, state)
            assert c.start is not None or packed(c.quote) == packed(quote)
        if c.start is not None:
            assert letter.text[c.start : c.end] == c.quote
            assert c.timex_start is None or c.start <= c.timex_start < c.timex_end <= c.end
    assert set(decided) <= set(Claim.objects.values_list("pk", flat=True))
    assert not list(verify(desk.dossier.pk))


def changed(text: str, kind: int, at: int) -> str:
    """Return a text as another reader might have it."""
    paragraphs = text.split("\n\n")
    n = at % len(paragraphs)
    if kind == 0:
        paragraphs[n] = paragraphs[n].replace("\n", " ")
    elif kind == 1:
        paragraphs.insert(n, f"S/2019/{at}\n{paragraphs[n][:20]}")
    elif kind == 2 and len(paragraphs) > 2:
        del paragraphs[n]
    elif kind == 3:
        paragraphs[n] = paragraphs[n].replace(" ", "  ")
    elif kind == 4:
        paragraphs.append(paragraphs[n])
    else:
        cut = at % (len(paragraphs[n]) + 1)
        paragraphs[n] = paragraphs[n][:cut] + "~" + paragraphs[n][cut:]
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("old", "new", "words", "now"),
    [
        ("a b c", "x a  b\nc", "b c", "b\nc"),
        ("on 3 May; on 3 May", "so on 3 May; on 3 May", "3 May", "3 May"),
        ("one two", "one", "two", None),
        ("red cat, blue cat", "blue cat, red cat", "red cat", "red cat"),
    ],
)
def test_words_are_found_again(old: str, new: str, words: str, now: str | None) -> None:
    start = old.index(words)
    span = Moved(old, new).place(start, start + len(words))
    assert (new[span[0] : span[1]] if span else None) == now


def test_of_two_places_alike_the_same_one_is_taken() -> None:
    old = "It left on 3 May. It came on 3 May."
    moved = Moved(old, "Note.\n" + old)
    second = old.rindex("3 May")
    assert moved.place(second, second + 5) == (second + 6, second + 11)
    assert Moved(old, "It left. On 3 May it sank; on 3 May; on 3 May.").place(0, 17) is None

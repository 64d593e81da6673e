"""The page of a PDF beside a claim: drawn in a child process, for curators of its dossier alone."""

from __future__ import annotations

import struct
import subprocess
import zlib
from typing import Any

import pytest
from django.test import Client

from documents.ingest import ingest_bytes
from documents.models import Letter, Passage, StoredFile
from documents.readers import Limits, UnreadableFile
from documents.readers.marking import place_of
from documents.readers.picture import WIDTH, as_png, page_picture
from tests.documents.readers.builders import pdf
from tests.timeline.desk import Desk, build_desk
from timeline.context import pages_of
from timeline.models import Claim
from timeline.rereading import reread_file

FIRST = [
    "Norvania, 20 May 2019",
    "",
    "The cutter entered the harbour on 3 May 2018 and left it again.",
]
SECOND = ["A second cutter came on 5 June 2018 and stayed in the harbour."]


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG; check that its rows are whole."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", picture, 16)
    assert len(pixels_of(picture)) == width * height
    return width, height


def pixels_of(picture: bytes) -> bytes:
    """Return the palette's numbers of a PNG, row after row."""
    width, at, data = struct.unpack_from(">I", picture, 16)[0], 8, b""
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        data += picture[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    rows = zlib.decompress(data)
    return b"".join(rows[start + 1 : start + 1 + width] for start in range(0, len(rows), width + 1))


def marked_rows(picture: bytes) -> list[int]:
    """Return the rows of pixels in which something is marked: of the palette's colours the odd ones."""
    (width, _), pixels = size_of(picture), pixels_of(picture)
    rows = (pixels[start : start + width] for start in range(0, len(pixels), width))
    return [number for number, row in enumerate(rows) if any(value & 1 for value in row)]


LONG = "The commission met on 3 May 2018 and found, after a sitting of two days, that the"
GOES_ON = "harbour was open to ships of all flags at that time."
TWICE = "It left on 4 May 2018."


@pytest.mark.parametrize(
    ("shown", "sentence", "before", "found"),
    [
        ("A cutter came on 3 May 2018. It stayed.", "It stayed.", "", "It stayed."),
        ("It entered the har-\r\nbour on\n3 May", "the harbour on 3 May", "", "the har-\r\nbour on\n3 May"),
        ("The o\ufb03cer came.", "The officer came.", "", "The o\ufb03cer came."),
        (f"One came. {TWICE} Two came. {TWICE}", TWICE, f"One came. {TWICE} Two came. ", TWICE),
        (f"As before. {TWICE} As before. {TWICE}", TWICE, "As before. ", None),
        (f"Page 1. {LONG}", f"{LONG} {GOES_ON}", "", LONG),
        (f"{GOES_ON} Page 2", f"{LONG} {GOES_ON}", "", None),
        (f"{LONG} strait was shut. {'Much more was said. ' * 30}", f"{LONG} {GOES_ON}", "", None),
        ("Nothing of the kind.", "The cutter came.", "", None),
        ("", "The cutter came.", "", None),
        ("The cutter came.", "", "", None),
        ("The cutter came.", "…", "", None),
    ],
)
def test_a_sentence_is_found_on_its_page_or_not_at_all(
    shown: str, sentence: str, before: str, found: str | None
) -> None:
    place = place_of(shown, sentence, before)
    if found is None:
        assert place is None
    else:
        assert place is not None
        assert shown[place[0] : place[1]].rstrip(". ") == found.rstrip(". ")
    if shown.count(TWICE) > 1 and place is not None:
        assert place[0] == shown.rindex(TWICE)


def test_the_sentence_is_marked_where_it_stands_and_nothing_else() -> None:
    data = pdf([[FIRST[0], FIRST[2], SECOND[0]]])
    one = marked_rows(page_picture(data, 1, FIRST[2]))
    two = marked_rows(page_picture(data, 1, SECOND[0]))
    assert one
    assert one == list(range(one[0], one[-1] + 1))
    assert one[-1] < two[0]
    assert marked_rows(page_picture(data, 1, "The cutter was never here.")) == []
    assert marked_rows(page_picture(data, 1)) == []


def test_no_word_of_a_letter_is_in_a_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    popen = subprocess.Popen

    def listening(command: list[str], **options: Any) -> Any:
        started.append(command)
        return popen(command, **options)

    monkeypatch.setattr(subprocess, "Popen", listening)
    picture = page_picture(pdf([[FIRST[2], SECOND[0]]]), 1, SECOND[0], FIRST[2])
    assert marked_rows(picture)
    (command,) = started
    assert not any(word in part for part in command for word in ("cutter", "harbour"))


@pytest.mark.parametrize(
    ("shown", "sentence", "after", "at"),
    [
        ("in 2018. Much came in 2018. Then in 2018.", "in 2018.", "Much came", 0),
        ("in 2018. Much came in 2018. Then in 2018.", "in 2018.", "Then", 19),
        ("in 2018. Much came in 2018. Then in 2018.", "in 2018.", "", None),
    ],
)
def test_what_begins_a_page_is_told_apart_by_the_words_after_it(
    shown: str, sentence: str, after: str, at: int | None
) -> None:
    place = place_of(shown, sentence, "words of the page before", after)
    assert (None if place is None else place[0]) == at


def test_each_page_is_drawn_as_it_is() -> None:
    data = pdf([FIRST, SECOND])
    one, two = page_picture(data, 1), page_picture(data, 2)
    assert size_of(one)[0] == size_of(two)[0] == WIDTH
    assert one != two
    assert page_picture(data, 1) == one


@pytest.mark.parametrize(("data", "number"), [(pdf([FIRST]), 2), (b"%PDF-1.4 nothing", 1), (b"text", 1)])
def test_what_cannot_be_drawn_is_said(data: bytes, number: int) -> None:
    with pytest.raises(UnreadableFile):
        page_picture(data, number)


def test_a_page_may_not_ask_for_more_than_is_allowed() -> None:
    with pytest.raises(UnreadableFile):
        page_picture(pdf([FIRST]), 1, limits=Limits(memory=2**20))


def test_a_picture_of_two_pixels() -> None:
    picture = as_png(2, 1, b"\x00\xff")
    assert size_of(picture) == (2, 1)
    assert pixels_of(picture) == b"\x00\xff"


@pytest.fixture
def desk(db: None) -> Desk:
    desk = build_desk()
    result = ingest_bytes(desk.dossier, pdf([FIRST, SECOND]), "cutter.pdf")
    assert result.letter is not None, result.message
    desk.letter = result.letter
    return desk


def browser(desk: Desk, role: str) -> Client:
    client = Client()
    client.force_login(getattr(desk, role))
    return client


def claim_of(letter: Letter, edtf: str) -> Claim:
    return Claim.objects.get(letter=letter, edtf=edtf)


@pytest.mark.parametrize(("edtf", "number"), [("2018-05-03", 1), ("2018-06-05", 2)])
def test_queue_and_form_offer_the_page_of_the_sentence(desk: Desk, edtf: str, number: int) -> None:
    claim, client = claim_of(desk.letter, edtf), browser(desk, "curator")
    address = f"/admin/letters/{desk.letter.public_id}/pages/{number}/"
    for place in (f"/admin/review/sella/{claim.public_id}/", f"/admin/timeline/claim/{claim.pk}/change/"):
        assert f'loading="lazy" src="{address}?claim={claim.public_id}"' in client.get(place).content.decode()
    assert marked_rows(client.get(address).content) == []
    answer = client.get(address, {"claim": claim.public_id})
    assert marked_rows(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert size_of(answer.content)[0] == WIDTH


# The sentence ends with words that stand once more on its second page.
OVER = [
    ["Norvania, 20 May 2019", f"It began. {LONG}"],
    [f"{GOES_ON} Nobody objected at that time. On 7 June 2018 it was shut.", "That was all."],
]


def test_a_sentence_that_runs_over_a_pages_end_is_marked_on_both(desk: Desk) -> None:
    result = ingest_bytes(desk.dossier, pdf(OVER, header="The Sella Strait", footer="Page #"), "over.pdf")
    assert result.letter is not None, result.message
    over, later = claim_of(result.letter, "2018-05-03"), claim_of(result.letter, "2018-06-07")
    assert over.quote == f"{LONG} {GOES_ON}"
    pages = [(one.page, result.letter.text[one.start : one.end].strip()) for one in pages_of(over)]
    assert pages == [(1, LONG), (2, GOES_ON)]
    reader = browser(desk, "reader")
    assert "pp. 1–2" in reader.get(f"/claims/{over.public_id}/panel/").content.decode()
    cited = reader.get(f"/claims/{later.public_id}/panel/").content.decode()
    assert "p. 2" in cited
    assert "pp." not in cited
    # Not the page on which its paragraph begins, but its own.
    assert [one.page for one in pages_of(later)] == [2]
    client, address = browser(desk, "curator"), f"/admin/letters/{result.letter.public_id}/pages"
    page = client.get(f"/admin/review/sella/{over.public_id}/").content.decode()
    assert "Pages 1 and 2 of the file" in page
    for number in (1, 2):
        assert f'src="{address}/{number}/?claim={over.public_id}"' in page
    first, second, other = (
        marked_rows(client.get(f"{address}/{number}/", {"claim": one.public_id}).content)
        for number, one in ((1, over), (2, over), (2, later))
    )
    assert first
    assert second
    assert second[0] < other[-1]
    assert other[0] >= second[0]
    assert marked_rows(client.get(f"{address}/1/", {"claim": later.public_id}).content) == []


def test_a_letter_read_before_this_was_kept_is_marked_on_the_first_page_until_it_is_read_again(
    desk: Desk,
) -> None:
    result = ingest_bytes(desk.dossier, pdf(OVER), "over.pdf")
    assert result.letter is not None, result.message
    Passage.objects.filter(letter=result.letter).update(turns=[])
    over = claim_of(result.letter, "2018-05-03")
    assert [(one.page, one.end - one.start) for one in pages_of(over)] == [(1, len(over.quote))]
    address = f"/admin/letters/{result.letter.public_id}/pages/1/"
    assert marked_rows(browser(desk, "curator").get(address, {"claim": over.public_id}).content)
    assert not reread_file(result.letter, dry_run=True).changed
    assert [one.page for one in pages_of(over)] == [1]
    assert not reread_file(result.letter).changed
    assert [one.page for one in pages_of(over)] == [1, 2]


@pytest.mark.parametrize(
    ("role", "status"), [("curator", 200), ("owner", 200), ("reader", 302), ("stranger", 302)]
)
def test_only_curators_see_it(desk: Desk, role: str, status: int) -> None:
    address = f"/admin/letters/{desk.letter.public_id}/pages/1/"
    assert browser(desk, role).get(address).status_code == status


def test_pages_of_another_dossier_and_pages_that_are_none_are_missing(desk: Desk) -> None:
    other = build_desk("other")
    address = f"/admin/letters/{desk.letter.public_id}/pages"
    assert browser(other, "curator").get(f"{address}/1/").status_code == 404
    client = browser(desk, "curator")
    assert client.get(f"{address}/0/").status_code == 404
    assert client.get(f"{address}/3/").status_code == 404
    pasted = Letter.objects.filter(dossier=desk.dossier, file=None).get()
    assert client.get(f"/admin/letters/{pasted.public_id}/pages/1/").status_code == 404
    page = client.get(f"/admin/review/sella/{claim_of(pasted, '2018-06-16').public_id}/").content.decode()
    assert "data-page" not in page


def test_a_file_that_no_longer_draws_is_missing_and_breaks_nothing(desk: Desk) -> None:
    StoredFile.objects.filter(letters=desk.letter).update(data=b"%PDF-1.4 broken")
    client = browser(desk, "curator")
    assert client.get(f"/admin/letters/{desk.letter.public_id}/pages/1/").status_code == 404

"""Numbers beside the filters while words are sought: those counted claim by claim, however many there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Dossier, Letter, Party
from tests.timeline.desk import member_of
from timeline import facets, found, found_dates, live_counts, word_index
from timeline.by_date import ByDateFound
from timeline.demo import store
from timeline.density import kept_for
from timeline.facets import counts_of, windowed
from timeline.models import Claim
from timeline.seeing import STATES
from timeline.timeline_request import BASES, PRECISIONS, STANCES, TimelineRequest
from timeline.trait_numbers import OWN_MOST, OwnTraits, read
from timeline.window_counts import number_in_window
from timeline.window_traits import traits_in_window

START = 730_000
WORDS = ("q=was", "q=w", "q=causeway", 'q="was opened"', "q=was+%25", "q=submarine", "q=D/2")
FILTERS = (
    "",
    "stance=denies&stance=asserts",
    "basis=inferred&precision=day&precision=month",
    "party={party}",
    "party={party}&party=0&stance=asserts",
    "party=12345",
    "language=fr",
    "language=fr&language=&review=accepted",
    "review=curated",
    "review=dismissed&review=withdrawn",
    "letter={letter}&basis=explicit",
)
WINDOWS = ("", "from=1998&to=2004", "from=2003-05-04&to=2003-05-20", "from=2001-02-03", "to=1999-11")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing kept; and let no search be so small that it is gone through."""
    monkeypatch.setattr(found, "KEPT", found.Kept())
    for name, most in (("COUNTED_LIVE", 10), ("COUNTED_BY_ROW", 10), ("COUNTED_OF_MANY", -1)):
        monkeypatch.setattr(facets, name, most)


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return 120 made-up claims: of all states and dates, of some a person set something, in three
    languages."""
    dossier = store("demo", "Demonstration", 120, 5)
    for place, claim in enumerate(Claim.objects.order_by("pk")):
        edit(claim, "review", place % 5)
        edit(claim, "set", place % 3)
        edit(claim, "date", place % 7)
    for place, letter in enumerate(Letter.objects.order_by("pk")):
        Letter.objects.filter(pk=letter.pk).update(language=("en", "fr", "en", "")[place % 4])
    return dossier


@pytest.fixture
def reader(demo: Dossier) -> User:
    return member_of(demo, "reader")


def edit(claim: Claim, what: str, which: int) -> None:
    """Do one thing to a claim or to its letter."""
    chosen, day = Claim.objects.filter(pk=claim.pk), claim.earliest_day or START
    dates: tuple[dict[str, Any], ...] = (
        {"latest_day": None, "earliest_day": day},
        {"earliest_day": None, "latest_day": day},
        {"earliest_day": None, "latest_day": None},
        {"earliest_day": day, "latest_day": day + 30_000},
        {"earliest_day": -300_000, "latest_day": 1_000_000},
    )
    if what == "say":
        chosen.update(quote=("Nothing of it.", "The causeway was opened.", "It was 5 %.")[which % 3])
    elif what == "review":
        chosen.update(review_state=(STATES[1], *STATES)[which % 5])
    elif what == "set":
        chosen.update(curated_fields=[] if which else ["stance"])
    elif what == "date" and which < len(dates):
        chosen.update(**dates[which])
    elif what == "trait":
        traits = {"stance": STANCES[which % 6], "basis": BASES[which % 4], "precision": PRECISIONS[which % 9]}
        chosen.update(**traits)
    elif what == "lane":
        chosen.update(lane_party=None if which % 2 else Party.objects.order_by("pk")[which], is_quoted=True)
    elif what == "language":
        Letter.objects.filter(claims__in=chosen).update(language=("fr", "de", "")[which % 3])
    elif what == "delete":
        chosen.delete()


def keys_of_lanes() -> dict[int, int]:
    """Return {party's public number: its key}, of all parties and of nobody."""
    return {**dict(Party.objects.values_list("public_id", "pk")), 0: 0}


def asked_of(*parts: str) -> TimelineRequest:
    claim = Claim.objects.exclude(lane_party=None).select_related("lane_party", "letter").order_by("pk")[7]
    filled = "&".join(parts).format(party=claim.lane_party.public_id, letter=claim.letter.public_id)
    return TimelineRequest.read(QueryDict(filled))


def same(dossier: Dossier, user: User | AnonymousUser, asked: TimelineRequest) -> int:
    """Look whether all numbers are those counted claim by claim; return how many claims are left."""
    lanes = keys_of_lanes()
    by_row = facets._live(dossier, user, asked, lanes)
    told = counts_of(dossier, user, asked, lanes, 120, {})
    assert told.pop("letter") is None
    for name, counts in told.items():
        assert counts is not None, name
        expected = {value: n for value, n in (by_row[name] or {}).items() if n}
        assert {value: n for value, n in counts.items() if n} == expected, (name, asked)
    left = windowed(dossier, user, asked)
    keys = list(left.by_date().values_list("pk", flat=True))
    assert traits_in_window(dossier, user, asked).total() == len(keys)
    assert number_in_window(dossier, user, asked) == len(keys)
    kept = kept_for(dossier, user, asked, Claim.objects.visible_in(dossier, user).asked(asked))
    listed = ByDateFound(kept, lambda claims: claims, asked.first, asked.last)
    assert [key for at in range(0, len(keys) + 9, 9) for key in listed.keys(at, at + 9)] == keys
    if asked.first is None and asked.last is None:
        undated = list(left.undated().order_by("pk").values_list("pk", flat=True))
        assert live_counts.found_undated_keys(kept, 2) == undated[:2]
        assert live_counts.found_undated(kept) == len(undated)
    return len(keys)


@pytest.mark.parametrize("asker", ["visitor", "reader"])
@pytest.mark.parametrize("suggestions", [True, False])
@pytest.mark.parametrize("words", WORDS)
def test_the_numbers_under_words_are_those_counted_claim_by_claim(
    demo: Dossier, reader: User, words: str, suggestions: bool, asker: str
) -> None:
    Dossier.objects.filter(pk=demo.pk).update(show_suggestions=suggestions)
    demo.refresh_from_db()
    user = reader if asker == "reader" else AnonymousUser()
    left = [same(demo, user, asked_of(words, each, window)) for each in FILTERS for window in WINDOWS]
    assert any(left) == (words not in ("q=was+%25", "q=submarine"))
    assert any(left[FILTERS.index("review=dismissed&review=withdrawn") * len(WINDOWS) :][:1]) == (
        any(left) and asker == "reader"
    )


def test_a_window_begins_and_ends_with_its_days(demo: Dossier, reader: User) -> None:
    for claim in Claim.objects.saying("was").exclude(earliest_day=None).exclude(latest_day=None)[:6]:
        begun, ended = claim.earliest_day, claim.latest_day
        for window in ((ended, None), (ended + 1, None), (None, begun), (None, begun - 1), (begun, begun)):
            same(demo, reader, replace(asked_of("q=was"), first=window[0], last=window[1]))


def test_what_is_asked_besides_is_not_told_from_what_is_kept(demo: Dossier, reader: User) -> None:
    asked = asked_of("q=was")
    kept = kept_for(demo, reader, asked, Claim.objects.visible_in(demo, reader).asked(asked))
    denied = kept.filter(stance="denies")
    assert sum(live_counts.lanes(denied).values()) == denied.count() < kept.count()


edits = st.lists(
    st.tuples(
        st.sampled_from(["say", "review", "set", "date", "trait", "lane", "language", "delete"]),
        st.integers(0, 119),
        st.integers(0, 11),
    ),
    max_size=6,
)
days = st.one_of(st.none(), st.integers(START - 9000, START + 9000))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits, st.sampled_from(WORDS), st.sampled_from(FILTERS), st.tuples(days, days), st.sampled_from([0, 1])
)
def test_what_is_kept_of_a_search_does_not_outlive_a_change(
    demo: Dossier, reader: User, todo: list, words: str, filters: str, window: tuple, inside: int
) -> None:
    user = (AnonymousUser(), reader)[inside]
    with transaction.atomic():
        claims = list(Claim.objects.order_by("pk"))
        first, last = window
        asked = asked_of(words, filters)
        if first is None or last is None or first <= last:
            asked = replace(asked, first=first, last=last)
        same(demo, user, asked)
        for what, at, which in todo:
            edit(claims[at], what, which)
            same(demo, user, asked)
        transaction.set_rollback(True)


def test_a_search_of_many_is_read_part_by_part(
    demo: Dossier, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_counts, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(found_dates, "READ_AT_ONCE", 50)
    assert same(demo, reader, asked_of("q=w", "stance=asserts", "from=1998&to=2004"))


@pytest.mark.parametrize("large", [1 << 32, (1 << 63) + 5])
def test_keys_of_any_size_are_kept(large: int) -> None:
    keys = found_dates.Keys()
    for part in ([3, 5], [6, large, 7], [large + 1]):
        keys.add(part)
    assert list(keys.keys) == [3, 5, 6, large, 7, large + 1]


def test_what_is_kept_together_stays_within_its_bounds(
    demo: Dossier, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = [asked_of(words, each) for words in WORDS[:3] for each in FILTERS[:3]]
    for asked in everything:
        same(demo, reader, asked)
    sizes = [each.size for each in found.KEPT.found.values()]
    assert len(sizes) == 3
    most = max(sizes)
    monkeypatch.setattr(found, "MOST_KEPT", most)
    for asked in everything:
        same(demo, reader, asked)
        assert sum(each.size for each in found.KEPT.found.values()) <= most
    monkeypatch.setattr(found, "MOST_PARTS", 1)
    monkeypatch.setattr(found, "KEPT", found.Kept())
    for asked in everything:
        same(demo, reader, asked)
        assert all(len(each.parts) <= 1 for each in found.KEPT.found.values())


def test_the_size_of_a_search_is_told_while_its_filters_are_at_work() -> None:
    search = live_counts._looked_up(Claim.objects.none(), "lane_party_id")

    class Growing:
        @property
        def size(self) -> int:
            search.parts[object()] = self  # as another thread would
            return 1

    search.parts[object()] = Growing()
    assert search.size == 0


def test_filters_that_leave_all_of_a_search_are_not_remembered_without_end(
    demo: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "MOST_WHOLE", 3)
    Letter.objects.update(language="en")
    for place in range(8):
        assert same(demo, AnonymousUser(), asked_of("q=was", f"language=en&language=xx-{place}"))
    assert all(0 < len(each.whole_for) <= 3 for each in found.KEPT.found.values())


def test_a_search_is_looked_up_once_whatever_the_filters_and_the_window(demo: Dossier, reader: User) -> None:
    for user in (AnonymousUser(), reader):
        for place, (each, window) in enumerate([(f, w) for f in FILTERS[:-1] for w in WINDOWS]):
            with CaptureQueriesContext(connection) as captured:
                counts_of(demo, user, asked_of("q=was", each, window), keys_of_lanes(), 120, {})
            looked_up = [q["sql"] for q in captured.captured_queries if 'AS "own"' in q["sql"]]
            assert len(looked_up) == (place == 0), (each, window)


def test_a_claims_own_traits_are_read_as_they_are_written(demo: Dossier) -> None:
    columns = ("stance", "basis", "precision", "review_state", "curated_fields", "is_quoted")
    for place, claim in enumerate(Claim.objects.order_by("pk")):
        edit(claim, "trait", place)
    for own, *told, set_fields, quoted in Claim.objects.annotate(own=OwnTraits()).values_list(
        "own", *columns
    ):
        trait = read(own + 7 * OWN_MOST, ("en",))
        assert [trait.stance, trait.basis, trait.precision, trait.state] == told
        assert (trait.lane, trait.is_set, trait.is_quoted) == (7, bool(set_fields), quoted)
        assert 0 <= own < OWN_MOST


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
def test_sqlite_takes_traits_from_the_index_alone(demo: Dossier) -> None:
    asked = Claim.objects.in_dossier(demo).saying("was").annotate(own=OwnTraits())
    fields = ("lane_party_id", "earliest_day", "latest_day", "letter_id", "own")
    statement, values = asked.order_by().values_list(*fields).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {word_index.by_key(statement)}", values)
        steps = [row[1] for row in cursor.fetchall()]
    # Rows are sought only where a column has to be read from them.
    assert "DeferredSeek" in steps or "SeekRowid" not in steps
    assert "Function" not in steps  # json() of what a person set, worked out when the claim was written

"""The registry as a whole: mentions, parties of one's own, and time that grows with the text only."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.parties import PartyNameRecord, PartyRecord, PartyRegistry

OWN = {
    "Ostrava Minor": {
        "kind": "state",
        "names": {"en": ["Ostrava Minor"], "fr": ["l’Ostrave", "Ostrave"]},
        "adjectives": {"en": ["Ostravan"], "fr": ["ostravien", "ostravienne"]},
        "capital": "Vellport",
    },
    "Harbour Board": {"kind": "organisation", "names": {"en": ["Harbour Board", "Board"]}},
}


@pytest.fixture(scope="module")
def own() -> PartyRegistry:
    return PartyRegistry.from_json(OWN)


def test_json_holds_exactly_its_parties(own: PartyRegistry) -> None:
    assert [party.name for party in own] == ["Ostrava Minor", "Harbour Board"]
    assert len(own) == 2
    assert own.find("France and the United Nations") == []


def test_json_names_are_found_in_all_forms(own: PartyRegistry) -> None:
    text = "L’Ostrave a répondu à la note ostravienne du Board, dit-on à Vellport."
    assert [(m.words, m.party, m.name_kind) for m in own.find(text, language="fr")] == [
        ("Ostrave", "Ostrava Minor", "short"),
        ("ostravienne", "Ostrava Minor", "adjective"),
        ("Board", "Harbour Board", "short"),
        ("Vellport", "Ostrava Minor", "capital"),
    ]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the Permanent Representative of Ostrava Minor to the United Nations", "Ostrava Minor"),
        ("the Ostravan Foreign Minister", "Ostrava Minor"),
        ("le Gouvernement ostravien", "Ostrava Minor"),
        ("Vellport", "Ostrava Minor"),
        ("the Board", "Harbour Board"),
        ("paragraph 4 of the report of the Harbour Board", "Harbour Board"),
        ("the Board of Trade", None),
        ("the Minister", None),
        ("Norway", None),
    ],
)
def test_json_speakers(own: PartyRegistry, words: str, party: str | None) -> None:
    assert own.resolve(words) == party


def test_a_dossiers_own_names_lie_on_top() -> None:
    record = PartyRecord("Georgia Pacific Line", "organisation", (PartyNameRecord("Georgia", "en", "short"),))
    registry = PartyRegistry.builtin().extended([record])
    assert registry.resolve("Georgia") == "Georgia Pacific Line"
    assert registry.resolve("the Georgian Government") == "Georgia"
    assert PartyRegistry.builtin().resolve("Georgia") == "Georgia"
    assert PartyRegistry.builtin().extended([]) is PartyRegistry.builtin()
    assert PartyRegistry.builtin().extended([record]) is registry


def test_weak_names_are_told_and_do_not_resolve_inside_a_phrase() -> None:
    registry = PartyRegistry.builtin()
    found = registry.find("The parties went before the Court.", language="en")
    assert [(m.party, m.weak) for m in found] == [("International Court of Justice", True)]
    assert registry.resolve("a judge whom the Court heard") is None


def test_finds_between_offsets_only() -> None:
    text = "Norway wrote to Sweden and Denmark."
    found = PartyRegistry.builtin().find(text, 7, 22)
    assert [(m.start, m.end, m.party) for m in found] == [(16, 22, "Sweden")]


def test_get_and_kinds() -> None:
    registry = PartyRegistry.builtin()
    norway = registry.get("Norway")
    assert norway is not None
    assert norway.kind == "state"
    assert registry.get("Nowhere") is None


NAMES = st.sampled_from([name.text for party in PartyRegistry.builtin() for name in party.names])
PIECES = st.lists(st.one_of(NAMES, st.text(max_size=12)), max_size=12)


@given(PIECES)
def test_mentions_are_ordered_apart_and_verbatim(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = PartyRegistry.builtin().find(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[m.start : m.end] == m.words and m.start < m.end for m in found)


@given(st.text(max_size=80))
def test_any_phrase_resolves_to_a_known_party_or_to_none(words: str) -> None:
    registry = PartyRegistry.builtin()
    party = registry.resolve(words)
    assert party is None or registry.get(party) is not None


@pytest.mark.parametrize(
    "piece",
    ["the Government of Norway and ", "Republic of ", "United ", "of of of ", "- - - ", "U.", "New "],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    registry = PartyRegistry.builtin()
    seconds = []
    for size in (100_000, 400_000):
        text = (piece * (size // len(piece) + 1))[:size]
        started = time.perf_counter()
        registry.find(text)
        seconds.append(time.perf_counter() - started)
    # Four times the text in four times the time; the rest is room for a busy machine.
    assert seconds[1] < max(seconds[0] * 12, 1.0)

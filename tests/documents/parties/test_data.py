"""The data files: whole, without contradiction, and their short names as Babel has them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from babel import Locale

from documents.parties import PartyRegistry
from documents.parties.loading import DATA, RegistryError, load_builtin, read_parties

LANGUAGES = ("en", "fr", "es")
STATES = set(tomllib.loads((DATA / "parties_states.toml").read_text(encoding="utf-8")))
# Babel's names that are meant otherwise here, and why.
DIFFERENCES = {
    ("MM", "en"): "Babel adds the former name in brackets",
    ("MM", "fr"): "Babel adds the former name in brackets",
    ("MM", "es"): "Babel adds the former name in brackets",
    ("PS", "en"): "Babel names the territories, the United Nations the State of Palestine",
    ("PS", "fr"): "Babel names the territories, the United Nations the State of Palestine",
    ("PS", "es"): "Babel names the territories, the United Nations the State of Palestine",
}
NO_MEMBERS = {"Kosovo", "Taiwan", "European Union", "United Nations"}


def named(code: str, language: str) -> str | None:
    """Return the party whom Babel's name of a territory names as a whole."""
    name = Locale(language).territories.get(code, "")
    found = PartyRegistry.builtin().find(name, language=language)
    return found[0].party if len(found) == 1 and found[0].words == name else None


def territories() -> list[str]:
    return [code for code in Locale("en").territories if len(code) == 2 and code.isalpha()]


def test_193_members_and_two_observers() -> None:
    assert len(STATES) == 195
    assert {"Holy See", "State of Palestine"} <= STATES


def test_short_names_agree_with_babel() -> None:
    seen = set()
    for code in territories():
        parties = {lang: named(code, lang) for lang in LANGUAGES if (code, lang) not in DIFFERENCES}
        if any(parties.values()):
            assert len(set(parties.values())) == 1, (code, parties)
            seen |= set(parties.values())
    assert seen == (STATES | NO_MEMBERS) - {"Myanmar", "State of Palestine"}


@pytest.mark.parametrize(("code", "language"), DIFFERENCES)
def test_intended_differences_are_still_there(code: str, language: str) -> None:
    assert named(code, language) is None


def test_every_state_has_names_in_three_languages() -> None:
    for party in load_builtin():
        if party.name in STATES:
            assert {name.language for name in party.names} >= set(LANGUAGES), party.name


def test_a_name_of_two_parties_is_parted_by_years() -> None:
    holders = defaultdict(dict)
    for party in load_builtin():
        for name in party.names:
            if not name.weak:
                holders[name.text][party.name] = name.from_year or name.to_year
    shared = {text: parties for text, parties in holders.items() if len(parties) > 1}
    assert all(sum(years is None for years in parties.values()) <= 1 for parties in shared.values()), shared


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('["A"]\nmotto.en = ["a"]', "data.toml: A: no such key: motto."),
        ('["A"]\nkind = "planet"', "data.toml: A: no such kind: planet."),
        ('["A"]\nnames.en = []', "data.toml: A: names.en: is empty"),
        ('["A"]\nnames.en = [" "]', "data.toml: A: names.en: ' ' is no name."),
        ('["A"]\nnames.de = ["A"]', "data.toml: A: names: lists belong to en, fr or es."),
        ('["A"]\nnames.en = ["B", "B"]', "data.toml: A: B stands twice in en."),
        ('["A"]\nformer.en = [["B", 1950, 1900]]', "the years run backwards"),
        ('["A"]\nyears = [1900]', "years are two numbers"),
        ('["A"]\nweak = ["B"]', "data.toml: A: weak: no such name: B."),
        ('["A"]\n["A"]', "data.toml: "),
        ("[", "data.toml: "),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path: Path, entry: str, says: str) -> None:
    path = tmp_path / "data.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(RegistryError) as refused:
        read_parties(path)
    assert says in str(refused.value)


def test_years_of_a_single_name(tmp_path: Path) -> None:
    path = tmp_path / "data.toml"
    path.write_text('["A"]\nformer.en = [["B", 1900, 0], "C"]', encoding="utf-8")
    names = {n.text: (n.from_year, n.to_year) for n in read_parties(path)[0].names}
    assert names == {"A": (None, None), "B": (1900, None), "C": (None, None)}

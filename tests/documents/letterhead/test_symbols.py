"""Symbols of documents as organs print them, and what only looks like one."""

import pytest

from documents.letterhead.symbols import base_of, symbols_in


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("A/ES-10/977–S/2021/560", ["A/ES-10/977", "S/2021/560"]),
        ("A/C.1/49/L.2", ["A/C.1/49/L.2"]),
        ("the letter of 2 September (S/26391/Add.1).", ["S/26391/Add.1"]),
        ("E/CN.4/Sub.2/1994/56", ["E/CN.4/Sub.2/1994/56"]),
        ("A/CN.9/WG.III/WP.166", ["A/CN.9/WG.III/WP.166"]),
        ("UNEP/OzL.Pro/9/12", ["UNEP/OzL.Pro/9/12"]),
        ("A/CONF.62/L.78, S/PV.1234 and A/S-10/2", ["A/CONF.62/L.78", "S/PV.1234", "A/S-10/2"]),
        ("CCPR/C/21/Rev.1/Add.13", ["CCPR/C/21/Rev.1/Add.13"]),
        ("A/B and S/he, day and/or night", []),
        ("the line A/1", ["A/1"]),
        ("PCA/2013-19, KM/UN/306/93", []),
        ("24/7 and 3/4 of 2021/22", []),
        ("HTTP/1.1 or TCP/IP", []),
    ],
)
def test_symbols_are_found_whole(text: str, symbols: list[str]) -> None:
    assert [value.value for value in symbols_in(text, 0, len(text))] == symbols


@pytest.mark.parametrize(
    ("symbol", "base"),
    [
        ("A/70/100/Corr.1", "A/70/100"),
        ("S/26391/Add.1", "S/26391"),
        ("A/70/100", None),
        ("A/C.1/49/L.2", None),
    ],
)
def test_what_extends_a_symbol_belongs_to_it(symbol: str, base: str | None) -> None:
    assert base_of(symbol) == base

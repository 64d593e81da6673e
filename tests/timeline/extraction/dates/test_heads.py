"""The characters that a pattern's matches may begin with: read from the pattern, and never too few."""

import json
import re
from pathlib import Path

import pytest

from timeline.extraction.dates.grammar import grammar_of
from timeline.extraction.dates.heads import head_of, heads_of

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("abc", "a"),
        ("a|b|cd", "abc"),
        ("(?:the )?(?P<day>[1-3]\\d)", "t123"),
        ("(?i:mai)s?", "mM"),
        ("(?<=in )(?!x)May", "M"),
        ("[a-c\\-]x", "abc-"),
        ("a{0,2}b", "ab"),
        ("a{1,2}b", "a"),
        ("(?:a|)b", "ab"),
        ("\\u00e9t", "é"),
        ("\\bx", "x"),
        ("٣", "٠"),
        ("\\d", "0123456789٠"),
        ("[\\dx]", "0123456789٠x"),
    ],
)
def test_heads_are_read_from_the_pattern(pattern: str, heads: str) -> None:
    assert heads_of(pattern) == frozenset(heads)


@pytest.mark.parametrize("pattern", ["\\w", "[^a]", ".", "a?", "(?P<a>b)?(?P=a)", "[\\w-]x", "\\Sx"])
def test_what_may_begin_with_anything_has_no_heads(pattern: str) -> None:
    assert heads_of(pattern) is None


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_no_rule_is_left_out_where_it_matches(language: str) -> None:
    grammar = grammar_of(language)
    lines = (CASES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    text = "\n\n".join(json.loads(line)["text"] for line in lines)
    tried: set[int] = set()
    for number, rule in enumerate(grammar.rules):
        for match in re.finditer(rule.pattern, text):
            assert number in grammar.starts.get(head_of(match[0][0]), grammar.starts[""])
            tried.add(number)
    assert len(tried) * 2 > len(grammar.rules)

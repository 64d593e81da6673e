"""A registry of invented states for the letterhead tests."""

import pytest

from documents.parties import PartyRegistry

STATES = {
    "Kaldenia": {
        "kind": "state",
        "names": {"en": ["Kaldenia"], "fr": ["la Kaldénie", "Kaldenia"], "es": ["Kaldenia"]},
        "adjectives": {"en": ["Kaldenian"]},
        "capital": "Kaldport",
    },
    "Morvia": {
        "kind": "state",
        "names": {"en": ["Morvia"], "fr": ["la Morvie"], "es": ["Morvia"]},
        "adjectives": {"en": ["Morvian"], "fr": ["morvien"]},
        "capital": "Morven",
    },
    "Estrana": {
        "kind": "state",
        "names": {"en": ["Estrana"], "fr": ["Estrana"], "es": ["Estrana"]},
        "adjectives": {"en": ["Estranan"]},
        "capital": "Port Estra",
    },
    "Lysia": {
        "kind": "state",
        "names": {"en": ["Lysia"], "fr": ["Lysia"], "es": ["Lysia"]},
        "adjectives": {"en": ["Lysian"]},
        "capital": "Lyssa",
    },
}


@pytest.fixture(scope="session")
def registry() -> PartyRegistry:
    return PartyRegistry.from_json(STATES)

"""How many claims of a window, or of a search, have which traits, where they are too many to be gone through.

In: a dossier, who asks, the question with its window. Out: ``Traits`` of what touches the window, from kept
counts of the quarters inside and the claims at its edges, as ``timeline/window_counts.py`` counts them; of
what words find, from what is kept of the search (``timeline/found.py``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from documents.models import Dossier, Letter
from timeline.density import facets_for, kept_for
from timeline.found_traits import rows_of
from timeline.kept_counts import traits_inside
from timeline.live_counts import found_traits
from timeline.models import Claim
from timeline.reach_index import values_met
from timeline.timeline_request import TimelineRequest
from timeline.traits import ASKED, Traits, names_shown
from timeline.window_counts import edges, quarters_inside

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

COLUMNS = ("lane_party_id", "stance", "basis", "precision", "letter_id", "review_state")


def traits_in_window(dossier: Dossier, user: User | AnonymousUser, asked: TimelineRequest) -> Traits | None:
    """Return the traits of what a question's window leaves; None where kept counts do not say what is asked.

    By review states, what is suggested and accepted is told, not what a person set; of a search all is told.
    """
    if asked.q:
        return _found_traits(dossier, user, asked)
    loose = replace(asked, **dict.fromkeys((*ASKED, "reviews"), ()))
    facets = facets_for(dossier, user, loose)
    if facets is None or facets_for(dossier, user, asked) is None:
        return None
    inside = quarters_inside(asked.first, asked.last)
    claims = Claim.objects.visible_in(dossier, user).asked(loose)
    near = Counter(values_met(claims, edges(inside, asked.first, asked.last), *COLUMNS))
    # By itself: SQLite reads past a letter's text to its language, so once a letter, not once a claim.
    languages = dict(Letter.objects.filter(pk__in={row[4] for row in near}).values_list("pk", "language"))
    rows = traits_inside(facets, inside.low, inside.high)
    for (lane, stance, basis, precision, letter, state), n in near.items():
        numbers = (n if state == review else 0 for review in facets.reviews)
        rows.append((lane or 0, stance, basis, precision, languages.get(letter, ""), *numbers))
    return Traits(dossier, user, asked, (facets.reviews, rows))


def _found_traits(dossier: Dossier, user: User | AnonymousUser, asked: TimelineRequest) -> Traits:
    """Return the traits of what words find, of the window if there is one."""
    claims = kept_for(dossier, user, asked, Claim.objects.visible_in(dossier, user).asked(asked))
    names = names_shown(dossier, user)
    counts = found_traits(claims, asked.first, asked.last)
    return Traits(dossier, user, asked, (names, rows_of(counts, names)))

"""The values that a claim's traits may have, in the order in which they are listed and numbered everywhere.

Kept counts and indexes hold their places: a new value goes to the end.
"""

from __future__ import annotations

STANCES = ("asserts", "reports", "denies", "rejects-wording", "demands", "announces")
BASES = ("explicit", "inferred", "anaphoric", "relative")
PRECISIONS = ("day", "month", "season", "year", "decade", "century", "interval", "set", "unknown")

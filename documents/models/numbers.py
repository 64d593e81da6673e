"""What several models are made with: public numbers, checksums, conditions on stretches of text."""

from __future__ import annotations

import hashlib
import secrets

from django.db.models import F, Q

# JavaScript's Number.MAX_SAFE_INTEGER, ECMA-262 section 21.1.2.6.
LARGEST_EXACT_INTEGER = 2**53 - 1
SMALLEST_PUBLIC_ID = 10**15


def random_public_id() -> int:
    """Return a number for an address: random, so that none tells how many others there are.

    Sixteen digits and below 2**53: greater ones are rounded where JavaScript reads them, and
    an address made of a rounded number leads nowhere.
    """
    return SMALLEST_PUBLIC_ID + secrets.randbelow(LARGEST_EXACT_INTEGER - SMALLEST_PUBLIC_ID)


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def is_span(start: str, end: str) -> Q:
    """Return the condition that two columns are a stretch of text, or both null.

    Said in full: a comparison with null is unknown, and a CHECK lets the unknown pass.
    """
    both = Q(**{f"{start}__isnull": False, f"{end}__isnull": False, f"{end}__gt": F(start)})
    return Q(**{f"{start}__isnull": True, f"{end}__isnull": True}) | both

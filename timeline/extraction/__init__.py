"""A letter's text to dated claims; importable and usable alone, without Django or a database."""

# Stands on every claim: a new number says that the same text may now read differently.
VERSION = "1"

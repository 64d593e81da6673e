"""A process that serves, and its connection to the database: set up for many short questions."""

from __future__ import annotations

import gc
import importlib

import pytest
from django.db import connection


def test_what_is_loaded_is_left_alone_by_the_garbage_collector() -> None:
    try:
        application = importlib.import_module("config.wsgi").application
        assert callable(application)
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()


@pytest.mark.django_db
def test_short_questions_are_neither_compiled_nor_read_anew() -> None:
    asked = "SHOW jit" if connection.vendor == "postgresql" else "PRAGMA cache_size"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] in ("off", -32_000)

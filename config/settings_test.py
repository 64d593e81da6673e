"""Settings of the tests: as in production where it matters, on a database of their own."""

import os

os.environ.setdefault("CLAIMLINE_DEBUG", "1")

from .settings import *  # noqa: F403
from .settings import DATABASES, VAR_DIR

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Static files as they lie in the tree: nothing is collected for tests.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Quick to compute, and no test guesses passwords.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file, not memory: only a file has the locks and the journal of the real thing.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {
        "NAME": os.environ.get("CLAIMLINE_TEST_SQLITE", str(VAR_DIR / "test.sqlite3"))
    }

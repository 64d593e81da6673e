"""A throw-away PostgreSQL for the tests: in, nothing; out, the address of an empty database.

Uses the programs of the system, socket only, without a port and without waiting for the disk. ``initdb``
refuses root, so as root the server belongs to ``nobody``.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


def programs() -> Path | None:
    """Return the folder that holds ``initdb`` and ``pg_ctl``, the newest version first, or None."""
    found = [str(Path(p).parent) for p in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    found.sort(key=lambda folder: int(Path(folder).parent.name), reverse=True)
    in_path = shutil.which("initdb")
    for folder in [*found, *([str(Path(in_path).parent)] if in_path else [])]:
        if Path(folder, "pg_ctl").exists():
            return Path(folder)
    return None


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yield the ``DATABASE_URL`` of a fresh server; stop and delete it afterwards.

    Raises FileNotFoundError where no PostgreSQL is installed and CalledProcessError where it does not start.
    """
    folder = programs()
    if folder is None:
        raise FileNotFoundError("initdb")
    # Directly under /tmp: a socket's path is short, and nobody may read it.
    home = Path(tempfile.mkdtemp(prefix="claimline-pg-", dir="/tmp"))
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def call(*command: str) -> None:
        subprocess.run(
            [str(folder / command[0]), *command[1:]],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            **as_user,  # type: ignore[call-overload]
        )

    data = str(home / "data")
    try:
        call(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-k {home} -c listen_addresses='' -c fsync=off -c max_connections=60"
        call("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@{quote(str(home), safe='')}/postgres"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)

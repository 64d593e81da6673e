#!/usr/bin/env python3
"""Claimline's command line: ``manage.py help`` lists what it does."""

import os
import sys


def main() -> None:
    """Run a management command under the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

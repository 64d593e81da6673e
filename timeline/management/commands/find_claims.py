"""``manage.py find_claims``: JSON lines with letters in, JSON lines with their letterheads and claims out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from documents.letterhead import as_document, link_relations, read_letterhead, with_given
from documents.parties import PartyRegistry
from documents.records import Letterhead
from timeline.extraction.claims import extract_claims
from timeline.extraction.records import ExtractedClaim
from timeline.management.claim_lines import claim_line
from timeline.management.json_lines import JsonLinesCommand


class Command(JsonLinesCommand):
    help = (
        'Find claims: {"letter", "text", "date"?, "sender"?, "recipient"?, "lang"?} a line in, '
        '{"letter", "document", "parts", "claims"} out. The letters of one run are one dossier.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--parties", metavar="FILE", help="names in JSON, in place of the built-in ones")
        parser.add_argument("--undated", action="store_true", help="claims that the text does not date, too")

    def prepare(self, options: dict[str, Any]) -> None:
        self.undated: bool = options["undated"]
        self.registry = registry_from(options["parties"])
        self.heads: list[Letterhead] = []
        self.texts: list[str] = []
        self.answers: list[dict[str, Any]] = []
        self.found: list[list[ExtractedClaim]] = []

    def answer(self, line: dict[str, Any]) -> None:
        text = line["text"]
        head = read_letterhead(text, self.registry, line.get("lang"))
        head = with_given(head, line.get("date"), line.get("sender"), line.get("recipient"))
        claims = extract_claims(text, head, self.registry, undated=self.undated)
        self.heads.append(head)
        self.texts.append(text)
        self.found.append(claims)
        answer = {"letter": line.get("letter"), **as_document(head)}
        answer["claims"] = [claim_line(claim, text) for claim in claims]
        self.answers.append(answer)

    def finish(self) -> None:
        self.relate()
        for answer in self.answers:
            self.write(answer)

    def relate(self) -> None:
        """Point the relations at letters of the same run."""
        links = link_relations({str(place): head for place, head in enumerate(self.heads)})
        for place, answer in enumerate(self.answers):
            answer["document"]["relations"] += [
                {"kind": kind, "letter": self.answers[int(target)]["letter"]}
                for kind, target in links.get(str(place), [])
            ]


def registry_from(path: str | None) -> PartyRegistry:
    """Return the registry of a file of names, or the built-in one."""
    if path is None:
        return PartyRegistry.builtin()
    try:
        return PartyRegistry.from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error

"""A small world for tests of who sees what: two dossiers alike but for who may see them, and everybody.

In: an empty database. Out: a ``World`` that logs anybody in, writes the address of any route for either
dossier, and tells whether anything has changed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client

from documents.models import (
    Correspondent,
    Dossier,
    DossierParty,
    Letter,
    LetterDate,
    LetterPart,
    LetterRelation,
    Membership,
    Party,
    PartyName,
    PartyRelation,
    Passage,
    StoredFile,
    WaitingFile,
    sha256_of,
)
from timeline.models import Claim, Event, Note, Tag, Voice

MEMBERS = ("reader", "curator", "owner")
# "removed" was a curator while the session was opened; "inactive" was struck off after logging in.
OUTSIDERS = ("anonymous", "stranger", "staff", "other_owner", "removed", "inactive")
ROLES = (*OUTSIDERS, *MEMBERS, "superuser")
STATES = ("private", "published")
MISSING_ID = 999_999_999
# A word that stands in every text of the private dossier and nowhere else.
CANARY = "Zugvogel"


@dataclass
class Corner:
    """One dossier with one of everything in it; ``ids`` names its rows by noun, ``pks`` by model."""

    slug: str
    ids: dict[str, Any] = field(default_factory=dict)
    pks: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Two dossiers, and one person in each role."""

    corners: dict[str, Corner]
    users: dict[str, User]

    def client(self, role: str) -> Client:
        """Return a browser with the role's session."""
        client = Client()
        if role == "anonymous":
            return client
        user = self.users[role]
        if role == "inactive":
            User.objects.filter(pk=user.pk).update(is_active=True)
        client.force_login(user)
        if role == "inactive":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return client

    def url(self, route: str, state: str, query: str = "") -> str:
        """Return the address of a route for the dossier in a state, or one that never was (``missing``)."""
        return (
            "/"
            + _filled(route, self.corners[state])
            + (f"?{_query(query, self.corners[state])}" if query else "")
        )

    def masked(self, response: HttpResponse, url: str) -> tuple[int, str, str]:
        """Return status, headers and body without what differs by nature: tokens, clock, address."""
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = "\n".join(
            f"{name}: {value}"
            for name, value in sorted(response.items())
            if name not in ("Content-Length", "Expires")
        )
        return response.status_code, _masked(headers, url), _masked(body.decode("utf-8", "replace"), url)

    def remove_private(self) -> None:
        """Take the private dossier, and the parties and files it alone uses, from the site."""
        private = self.corners["private"]
        Claim.objects.filter(dossier__slug=private.slug).delete()
        Letter.objects.filter(dossier__slug=private.slug).delete()
        Dossier.objects.filter(slug=private.slug).delete()
        StoredFile.objects.filter(letters=None).delete()
        LogEntry.objects.all().delete()

    def fingerprint(self) -> dict[str, list]:
        """Return every row of the product's tables and of the users."""
        models = [
            *apps.get_app_config("documents").get_models(),
            *apps.get_app_config("timeline").get_models(),
        ]
        rows = {m._meta.label: list(m._base_manager.order_by("pk").values_list()) for m in models}
        kept = ("username", "password", "is_active", "is_staff", "is_superuser")
        return {**rows, "users": list(User.objects.order_by("pk").values_list(*kept))}


def build_world() -> World:
    """Fill an empty database."""
    users = {
        role: User.objects.create_user(
            username=role, password="pw", is_staff=role in ("staff", "curator", "owner", "other_owner")
        )
        for role in ROLES
        if role not in ("anonymous", "superuser")
    }
    users["superuser"] = User.objects.create_superuser("superuser", password="pw")
    common = Party.objects.create(name="Averland", kind="state")
    corners = {
        "private": _corner("private-matter", CANARY, 100, common, users["curator"]),
        "published": _corner("published-matter", "Lindenast", 200, common, users["curator"]),
        "missing": Corner("no-such-matter"),
    }
    for state in STATES:
        dossier = Dossier.objects.get(slug=corners[state].slug)
        Dossier.objects.filter(pk=dossier.pk).update(published=state == "published")
        for role in MEMBERS:
            Membership.objects.create(dossier=dossier, user=users[role], role=role)
    elsewhere = Dossier.objects.create(slug="elsewhere", title="Another matter")
    Membership.objects.create(dossier=elsewhere, user=users["other_owner"], role="owner")
    return World(corners, users)


def _corner(slug: str, word: str, first: int, common: Party, curator: User) -> Corner:
    """Make a dossier with one of everything, its public numbers counted from ``first``."""
    dossier = Dossier.objects.create(
        slug=slug, title=f"The {word} matter", description=f"About {word}.", show_suggestions=True
    )
    party = Party.objects.create(public_id=first, dossier=dossier, name=f"{word}land", kind="state")
    name = PartyName.objects.create(party=party, text=f"{word}land")
    PartyRelation.objects.create(party=party, kind="speaks for", other=common)
    place = DossierParty.objects.create(dossier=dossier, party=party, colour_index=1)
    text = f"Harbour, 9 May 2023\n\nOn 14 June 2022 {word} closed the strait. On 15 June it was open.\n"
    data = text.encode()
    file = StoredFile.objects.create(sha256=sha256_of(data), data=data, size=len(data))
    letter = Letter.objects.create(
        public_id=first + 1,
        dossier=dossier,
        file=file,
        file_name=f"{word}.txt",
        text=text,
        subject=f"The {word} strait",
        symbols=[f"S/{word}/1"],
        own_day=dt.date(2023, 5, 9).toordinal(),
        note=f"A note on {word}.",
    )
    second = Letter.objects.create(public_id=first + 2, dossier=dossier, text=f"{word} answers.\n")
    LetterPart.objects.create(letter=second, position=0, start=0, end=len(second.text))
    part = LetterPart.objects.create(letter=letter, position=0, start=0, end=len(text))
    date = LetterDate.objects.create(
        part=part, kind="own", edtf="2023-05-09", start=9, end=19, is_anchor=True
    )
    sender = Correspondent.objects.create(
        part=part, role="sender", party=party, person=f"Ms {word}", words=word
    )
    relation = LetterRelation.objects.create(letter=letter, kind="replies to", target=second, words=word)
    start = text.index("On 14")
    passage = Passage.objects.create(letter=letter, part=part, number=1, start=start, end=len(text) - 1)
    tag = Tag.objects.create(dossier=dossier, name=f"{word} tag")
    event = Event.objects.create(
        public_id=first + 3, dossier=dossier, title=f"{word} closes", edtf="2022-06-14"
    )
    claims = _claims(letter, part, date, party, event, first, word)
    claims["accepted"].tags.add(tag)
    note = Note.objects.create(dossier=dossier, claim=claims["accepted"], author=curator, text=f"Ask {word}.")
    other = f"Harbour, 11 May 2023\n\n{word} writes again. On 1 May 2023 it rained.\n".encode()
    waiting = WaitingFile.objects.create(
        public_id=first + 4, dossier=dossier, user=curator, name=f"{word}-2.txt", data=other, size=len(other)
    )
    claim = claims["accepted"]
    rows = [
        dossier,
        party,
        name,
        place,
        file,
        letter,
        part,
        date,
        sender,
        relation,
        passage,
        tag,
        event,
        note,
    ]
    rows += [claim, claim.voices.first()]
    return Corner(
        slug,
        ids={
            "slug": slug,
            "letters": letter.public_id,
            "claims": claim.public_id,
            "uuid": str(claim.uuid),
            "events": event.public_id,
            "ingest": waiting.public_id,
            "parties": party.public_id,
            "dismissed": claims["dismissed"].public_id,
        },
        pks={row._meta.label_lower: row.pk for row in rows},
    )


def _claims(
    letter: Letter, part: LetterPart, date: LetterDate, party: Party, event: Event, first: int, word: str
) -> dict[str, Claim]:
    """Make a claim in each review state: 14 June accepted, 15 June in the others."""
    made: dict[str, Claim] = {}
    for place, state in enumerate(("accepted", "suggested", "dismissed", "withdrawn")):
        day = dt.date(2022, 6, 14 + (state != "accepted"))
        words = f"{day.day} June 2022" if state == "accepted" else "15 June"
        start = letter.text.index("On " + words)
        end = letter.text.index(".", start) + 1
        timex = start + 3
        claim = made[state] = Claim.objects.create(
            public_id=first + 10 + place,
            dossier=letter.dossier,
            letter=letter,
            part=part,
            start=start,
            end=end,
            timex_start=timex,
            timex_end=timex + len(words),
            clause_start=timex + len(words) + 1,
            clause_end=end - 1,
            quote=letter.text[start:end],
            edtf=day.isoformat(),
            earliest_day=day.toordinal(),
            latest_day=day.toordinal(),
            precision="day",
            basis="explicit" if state == "accepted" else "inferred",
            reasoning=["The letter says so."],
            rules=["day month year"],
            dated_by_date=date,
            stance="asserts",
            review_state=state,
            event=event if state == "accepted" else None,
            asserting_party=party,
            lane_party=party,
        )
        Voice.objects.create(claim=claim, party=party, words=word, role="asserts")
    return made


# Addresses ------------------------------------------------------------------------------------------------


def _filled(route: str, corner: Corner) -> str:
    """Return a route with its parameters filled in for a corner."""
    route = route.replace("admin/(?P<url>.*)$", "admin/no-such-page/")
    route = re.sub(r"\^\(\?P<app_label>([^)]*)\)/\$", "documents/", route)
    route = re.sub(
        r"\^\(\[\^/\]\+\)/history/\(\[\^/\]\+\)/\$", "<path:object_id>/history/<history_id>/", route
    )
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(_value(m[1], route, corner)), route)


def _value(name: str, route: str, corner: Corner) -> Any:
    """Return what stands for a parameter of a route."""
    missing = not corner.ids
    noun = route.split("/")[0]
    if route.startswith("admin/"):
        return _admin_value(name, route, corner)
    if name == "slug":
        return corner.slug
    if name == "reference":
        return MISSING_ID if missing else corner.ids[noun]
    if name == "uuid":
        return "0e8c6a52-0000-4000-8000-000000000000" if missing else corner.ids["uuid"]
    if name == "public_id":
        nouns = [
            word for word in route.split("/") if word in ("letters", "claims", "events", "parties", "ingest")
        ]
        return MISSING_ID if missing else corner.ids[nouns[-1] if nouns else "claims"]
    if name == "format":
        return "csv"
    raise KeyError(f"tests/world.py does not know what stands for <{name}> in {route}")


def _admin_value(name: str, route: str, corner: Corner) -> Any:
    model = ".".join(route.split("/")[1:3])
    if name == "slug":
        return corner.slug
    if name == "public_id":
        return corner.ids.get("letters" if "letters" in route.split("/") else "claims", MISSING_ID)
    if name == "content_type_id":
        return ContentType.objects.get_by_natural_key("documents", "letter").pk
    if name == "history_id":
        return MISSING_ID
    if name == "number":
        return 1
    if route.startswith("admin/auth/"):
        return User.objects.get(username="stranger").pk if corner.ids else MISSING_ID
    if route.startswith("admin/r/"):
        model = "documents.letter"
    return corner.pks.get(model, MISSING_ID)


def _query(query: str, corner: Corner) -> str:
    """Return a query string with ``{claims}``, ``{parties}`` … filled in."""
    nouns = ("letters", "claims", "events", "parties", "slug", "dismissed")
    return query.format(**{noun: corner.ids.get(noun, MISSING_ID) for noun in nouns})


def _masked(text: str, url: str) -> str:
    """Return text without tokens, and with one word for the address asked for and the ids in it."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1TOKEN", text)
    text = re.sub(r'("X-CSRFToken": ?")\w+', r"\1TOKEN", text)
    path = url.split("?")[0]
    for form in (url, quote(url, safe=""), quote(url), path, quote(path, safe="")):
        text = text.replace(form, "ADDRESS")
    for number in sorted(re.findall(r"\d{3,}|[\w-]+-matter", path), key=len, reverse=True):
        text = text.replace(number, "ID")
    return text

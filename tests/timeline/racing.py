"""Two people who send a form at the same instant: what they send, and how the server is made to meet both.

A race is a function from a desk and one of its claims to two posts. ``at_once`` sends them and holds each at
its first lock or write until the other is there too, so that neither has seen anything of the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client

from documents.models import Correspondent, WaitingFile
from tests.timeline.desk import Desk
from tests.timeline.sending import history_sent
from timeline import curation
from timeline.admin.readings import mark_of, rows_of
from timeline.metadata_form import MetadataForm
from timeline.models import Claim, Decision, Event
from timeline.recording import record_letter
from timeline.review import last_to_undo, mark_to_undo

# The first statement by which a transaction takes what the other one wants. On SQLite it begins with it.
TAKING = re.compile(r"BEGIN|INSERT|UPDATE|DELETE|.* FOR (NO KEY )?UPDATE", re.DOTALL)
# Seconds after which one goes on alone: the other has answered without a write.
PATIENCE = 20
Sent = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """What one person sends."""

    user: User
    address: str
    sent: Sent


@dataclass(frozen=True)
class Answer:
    """What a person was answered, and what the page after it says."""

    status: int
    said: str


Race = Callable[[Desk, Claim], tuple[Post, Post]]


def at_once(posts: tuple[Post, Post]) -> list[Answer]:
    """Send two forms at the same instant; return the answers in their order."""
    gate = Barrier(2)
    answers: list[Answer | None] = [None, None]

    def send(place: int, post: Post) -> None:
        client = Client()
        client.force_login(post.user)
        try:
            with held_at_first_write(gate):
                answer = client.post(post.address, post.sent, headers={"X-Requested-With": "fetch"})
            answers[place] = Answer(answer.status_code, page_after(client, answer))
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=(place, post)) for place, post in enumerate(posts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


@contextmanager
def held_at_first_write(gate: Barrier) -> Iterator[None]:
    """Hold this thread at its first lock or write until the other thread has come to its own."""
    waits = True

    def hold(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal waits
        if waits and TAKING.match(sql):
            waits = False
            try:
                gate.wait(PATIENCE)
            except BrokenBarrierError:
                waits = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hold):
        yield


def page_after(client: Client, answer: HttpResponse) -> str:
    """Return the text of an answer, or of the page to which it leads."""
    return (client.get(answer["Location"]) if answer.status_code == 302 else answer).content.decode()


def by_both(desk: Desk, address: str, *sent: Sent) -> tuple[Post, Post]:
    """Return posts to one address by curator and owner: the same form, or one each."""
    return Post(desk.curator, address, sent[0]), Post(desk.owner, address, sent[-1])


def from_two_tabs(user: User, address: str, *sent: Sent) -> tuple[Post, Post]:
    """Return posts to one address by one person."""
    return Post(user, address, sent[0]), Post(user, address, sent[-1])


# Forms with a version --------------------------------------------------------------------------------------

READ = {"version": "1", "basis": "inferred", "stance": "asserts", "modality": "happened"}


def queue_address(claim: Claim) -> str:
    return f"/admin/review/{claim.dossier.slug}/{claim.public_id}/"


def accepting(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    sent = [{**READ, "do": "accept", "edtf": value} for value in ("2011-03-03", "2012-03-03")]
    return by_both(desk, queue_address(claim), *sent)


def accepting_and_dismissing(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    accept = {**READ, "do": "accept", "edtf": "2011-03-03"}
    return by_both(desk, queue_address(claim), accept, {"version": "1", "do": "dismiss"})


def splitting(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    return by_both(desk, queue_address(claim), {"version": "1", "do": "split"})


def merging_claims(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    other = desk.claim("16 June")
    merge = {"version": "1", "do": "merge", "same": other.public_id}
    return by_both(desk, queue_address(claim), merge, {**READ, "do": "accept", "edtf": "2011-03-03"})


def claim_form(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    base = {**READ, "review_state": "suggested"}
    sent = [{**base, "edtf": value} for value in ("2011-03-03", "2012-03-03")]
    return by_both(desk, f"/admin/timeline/claim/{claim.pk}/change/", *sent)


def claim_list(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    sent = {"_selected_action": str(claim.pk), f"seen_{claim.pk}": "1"}
    actions = [{**sent, "action": name} for name in ("accept", "dismiss")]
    return by_both(desk, "/admin/timeline/claim/", *actions)


def letter_form(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    address, sent = f"/admin/documents/letter/{desk.letter.pk}/change/", []
    client = Client()
    client.force_login(desk.owner)
    form = client.get(address).context["adminform"].form
    for date in ("21 May 2019", "22 May 2019"):
        filled = {name: str(form[name].value() or "") for name in form.fields}
        # As the page that shows what follows sends it anew.
        sent.append(dict(client.post(address, {**filled, "date": date}).context["sent"]))
    return by_both(desk, address, *sent)


def letter_metadata(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    form = MetadataForm(desk.letter)
    base = {name: str(form[name].value() or "") for name in form.fields}
    sent = [{**base, "subject": value} for value in ("Strait", "Vessel")]
    return by_both(desk, f"/letters/{desk.letter.public_id}/metadata/", *sent)


def reading_again(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    Claim.objects.filter(pk=claim.pk).update(edtf="1999-03-03")
    seen = mark_of(rows_of(record_letter(desk.letter, dry_run=True)))
    return by_both(desk, f"/admin/documents/letter/{desk.letter.pk}/read-again/", {"seen": seen})


def party_form(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    base = {"version": "1", "kind": "state", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    sent = [{**base, "name": value} for value in ("Overland", "Underland")]
    return by_both(desk, f"/admin/documents/party/{desk.party('Averland').pk}/change/", *sent)


def event_form(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    row = Event.objects.create(dossier=desk.dossier, title="Seizure")
    sent = [{"version": "1", "title": "Seizure", "edtf": value} for value in ("2011", "2012")]
    return by_both(desk, f"/admin/timeline/event/{row.pk}/change/", *sent)


def dossier_form(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    sent = [{"version": "1", "slug": desk.dossier.slug, "title": value} for value in ("Strait", "Vessel")]
    return by_both(desk, f"/admin/documents/dossier/{desk.dossier.pk}/change/", *sent)


def assigning(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    number = str(desk.letter.public_id)
    sent = [
        {"letter": number, f"was_{number}": "", "person": one.username} for one in (desk.curator, desk.owner)
    ]
    return by_both(desk, f"/admin/desk/{desk.dossier.slug}/assignments/", *sent)


# What can be done once --------------------------------------------------------------------------------------


def undoing_in_the_queue(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    curation.correct_date(desk.curator, claim, "2011", None)
    sent = {"seen": mark_to_undo(last_to_undo(desk.curator, desk.dossier))}
    return from_two_tabs(desk.curator, f"/admin/review/{desk.dossier.slug}/undo/", sent)


def undoing_what_another_changes(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    """The other sets a field that the undoing would not touch: it is not to be undone unseen either."""
    curation.correct_date(desk.curator, claim, "2011", None)
    sent = {"seen": mark_to_undo(last_to_undo(desk.curator, desk.dossier))}
    undo = Post(desk.curator, f"/admin/review/{desk.dossier.slug}/undo/", sent)
    return undo, Post(desk.owner, queue_address(claim), {"version": "2", "do": "dismiss"})


def from_history(desk: Desk, thing: str, entry: Decision | None, do: str = "undo") -> tuple[Post, Post]:
    """Return two posts of a button of a history, once it has shown what would change where it does."""
    assert entry is not None
    address, client = f"/admin/{thing}/history/", Client()
    client.force_login(desk.owner)
    sent = history_sent(client, address, entry.number, do)
    if do == "revert" or entry.batch:
        sent = dict(client.post(address, sent).context["sent"])
    return by_both(desk, address, sent)


def undoing(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    entry = curation.correct_date(desk.owner, claim, "2011", None).decision
    return from_history(desk, f"timeline/claim/{claim.pk}", entry)


def going_back(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    entry = curation.correct_date(desk.owner, claim, "2011", None).decision
    curation.correct_date(desk.owner, claim, "2012", None)
    return from_history(desk, f"timeline/claim/{claim.pk}", entry, "revert")


def undoing_a_letter(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    entry = curation.correct_letter_date(desk.owner, desk.letter, "2011-01-01", None).decision
    return from_history(desk, f"documents/letter/{desk.letter.pk}", entry)


def undoing_a_party(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    party = desk.party("Averland")
    entry = curation.change_party(desk.owner, party, None, name="Overland")
    return from_history(desk, f"documents/party/{party.pk}", entry)


def undoing_an_event(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    event = Event.objects.create(dossier=desk.dossier, title="Seizure")
    entry = curation.change_event(desk.owner, event, None, {"title": "Boarding"})
    return from_history(desk, f"timeline/event/{event.pk}", entry)


def merging_crosswise(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    one, two = str(desk.party("Averland").pk), str(desk.party("Norvania").pk)
    sent = [{"party": a, "into": b, "do": "merge"} for a, b in ((one, two), (two, one))]
    return by_both(desk, f"/admin/desk/{desk.dossier.slug}/merging/", *sent)


def merging_claims_crosswise(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    pairs = ((claim, desk.claim("16 June")), (desk.claim("16 June"), claim))
    sent = [{"version": "1", "do": "merge", "same": into.public_id} for _, into in pairs]
    one, two = (queue_address(gone) for gone, _ in pairs)
    return Post(desk.curator, one, sent[0]), Post(desk.owner, two, sent[1])


def parting(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    entry = curation.merge_parties(desk.owner, desk.dossier, desk.party("Averland"), desk.party("Norvania"))
    sent = {"number": str(entry.number), "do": "undo"}
    return by_both(desk, f"/admin/desk/{desk.dossier.slug}/merging/", sent)


def naming(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    words = "The Harbour Board"
    Correspondent.objects.filter(role="sender").update(party=None, words=words)
    new = {"do": "new", "words": words, "name": "Harbour Board", "kind": "organ"}
    known = {"do": "known", "words": words, "name": "Averland"}
    return by_both(desk, f"/admin/desk/{desk.dossier.slug}/correspondents/", new, known)


def naming_anew(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    first, second = naming(desk, claim)
    return first, Post(second.user, second.address, {**first.sent, "name": "Board of the Harbour"})


def answering(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    curation.accept_claim(desk.curator, claim, None)
    curation.ask_second(desk.curator, desk.dossier, desk.owner, 1)
    base = {"claim": str(claim.public_id), "stance": "asserts", "asserted_by": "", "do": "accepted"}
    sent = [{**base, "edtf": value} for value in ("2018-03-03", "2018-03")]
    return from_two_tabs(desk.owner, f"/admin/desk/{desk.dossier.slug}/second/", *sent)


def asking(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    curation.accept_claim(desk.curator, claim, None)
    sent = {"do": "ask", "person": desk.owner.username, "count": "1"}
    return by_both(desk, f"/admin/desk/{desk.dossier.slug}/second/", sent)


def removing_a_note(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    note = curation.add_note(desk.owner, claim, "Ask the harbour master.")
    return by_both(desk, f"/admin/notes/claims/{claim.public_id}/", {"remove": str(note.pk)})


def adding_a_claim(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    start = desk.letter.text.index("Norvania demands")
    sent = {**READ, "start": start, "end": start + 20, "edtf": "2019-09-01", "asserted_by": "", "quoted": ""}
    del sent["version"]
    return by_both(desk, f"/admin/letters/{desk.letter.public_id}/claims/", sent)


def opening_a_dossier(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    return by_both(desk, "/admin/documents/dossier/add/", {"title": "The Orrin Delta", "slug": "orrin"})


# What both may do ------------------------------------------------------------------------------------------


def noting_a_claim(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    return by_both(desk, f"/admin/notes/claims/{claim.public_id}/", {"note": "One."}, {"note": "Two."})


def noting_a_letter(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    address = f"/admin/notes/letters/{desk.letter.public_id}/"
    return by_both(desk, address, {"note": "One."}, {"note": "Two."})


def bringing(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    text = desk.letter.text.replace("14 June", "13 June")
    return by_both(desk, "/ingest/", {"dossier": desk.dossier.slug, "text": text})


def storing_what_waited(desk: Desk, claim: Claim) -> tuple[Post, Post]:
    data = desk.letter.text.replace("14 June", "12 June").encode()
    waiting = WaitingFile.objects.create(
        dossier=desk.dossier, user=desk.curator, name="note.txt", data=data, size=len(data)
    )
    sent = {"date": "20 May 2019", "sender": "Norvania"}
    return from_two_tabs(desk.curator, f"/ingest/{waiting.public_id}/", sent)

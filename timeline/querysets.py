"""All questions asked of claims, in the domain's words.

Every page, export and command starts from ``Claim.objects.visible_to(user)``; what follows only narrows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When

from documents.managers import may_curate, member
from timeline.reach_index import Reach, reach_of
from timeline.searching import SYMBOL, terms_of
from timeline.word_index import HoldsWords, LetterHoldsWords

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from documents.models import Dossier
    from timeline.found_traits import Wanted
    from timeline.timeline_request import TimelineRequest

    Asker = User | AnonymousUser

# Which events a list may be narrowed to, by what is counted of their accounts.
TOLD = {
    "several": Q(parties__gt=1),
    "disputed": Q(against__gt=0) | Q(latest_start__gt=F("earliest_end")),
}


def letters_saying(sought: str) -> Q | None:
    """Return the condition that letters hold all that is sought, or bear it as a symbol; None for no word."""
    terms = terms_of(sought)
    indexed = [term for term in terms if term.indexed]
    found = Q(LetterHoldsWords(indexed)) if indexed else Q()
    for term in terms:
        if term.literal:
            found &= Q(text__icontains=term.written)
    if not terms:
        return None
    return found | Q(symbols__icontains=sought) if SYMBOL.search(sought) else found


class ClaimQuerySet(models.QuerySet):
    """Questions asked of claims."""

    # Where an index of words finds the claims: those that any words would leave.
    unsaid: ClaimQuerySet | None = None
    # A dossier's key, and what decides how much the user sees of it, where what is found is kept.
    kept_for: tuple[Any, ...] | None = None
    # Of what words find: the same without filters, and what these ask for.
    sought: ClaimQuerySet | None = None
    wanted: Wanted | None = None
    # The days that ``between`` keeps to.
    window: tuple[int | None, int | None] = (None, None)

    def _clone(self) -> ClaimQuerySet:
        copied = super()._clone()
        copied.unsaid, copied.kept_for, copied.window = self.unsaid, self.kept_for, self.window
        copied.sought, copied.wanted = self.sought, self.wanted
        return copied

    def _filter_or_exclude(self, *args: Any) -> ClaimQuerySet:
        narrowed = super()._filter_or_exclude(*args)
        narrowed.sought = narrowed.wanted = None  # which know nothing of it
        return narrowed

    def to_keep(
        self, *scope: Any, sought: ClaimQuerySet | None = None, wanted: Wanted | None = None
    ) -> ClaimQuerySet:
        """Return the claims of a search so that where they are found is kept while they are the same.

        ``sought``, ``wanted``: the same without filters, and what these ask for.
        """
        claims = self._chain()
        claims.kept_for, claims.sought, claims.wanted = scope, sought, wanted
        return claims

    def visible_to(self, user: Asker) -> ClaimQuerySet:
        """Keep what the user may see: members all; visitors, of published dossiers, what was accepted, and
        suggestions where the dossier shows them."""
        from documents.models import Dossier

        published = Dossier.objects.filter(published=True)
        accepted = Q(review_state="accepted", dossier_id__in=published.values("pk"))
        open_ones = published.filter(show_suggestions=True).values("pk")
        suggested = Q(review_state="suggested", dossier_id__in=open_ones)
        if not user.is_authenticated or not user.is_active:
            return self.filter(accepted | suggested)
        if user.is_superuser:
            return self.all()
        return self.filter(accepted | suggested | member(user, "dossier__"))

    def visible_in(self, dossier: Dossier, user: Asker) -> ClaimQuerySet:
        """Keep of one dossier what ``visible_to`` keeps, told by the dossier's own fields.

        So the database need not ask the dossiers anew with each question, nor with each row.
        """
        from timeline.seeing import is_inside, reviews_shown

        inside = is_inside(dossier, user)
        return self.shown_in(dossier, None if inside else reviews_shown(dossier, user))

    def shown_in(self, dossier: Dossier, reviews: Iterable[str] | None) -> ClaimQuerySet:
        """Keep of one dossier all, or what it shows to those outside: claims in these review states."""
        claims = self.in_dossier(dossier)
        if reviews is None:
            return claims
        return claims.in_review(reviews) if dossier.published else claims.none()

    def curatable_by(self, user: Asker) -> ClaimQuerySet:
        """Keep the claims on which the user may decide."""
        return self.filter(may_curate(user, "dossier__"))

    def in_dossier(self, dossier: models.Model) -> ClaimQuerySet:
        """Keep the claims of a dossier."""
        return self.filter(dossier=dossier)

    def in_letters(self, public_ids: Iterable[int]) -> ClaimQuerySet:
        """Keep the claims of the letters with these public numbers."""
        return self.filter(letter__public_id__in=list(public_ids))

    def repeated(self) -> ClaimQuerySet:
        """Keep the claims of letters that repeat another: figures for readers leave them out."""
        from documents.models import Letter

        return self.filter(letter__in=Letter.objects.repeating())

    def in_lanes(self, public_ids: Iterable[int]) -> ClaimQuerySet:
        """Keep the claims drawn in the lanes of the parties with these public numbers, 0 that of nobody."""
        wanted = set(public_ids)
        named = Q(lane_party__public_id__in=wanted - {0})
        if 0 not in wanted:
            return self.filter(named)
        # By itself where it is all that is asked: beside a party's number all claims would be gone through.
        return self.filter(Q(lane_party=None) if wanted == {0} else Q(lane_party=None) | named)

    def asserted_by(self, party: models.Model) -> ClaimQuerySet:
        """Keep what a party asserts, be it of its own or in reporting others."""
        return self.filter(asserting_party=party)

    def with_stance(self, stances: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims whose sender takes one of these stances."""
        return self.filter(stance__in=list(stances))

    def with_basis(self, bases: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims whose date was got in one of these ways."""
        return self.filter(basis__in=list(bases))

    def in_review(self, states: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims in one of these review states."""
        return self.filter(review_state__in=list(states))

    def set_by_person(self, yes: bool = True) -> ClaimQuerySet:
        """Keep the claims in which a person set something, or those as the machine read them."""
        return self.exclude(curated_fields=[]) if yes else self.filter(curated_fields=[])

    def not_set_aside(self) -> ClaimQuerySet:
        """Leave out what was dismissed or is no longer found."""
        return self.filter(review_state__in=["suggested", "accepted"])

    def dated(self) -> ClaimQuerySet:
        """Keep the claims that have a place on the axis: at least one known bound."""
        return self.filter(Q(earliest_day__isnull=False) | Q(latest_day__isnull=False))

    def undated(self) -> ClaimQuerySet:
        """Keep the claims without a place on the axis."""
        return self.filter(earliest_day=None, latest_day=None)

    def between(self, first: int | None, last: int | None) -> ClaimQuerySet:
        """Keep the claims that touch the days ``first`` to ``last``, both included; None is open."""
        claims = self.all()
        if first is not None:
            claims = claims.filter(Q(latest_day__gte=first) | Q(latest_day=None, earliest_day__isnull=False))
        if last is not None:
            claims = claims.filter(Q(earliest_day__lte=last) | Q(earliest_day=None, latest_day__isnull=False))
        claims.window = (first, last)
        return claims

    def beginning(self) -> ClaimQuerySet:
        """Keep the claims with a known first day, so that a stretch of an index holds those of a window."""
        claims = self.filter(earliest_day__isnull=False)
        last = self.window[1]
        return claims if last is None else claims.filter(earliest_day__lte=last)

    def counted_in_window(self) -> int:
        """Return how many claims there are; of a window, from the stretches of two indexes."""
        if self.window == (None, None):
            return self.count()
        # Rows, not keys: see ``counted_by``.
        return sum(
            claims.order_by().aggregate(n=Count("*"))["n"]
            for claims in (self.beginning(), self.filter(earliest_day=None))
        )

    def by_date(self) -> ClaimQuerySet:
        """Order as a chronology reads: by first day, the shorter date first, undated last."""
        return self.order_by(
            F("earliest_day").asc(nulls_last=True), F("latest_day").asc(nulls_last=True), "pk"
        )

    def by_letter(self) -> ClaimQuerySet:
        """Order by letter, and within it as it reads."""
        return self.order_by(F("letter__own_day").asc(nulls_last=True), "letter_id", "start", "pk")

    def to_review(self) -> ClaimQuerySet:
        """Keep what nobody has decided on."""
        return self.filter(review_state="suggested")

    def in_queue_order(self, order: str) -> ClaimQuerySet:
        """Order as a queue of review: ``certainty`` (least first), ``letter``, ``day`` or ``party``."""
        orders = {
            "letter": (F("letter__own_day").asc(nulls_last=True), "letter_id", "start", "pk"),
            "day": (F("earliest_day").asc(nulls_last=True), "pk"),
            "party": (F("lane_party__name").asc(nulls_last=True), "earliest_day", "pk"),
        }
        return self.order_by(*orders.get(order, ("score", "pk")))

    def for_list(self) -> ClaimQuerySet:
        """Bring what a row of a list shows, without the letters' texts."""
        return self.select_related("letter", "asserting_party", "lane_party").defer("letter__text", "machine")

    def asked(self, asked: TimelineRequest) -> ClaimQuerySet:
        """Keep what a page's filters ask for, whenever it is said to have happened."""
        claims = self.reviewed_as(asked.reviews)
        if asked.parties:
            claims = claims.in_lanes(asked.parties)
        if asked.stances:
            claims = claims.with_stance(asked.stances)
        if asked.bases:
            claims = claims.with_basis(asked.bases)
        if asked.precisions:
            claims = claims.filter(precision__in=asked.precisions)
        if asked.languages:
            claims = claims.filter(letter__language__in=asked.languages)
        if asked.letters:
            claims = claims.in_letters(asked.letters)
        return claims.saying(asked.q) if asked.q else claims

    def counted_by(self, key: str) -> dict[Any, int]:
        """Return {value: claims that have it} of one column."""
        # All rows, not their keys: an index that has no keys can answer it alone.
        rows = self.order_by().values_list(key).annotate(n=Count("*"))
        return dict(rows.values_list(key, "n"))

    def facet_values(self, most: int | None = None) -> Iterable[tuple]:
        """Return a row a claim: lane's key, stance, basis, precision, letter's number, its language, review
        state, whether a person set anything. Plain values, for counting thousands; the first ``most``.
        """
        by_person = Case(When(curated_fields=[], then=Value(False)), default=Value(True))
        rows = self.order_by().annotate(by_person=by_person)
        own = ("lane_party_id", "stance", "basis", "precision")
        values = rows.values_list(*own, "letter__public_id", "letter__language", "review_state", "by_person")
        return values[:most].iterator(5000)

    def reviewed_as(self, states: Iterable[str]) -> ClaimQuerySet:
        """Keep the claims in one of these states as shown, "curated" among them; none: not set aside."""
        wanted = list(states)
        if not wanted:
            return self.not_set_aside()
        found = Q(review_state__in=[state for state in wanted if state != "curated"])
        if "curated" in wanted:
            found |= Q(review_state__in=["suggested", "accepted"]) & ~Q(curated_fields=[])
        return self.filter(found)

    def saying(self, words: str) -> ClaimQuerySet:
        """Keep the claims whose sentence holds all that is sought, or whose letter bears it as its symbol.

        ``timeline/searching.py`` says what holds it.
        """
        from documents.models import Letter

        terms = terms_of(words)
        indexed = [term for term in terms if term.indexed]
        literal = Q()
        for term in terms:
            if term.literal:
                literal &= Q(quote__icontains=term.written)
        bearing = Letter.objects.bearing(words) if SYMBOL.search(words) else ()
        if indexed and not literal:
            found = self.filter(HoldsWords(indexed, bearing))
            found.unsaid = self
            return found
        condition = Q(HoldsWords(indexed)) & literal if indexed else literal
        return self.filter(condition | Q(letter__in=bearing) if bearing else condition)

    def with_issue(self, key: int) -> ClaimQuerySet:
        """Keep the claims that bear one of their dossier's issues, or whose letter does; for curators."""
        tags = self.model._meta.get_field("tags").related_model.objects.filter(pk=key)
        on_claim = Exists(tags.filter(claims=OuterRef("pk")))
        return self.filter(on_claim | Exists(tags.filter(letters=OuterRef("letter_id"))))

    def noted(self) -> ClaimQuerySet:
        """Keep the claims with a curator's note on them or on their letter. For curators alone."""
        notes = self.model._meta.get_field("notes").related_model.objects
        on_claim = Exists(notes.filter(claim=OuterRef("pk")))
        return self.filter(on_claim | Exists(notes.filter(letter=OuterRef("letter_id"))))

    def by_event(self) -> ClaimQuerySet:
        """Order by event, those of no event last, and by date within it."""
        dated = F("earliest_day").asc(nulls_last=True)
        return self.order_by(
            F("event__edtf").asc(nulls_last=True), F("event_id").asc(nulls_last=True), dated, "pk"
        )

    def of_events(self, keys: Iterable[int]) -> ClaimQuerySet:
        """Keep the accounts of the events with these keys."""
        return self.filter(event_id__in=list(keys))

    def told_events(self, show: str, speakers: Iterable[int] | None = None) -> models.QuerySet:
        """Return the keys of events with how many tell of them, in order of their first day.

        ``show``: ``all``; ``several``, of which more than one party speaks; ``disputed``, where something is
        denied, a wording rejected, or two dates have no day in common. ``speakers``: keys of parties of whom
        at least one speaks of it.
        """
        claims = self.exclude(event=None)
        if speakers is not None:
            claims = claims.filter(asserting_party_id__in=list(speakers))
        rows = (
            claims.order_by()
            .values("event_id")
            .annotate(
                accounts=Count("pk"),
                first=Min("earliest_day"),
                parties=Count("asserting_party_id", distinct=True),
                against=Count("pk", filter=Q(stance__in=["denies", "rejects-wording"])),
                latest_start=Max("earliest_day"),
                earliest_end=Min("latest_day"),
            )
        )
        if show in TOLD:
            rows = rows.filter(TOLD[show])
        return rows.order_by(F("first").asc(nulls_last=True), "event_id")

    def count_told_events(self) -> dict[str, int]:
        """Return how many events there are, and how many of each kind that ``told_events`` shows."""
        counts = {show: Count("event_id", filter=kept) for show, kept in TOLD.items()}
        return self.told_events("all").order_by().aggregate(all=Count("event_id"), **counts)

    def speakers_of_events(self) -> dict[int, int]:
        """Return {party's key: of how many events it speaks}."""
        rows = self.exclude(event=None).exclude(asserting_party=None).order_by()
        counts = rows.values_list("asserting_party_id").annotate(n=Count("event_id", distinct=True))
        return dict(counts.values_list("asserting_party_id", "n"))

    def with_place(self) -> ClaimQuerySet:
        """Bring the number of the passage that a claim begins in."""
        from documents.models import Passage

        passages = Passage.objects.filter(letter=OuterRef("letter"), start__lte=OuterRef("start"))
        # Passages are numbered as they stand, and by number there is an index.
        return self.annotate(passage_number=Subquery(passages.order_by("-number").values("number")[:1]))

    def beside(self, claim: models.Model, most: int) -> ClaimQuerySet:
        """Return a claim's other accounts by date: those of its event, else those of the very same date.

        The first ``most``, told by their keys: thousands share a year, and only those few are looked up.
        """
        others = self.filter(dossier_id=claim.dossier_id).not_set_aside().exclude(pk=claim.pk)
        if claim.event_id is not None:
            others = others.filter(event_id=claim.event_id).by_date()
        elif claim.earliest_day is None or claim.latest_day is None:
            others = others.none()
        else:  # all of one date: by key they stand in the index of reaches
            same = {"earliest_day": claim.earliest_day, "latest_day": claim.latest_day}
            reach = reach_of(claim.earliest_day, claim.latest_day)
            others = others.alias(reach=Reach()).filter(reach=reach, **same).order_by("pk")
        return self.model._default_manager.filter(pk__in=others.values("pk")[:most]).by_date()

    def lane_of(self, claim: models.Model) -> ClaimQuerySet:
        """Keep the dated claims of a claim's lane, as they are drawn."""
        return (
            self.filter(dossier_id=claim.dossier_id, lane_party_id=claim.lane_party_id)
            .not_set_aside()
            .dated()
        )

    def before(self, claim: models.Model) -> models.Model | None:
        """Return what stands next before a dated claim: by first day, then what only has a last one."""
        day = claim.earliest_day
        if day is None:
            end = claim.latest_day
            ended = self._without_start().filter(Q(latest_day__lt=end) | Q(latest_day=end, pk__lt=claim.pk))
            return ended.reverse().first() or self._begun().reverse().first()
        earlier = Q(earliest_day__lt=day) | Q(earliest_day=day, pk__lt=claim.pk)
        return self._begun().filter(earlier, earliest_day__lte=day).reverse().first()

    def after(self, claim: models.Model) -> models.Model | None:
        """Return what stands next after a dated claim: by first day, then what only has a last one."""
        day = claim.earliest_day
        if day is None:
            end = claim.latest_day
            later = Q(latest_day__gt=end) | Q(latest_day=end, pk__gt=claim.pk)
            return self._without_start().filter(later).first()
        later = Q(earliest_day__gt=day) | Q(earliest_day=day, pk__gt=claim.pk)
        return self._begun().filter(later, earliest_day__gte=day).first() or self._without_start().first()

    def _begun(self) -> ClaimQuerySet:
        return self.filter(earliest_day__isnull=False).order_by("earliest_day", "pk")

    def _without_start(self) -> ClaimQuerySet:
        # By a sum, since else SQLite goes through all ends of the dossier in order.
        return self.filter(earliest_day=None).order_by(F("latest_day") + 0, "pk")

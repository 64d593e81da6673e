"""What somebody sees of one dossier, told by its own fields, is what the database says they may see."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User

from documents.models import Dossier, Membership
from timeline.demo import store
from timeline.models import Claim

ASKERS = ("nobody", "stranger", "reader", "curator", "resting reader", "superuser")


@pytest.fixture
def demo(db: None) -> Dossier:
    """Return a dossier with claims in each review state, beside another with the same."""
    for slug in ("other", "demo"):
        dossier = store(slug, slug, 24, 3)
        for at, claim in enumerate(Claim.objects.filter(dossier=dossier)):
            state = ("suggested", "accepted", "dismissed", "withdrawn")[at % 4]
            Claim.objects.filter(pk=claim.pk).update(review_state=state)
    return dossier


def asker(name: str, dossier: Dossier) -> User | AnonymousUser:
    if name == "nobody":
        return AnonymousUser()
    user = User.objects.create_user(name, is_superuser=name == "superuser")
    if name in ("reader", "curator", "resting reader"):
        role = "curator" if name == "curator" else "reader"
        Membership.objects.create(dossier=dossier, user=user, role=role)
    user.is_active = name != "resting reader"
    user.save()
    return user


@pytest.mark.parametrize("name", ASKERS)
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("suggestions", [True, False])
def test_one_dossiers_claims_are_seen_by_whom_all_claims_are(
    demo: Dossier, name: str, published: bool, suggestions: bool
) -> None:
    Dossier.objects.update(published=published, show_suggestions=suggestions)
    demo.refresh_from_db()
    user = asker(name, demo)
    seen = set(Claim.objects.visible_in(demo, user).values_list("pk", flat=True))
    assert seen == set(Claim.objects.visible_to(user).in_dossier(demo).values_list("pk", flat=True))
    outside = name in ("nobody", "stranger", "resting reader")
    assert bool(seen) == (published or not outside)

"""What a browser sends: a form as it stands, a choice between two versions, a button of a history."""

from __future__ import annotations

from typing import Any

from django.test import Client


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(page: Any) -> dict[str, str]:
    """Return what a form of the admin sends when nothing is touched, with its rows of names."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        counts = inline.formset.management_form
        values |= {counts.add_prefix(name): counts[name].value() for name in counts.fields}
        for row in inline.formset.forms:
            values |= {row.add_prefix(name): row[name].value() for name in row.fields if name != "DELETE"}
    return {name: "" if value is None else str(value) for name, value in values.items() if value is not False}


def chosen(page: Any, **picks: str) -> dict[str, str]:
    """Return the page of both versions as it is sent; ``picks``: "mine" or "stored" by field."""
    sent = {**dict(page.context["carried"]), "resolve": "1", "version": str(page.context["version"])}
    for row in page.context["rows"]:
        name = row["name"]
        sent |= {f"stored_{name}": row["stored_value"], f"mine_{name}": row["mine_value"]}
        sent[f"pick_{name}"] = picks.get(name, "stored")
    return sent


def history_sent(client: Client, address: str, number: int, do: str) -> dict[str, Any]:
    """Return what a button of a history sends, as its page stands now."""
    context = client.get(address).context
    newest = context["entries"][0].entry.number
    return {"number": number, "do": do, "version": context["object"].version, "newest": newest}


def taken_back(client: Client, address: str, number: int, do: str) -> Any:
    """Press a button of a history, and go ahead where it shows first what would change; return the answer."""
    answer = client.post(address, history_sent(client, address, number, do))
    return client.post(address, dict(answer.context["sent"])) if answer.status_code == 200 else answer

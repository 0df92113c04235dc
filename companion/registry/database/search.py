"""What lists sort and search by: each row keeps it in columns of its own, so that an index answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from companion.registry.records import RENEWAL_SHARE

# Together below what PostgreSQL takes into one entry of an index (2704 octets), at four octets a letter.
MOST_WORDS = 480
MOST_TITLE = 80
MOST_FACT = 80
"""Of a name or a model that runs are counted by."""
MOST_TAG = 40
MOST_OPERATOR = 80


def folded(*texts: str | None, most: int = MOST_WORDS) -> str:
    """The texts in the form in which they are searched: each once, a line each, without case."""
    lines = (text.replace("\0", "").casefold() for text in texts if text)
    return "\n".join(dict.fromkeys(lines))[:most]


def title(name: str) -> str:
    """What a list of names is sorted by."""
    return folded(name, most=MOST_TITLE)


def search_words(search: str) -> list[str]:
    """The words that somebody searches for."""
    return search.replace("\0", "").casefold().split()


def validity(credentials: Iterable[tuple[Mapping[str, Any], datetime]]) -> tuple[datetime, datetime] | None:
    """From when on the certificate is due for renewal, and when it ends; None without one that tells.

    credentials: details and time of hand-over of the current ones, the certificate that counts first
    """
    first: tuple[datetime, datetime] | None = None
    for details, handed_over in credentials:
        end = _moment(details.get("not_after"))
        if end is None or (first is not None and "fabric" not in details):
            continue
        begin = _moment(details.get("not_before")) or handed_over
        life = end - max(end - begin, timedelta()) * RENEWAL_SHARE, end
        # Of several fabrics all count.
        first = life if first is None else min(first, life)
    return first


def run_words(outcome: Mapping[str, Any] | None, *others: str | None) -> str:
    """The words of a run: what its outcome says of device and error, and others, such as its id."""
    told = outcome or {}
    device, error = told.get("device") or {}, told.get("error") or {}
    names = [str(device.get(name) or "") for name in ("name", "serial", "model")]
    return folded(*others, *names, *(str(error.get(name) or "") for name in ("code", "title")))


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def known_of(outcome: Mapping[str, Any] | None, events: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """What a run knows of its device: what its outcome says, else what the device said of itself, else how it
    was seen. events: kind and facts, in their order
    """
    known: dict[str, Any] = {}
    for kind, facts in (*events, ("outcome", (outcome or {}).get("device") or {})):
        names = ("name",) if kind == "found" else ("id", "name", "model", "firmware", "serial")
        if kind in ("found", "identified", "outcome"):
            known.update({name: facts[name] for name in names if facts.get(name)})
    return known


def ended_at(state: str, events: Iterable[tuple[str, Any]]) -> str:
    """The step in which a run was interrupted, "" for any other run."""
    step = ""
    if state == "interrupted":
        for kind, facts in events:
            if kind == "step_started":
                step = str(facts.get("step") or "")
            elif kind == "step_finished":
                step = ""
    return step

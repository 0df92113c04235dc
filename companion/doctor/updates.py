"""Whether there is a newer release. Nobody is asked unless COMPANION_UPDATES names an index of packages.

The index is one of Python packages with JSON (PEP 691), whose page of Companion lists the versions (PEP 700).
It learns that somebody asked, and nothing else: no version, no identifier.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from companion import version
from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import remedy
from companion.model import Text

VARIABLE = "COMPANION_UPDATES"
SECONDS = 1.0
MOST_OCTETS = 1 << 20
_JSON = "application/vnd.pypi.simple.v1+json"
_RELEASE = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

Fetch = Callable[[str], bytes]


def examine(fetch: Fetch | None = None) -> list[Check]:
    """What the index says; nothing where none is named. Raises nothing."""
    address = os.environ.get(VARIABLE, "")
    if not address:
        return []
    if not _is_protected(address):
        return [_unknown(Text("COMPANION_UPDATES is no https address"))]
    try:
        versions = _versions((fetch or _fetched)(address))
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        return [_unknown(Text("The index of COMPANION_UPDATES did not say which releases there are"))]
    newest = newer(versions, version.version())
    if newest is None:
        return [Check(CheckName.UPDATES, CheckState.GOOD, Text("No newer release"))]
    sentence = Text("Companion {version} is available", {"version": newest})
    return [Check(CheckName.UPDATES, CheckState.LACKING, sentence, remedy("updates"))]


def newer(versions: Iterable[str], ours: str) -> str | None:
    """The newest of these releases, if it is newer than ours; what is no release is ignored.

    A version that leads to a release (1.2.dev3, 1.2rc1) is older than it.
    """
    releases = {_numbers(each): each for each in versions if _RELEASE.fullmatch(each)}
    began = _RELEASE.match(ours)
    if not releases or began is None:
        return None
    newest = max(releases)
    mine = _numbers(began[0])
    rest = ours[began.end() :].split("+")[0]
    leads_to = rest != "" and not rest.startswith(".post")
    return releases[newest] if newest > mine or (newest == mine and leads_to) else None


def _numbers(release: str) -> tuple[int, ...]:
    """Without zeros at its end: 1.2 and 1.2.0 are one release."""
    numbers = [int(each) for each in release.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _versions(document: bytes) -> list[str]:
    """The versions that a page lists. Raises ValueError, RecursionError."""
    if len(document) > MOST_OCTETS:
        raise ValueError("too large")
    told = json.loads(document)
    versions = told.get("versions") if isinstance(told, dict) else None
    if not isinstance(versions, list):
        raise ValueError("no versions")
    return [each for each in versions if isinstance(each, str)]


def _is_protected(address: str) -> bool:
    """True for https, and for plain http on this computer."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    except ValueError:
        return False


class _Stay(urllib.request.HTTPRedirectHandler):
    """Only who was named is asked."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _fetched(address: str) -> bytes:
    headers = {"Accept": _JSON, "User-Agent": "companion"}
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.build_opener(_Stay).open(request, timeout=SECONDS) as answer:
        content: bytes = answer.read(MOST_OCTETS + 1)
    return content


def _unknown(sentence: Text) -> Check:
    return Check(CheckName.UPDATES, CheckState.UNKNOWN, sentence)

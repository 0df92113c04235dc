"""The status page: what a station is at, for a browser on the same computer, and the same as JSON.

It shows no code, takes no request that changes anything, and answers only to names of this computer, so that
no page from elsewhere can read it through a name of its own (DNS rebinding).
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from companion.endpoint.http_messages import HttpRequest, HttpResponse
from companion.endpoint.http_server import HttpServer
from companion.plain_text import plain
from companion.station.job import Job, JobState

LOOPBACK = "127.0.0.1"
PORT = 7734
MOST_SHOWN = 200
"""Codes on the page and in the document: those that changed last."""
REFRESH_SECONDS = 5
_NAMES = (LOOPBACK, "localhost")
_HEADERS = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;"
    "color-scheme:light dark}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.25rem .75rem .25rem 0;vertical-align:top}"
    "dl{display:flex;gap:2rem}dd{margin:0;font-size:2rem}"
)


@dataclass(frozen=True)
class Status:
    """What is shown. works_for: one sentence; reason: why codes wait, "" if they do not have to."""

    works_for: str
    reason: str
    started: datetime
    counts: dict[JobState, int]
    jobs: Sequence[Job]
    sources: Sequence[str]

    def latest(self) -> list[Job]:
        """The codes that are shown."""
        return sorted(self.jobs, key=lambda job: job.since, reverse=True)[:MOST_SHOWN]

    def as_json(self) -> dict[str, Any]:
        """The document at /status.json."""
        return {
            "works_for": self.works_for,
            "pause": self.reason or None,
            "started": self.started.isoformat(timespec="seconds"),
            "counts": {state.value: count for state, count in self.counts.items()},
            "sources": list(self.sources),
            "jobs": [job.as_json() for job in self.latest()],
        }


class StatusServer:
    """The page at "/", the document at "/status.json"."""

    def __init__(self, server: HttpServer) -> None:
        self._server = server
        self.url = f"http://{server.address}/"

    @classmethod
    async def start(cls, status: Callable[[], Status], port: int | None) -> StatusServer:
        """On loopback alone. port: 0 for any that is free; None: the usual one, else any that is free.

        Raises OSError where it can't listen.
        """
        name: list[str] = []

        def answer(request: HttpRequest) -> HttpResponse:
            if request.host not in name:
                return HttpResponse(HTTPStatus.MISDIRECTED_REQUEST, headers=_HEADERS)
            return replace(_document(request.path, status), headers=_HEADERS)

        try:
            server = await HttpServer.start(answer, host=LOOPBACK, port=PORT if port is None else port)
        except OSError:
            if port is not None:
                raise
            server = await HttpServer.start(answer, host=LOOPBACK)
        bound = server.address.rpartition(":")[2]
        name.extend(f"{each}:{bound}" for each in _NAMES)
        return cls(server)

    async def close(self) -> None:
        """Stop listening."""
        await self._server.close()


def _document(path: str, status: Callable[[], Status]) -> HttpResponse:
    match path:
        case "/":
            return HttpResponse(HTTPStatus.OK, page(status()).encode(), "text/html; charset=utf-8")
        case "/status.json":
            return HttpResponse(HTTPStatus.OK, json.dumps(status().as_json()).encode(), "application/json")
    return HttpResponse(HTTPStatus.NOT_FOUND)


def page(status: Status) -> str:
    """The status as HTML without scripts."""
    counts = "".join(
        f"<div><dt>{_text(state.value)}</dt><dd>{count}</dd></div>" for state, count in status.counts.items()
    )
    pause = f"<p role='status'>{_text(status.reason)}</p>" if status.reason else ""
    rows = "".join(_row(job) for job in status.latest())
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Companion station</title>"
        f"<meta http-equiv='refresh' content='{REFRESH_SECONDS}'><style>{_STYLE}</style></head><body>"
        f"<h1>Companion station</h1><p>{_text(status.works_for)}</p>{pause}<dl>{counts}</dl>"
        "<table><thead><tr><th>Code</th><th>State</th><th>Since (UTC)</th><th>Device</th><th>From</th>"
        f"</tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )


def _row(job: Job) -> str:
    state = job.state.value
    if job.problem is not None:
        state += f": {job.problem.title}. {job.problem.advice} ({job.problem.code})"
    device = " ".join(filter(None, (job.name, job.serial)))
    cells = (f"{job.kind} {job.id}", state, f"{job.since:%Y-%m-%d %H:%M:%S}", device, job.source)
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"


def _text(text: str) -> str:
    """Of anybody's, as it may stand in HTML."""
    return html.escape(plain(text))

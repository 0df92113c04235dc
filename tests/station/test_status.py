"""The status page: for this computer alone, without a code, and whatever devices call themselves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from companion.secret import Secret
from companion.station.job import Job, JobState
from companion.station.status import MOST_SHOWN, Status, StatusServer

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CODE = "RPL1:SECRET"
EVIL = "<script>alert(1)</script>"
JOB = Job("a1", JobState.COMMISSIONED, NOW, Secret(CODE), "RP1 device", "csv", name=EVIL, serial="SN\x1b[2J")
STATUS = Status("Works.", "", NOW, dict.fromkeys(JobState, 0), [JOB], ["csv codes.csv"])


@pytest.fixture
async def server() -> AsyncIterator[StatusServer]:
    started = await StatusServer.start(lambda: STATUS, 0)
    yield started
    await started.close()


async def asked(server: StatusServer, request: bytes) -> tuple[str, str]:
    """The first line and the body of the answer."""
    port = int(server.url.rstrip("/").rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace(b"PORT", str(port).encode()))
    answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return head.partition("\r\n")[0], body


async def test_the_page_shows_the_state_and_neither_code_nor_script(server: StatusServer) -> None:
    line, page = await asked(server, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")
    assert line == "HTTP/1.1 200 OK" and "commissioned" in page and "&lt;script&gt;" in page
    assert "<script" not in page and CODE not in page and "\x1b" not in page


async def test_the_document_says_the_same(server: StatusServer) -> None:
    _, body = await asked(server, b"GET /status.json HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n")
    document = json.loads(body)
    assert document["jobs"][0]["job"] == "a1" and document["sources"] == ["csv codes.csv"]
    assert CODE not in body


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: evil.example:PORT", "421"),
        (b"GET / HTTP/1.1", "421"),
        (b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example", "421"),
        (b"POST / HTTP/1.1\r\nHost: localhost:PORT", "405"),
        (b"GET /station.jsonl HTTP/1.1\r\nHost: localhost:PORT", "404"),
        (b"GET /\r\nHost: localhost:PORT", "400"),
    ],
    ids=["another name", "no name", "two names", "another method", "another path", "no HTTP"],
)
async def test_what_it_is_not_for_is_refused(server: StatusServer, request_line: bytes, status: str) -> None:
    line, _ = await asked(server, request_line + b"\r\n\r\n")
    assert line.split()[1] == status


async def test_a_request_without_end_is_dropped(server: StatusServer) -> None:
    assert (await asked(server, b"GET / HTTP/1.1\r\n" + b"x" * 20_000))[0] == ""


def test_a_long_list_is_cut_to_what_changed_last() -> None:
    jobs = [replace(JOB, id=f"{number}", since=NOW.replace(year=2000 + number)) for number in range(300)]
    shown = replace(STATUS, jobs=jobs).as_json()["jobs"]
    assert len(shown) == MOST_SHOWN and shown[0]["job"] == "299"

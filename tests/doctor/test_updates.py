"""A newer release is only asked for where an index is named, and nobody else than that is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from companion import version
from companion.doctor import updates
from companion.doctor.checks import Check, CheckState


def page(*versions: str) -> bytes:
    return json.dumps({"meta": {"api-version": "1.1"}, "versions": versions}).encode()


def refuse(address: str) -> bytes:
    raise AssertionError(f"{address} was asked")


@pytest.fixture(autouse=True)
def release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "version", lambda: "1.2")
    monkeypatch.setenv(updates.VARIABLE, "https://index.example/simple/companion/")


def only(found: list[Check]) -> Check:
    (check,) = found
    return check


def test_nobody_is_asked_unless_an_index_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(updates.VARIABLE)
    assert updates.examine(refuse) == []


@pytest.mark.parametrize(
    "address", ["http://index.example/companion/", "file:///etc/passwd", "https://[", "x"]
)
def test_nobody_is_asked_without_protection(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(updates.VARIABLE, address)
    assert only(updates.examine(refuse)).state is CheckState.UNKNOWN


def test_a_newer_release_is_told_with_what_to_do() -> None:
    check = only(updates.examine(lambda _: page("1.2", "1.10", "1.9", "2.0rc1")))
    assert check.state is CheckState.LACKING
    assert str(check.sentence) == "Companion 1.10 is available"
    assert check.remedy is not None


def test_the_newest_release_is_good() -> None:
    assert only(updates.examine(lambda _: page("1.2.0", "1.1"))).state is CheckState.GOOD


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"versions": 3}',
        b"[" * 100_000,
        page("9") + b" " * updates.MOST_OCTETS,
    ],
    ids=["nothing", "html", "list", "empty", "number", "nested", "large"],
)
def test_an_answer_that_is_none_is_said_to_be_none(answer: bytes) -> None:
    assert only(updates.examine(lambda _: answer)).state is CheckState.UNKNOWN


@pytest.mark.parametrize(
    ("ours", "newest"),
    [
        ("1.9", "1.10"),
        ("1.10", None),
        ("1.10.0", None),
        ("1.10.dev3+g12ab", "1.10"),
        ("1.10rc1", "1.10"),
        ("1.10.post1", None),
        ("1.11.dev1", None),
        ("unknown", None),
    ],
)
def test_versions_are_compared_as_numbers(ours: str, newest: str | None) -> None:
    assert updates.newer(["1.9", "1.10", "3.0.dev1", "\x1b[31m9", "9" * 100], ours) == newest


def test_the_index_learns_nothing_and_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []
    with index(asked) as address:
        monkeypatch.setenv(updates.VARIABLE, f"{address}/simple/companion/")
        assert only(updates.examine()).state is CheckState.LACKING
        monkeypatch.setenv(updates.VARIABLE, f"{address}/elsewhere")
        assert only(updates.examine()).state is CheckState.UNKNOWN
    assert [path for path, _ in asked] == ["/simple/companion/", "/elsewhere"]
    assert {name.lower() for name, _ in asked[0][1].items()} <= {
        "accept", "accept-encoding", "connection", "host", "user-agent",
    }  # fmt: skip
    assert asked[0][1]["User-Agent"] == "companion"


@contextmanager
def index(asked: list[tuple[str, Any]]) -> Iterator[str]:
    """An index on this computer that notes what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers))
            if self.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", "/simple/companion/")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page("1.3"))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

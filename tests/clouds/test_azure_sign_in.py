"""Azure over HTTPS: bounded answers, and who this computer is there."""

from __future__ import annotations

import ssl
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from companion.clouds.azure import rest, sign_in
from companion.errors import CloudAnswerInvalid, CloudCredentialsMissing, CloudUnreachable


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append(self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[attr-defined]
        status, answer = {
            "/token": (200, b'{"access_token": "made"}'),
            "/large": (200, b" " * 300_000),
            "/words": (200, b"<html>"),
            "/refused": (403, b"<html>"),
            "/away": (302, b""),
        }[self.path]
        self.send_response(status)
        self.send_header("Retry-After", "7")
        self.send_header("Location", "/token")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), _Handler) as made:
        made.heard = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_requests_are_bounded_and_follow_nobody(server: HTTPServer) -> None:
    where = f"http://127.0.0.1:{server.server_port}"
    answer = rest.send(f"{where}/token", method="POST", form={"client_secret": "s e"})
    assert (answer.status, answer.content, answer.retry_after) == (200, {"access_token": "made"}, 7.0)
    assert answer.clock is not None and abs(answer.clock) < 5
    assert server.heard[-1] == b"client_secret=s+e"  # type: ignore[attr-defined]
    assert rest.send(f"{where}/refused", method="POST", body={}).content == {}
    assert rest.send(f"{where}/away", method="POST", body={}).status == 302
    for path in ("large", "words"):
        with pytest.raises(CloudAnswerInvalid):
            rest.send(f"{where}/{path}", method="POST", body={})
    with pytest.raises(CloudUnreachable):
        rest.send("http://127.0.0.1:9/", context=ssl.create_default_context())


def test_a_service_principal_of_the_environment_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    forms: list[Any] = []

    def send(url: str, *, method: str, form: Any) -> rest.Answer:
        forms.append((url, form))
        return rest.Answer(200 if form["client_secret"] == "right" else 401, {"access_token": "made"})

    monkeypatch.setattr(rest, "send", send)
    who = {"AZURE_TENANT_ID": "t/x", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "right"}
    assert sign_in.token(who).reveal_text() == "made"
    assert forms[0][0] == "https://login.microsoftonline.com/t%2Fx/oauth2/v2.0/token"
    with pytest.raises(CloudCredentialsMissing) as refused:
        sign_in.token({**who, "AZURE_CLIENT_SECRET": "wrong-one"})
    assert "wrong-one" not in str(refused.value)


@pytest.mark.parametrize(
    ("script", "token"),
    [
        ('echo \'{"accessToken": "from az"}\'', "from az"),
        ("echo Please run az login >&2; exit 1", None),
        ("echo nothing", None),
        (None, None),
    ],
)
def test_az_is_asked_where_nothing_else_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str | None, token: str | None
) -> None:
    if script is not None:
        program = tmp_path / "az"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    if token is not None:
        assert sign_in.token({}).reveal_text() == token
        return
    with pytest.raises(CloudCredentialsMissing) as missing:
        sign_in.token({})
    assert "az login" in missing.value.advice_text

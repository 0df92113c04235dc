"""A company's EST server issues for a device's request, or says why not; nobody else is believed."""

from __future__ import annotations

import base64
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import es256
from companion.endpoint.tls import load_chain
from companion.errors import CompanionError, EstAnswerInvalid, EstPending, EstRefused, EstUnreachable
from companion.est.client import EstLogin, EstServer
from companion.est.messages import MAX_BODY, decode, encode_certificates
from companion.identity import IssuingCa
from companion.secret import Secret
from tests.identity.requests import NAME, device_key, request

COMPANY = IssuingCa.create("Company")
CSR = request(device_key())
LOGIN = EstLogin("companion", Secret(b"correct horse"))

Reply = tuple[int, dict[str, str], bytes]


def issue(path: str, headers: dict[str, str], body: bytes) -> Reply:
    """As most servers answer: the leaf somewhere, the root beside it."""
    if path.endswith("cacerts"):
        return 200, {}, encode_certificates(COMPANY.anchors)
    if headers.get("Authorization") != LOGIN.header():
        return 401, {"WWW-Authenticate": "Basic"}, b""
    leaf = COMPANY.issue(decode(body), serial="SN-0001", name=NAME).chain[0]
    return 200, {}, encode_certificates([*COMPANY.anchors, leaf])


@contextmanager
def served(answer: Callable[[str, dict[str, str], bytes], Reply]) -> Iterator[str]:
    """An EST server on loopback; its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, headers, body = answer(self.path, dict(self.headers), self.rfile.read(length))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *words: object) -> None:
            """Tests have output of their own."""

    class Quiet(HTTPServer):
        def handle_error(self, *client: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    key = es256.generate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    load_chain(context, key, COMPANY.issue_server(key.public_key(), ("127.0.0.1",)).chain)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def roots(ca: IssuingCa = COMPANY) -> str:
    return x509.load_der_x509_certificate(ca.anchors[0]).public_bytes(Encoding.PEM).decode()


def test_a_devices_request_becomes_a_chain() -> None:
    asked: list[str] = []

    def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
        asked.append(path)
        return issue(path, headers, body)

    with served(answer) as url:
        server = EstServer(f"{url}/devices", roots(), LOGIN)
        assert server.ca_certificates() == COMPANY.anchors
        (leaf,) = server.enroll(CSR)
    key = x509.load_der_x509_csr(CSR).public_key()
    assert x509.load_der_x509_certificate(leaf).public_key() == key
    assert asked == ["/.well-known/est/devices/cacerts", "/.well-known/est/devices/simpleenroll"]


def test_a_server_that_the_roots_do_not_vouch_for_gets_neither_request_nor_password() -> None:
    asked: list[str] = []
    with served(lambda path, headers, body: (asked.append(path), issue(path, headers, body))[1]) as url:
        with pytest.raises(EstUnreachable):
            EstServer(url, roots(IssuingCa.create("Somebody")), LOGIN).enroll(CSR)
        with pytest.raises(EstUnreachable):
            EstServer(url, login=LOGIN).enroll(CSR)
    assert not asked


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((401, {}, b""), EstRefused),
        ((302, {"Location": "https://127.0.0.1:1/"}, b""), EstRefused),
        ((400, {}, b"\x1b[31mno\x1b[0m" * 1000), EstRefused),
        ((202, {"Retry-After": "1800"}, b""), EstPending),
        ((202, {"Retry-After": "Tue, 01 Dec 2026 00:00:00 GMT"}, b""), EstPending),
        ((200, {}, b"<html>"), EstAnswerInvalid),
        ((200, {}, b""), EstAnswerInvalid),
        ((200, {}, b"A" * (MAX_BODY + 100)), EstAnswerInvalid),
        ((200, {}, encode_certificates(COMPANY.anchors)), EstAnswerInvalid),
    ],
)
def test_each_other_answer_is_an_error_of_its_own(reply: Reply, error: type[CompanionError]) -> None:
    with served(lambda path, headers, body: reply) as url, pytest.raises(error) as raised:
        EstServer(url, roots(), LOGIN).enroll(CSR)
    told = f"{raised.value.title_text} {raised.value.advice_with_facts} {raised.value.detail}"
    assert "127.0.0.1" in told and "\x1b" not in told and len(told) < 600
    assert "horse" not in told and base64.b64encode(b"companion:correct horse").decode() not in told


def test_an_approval_says_when_to_come_again() -> None:
    with (
        served(lambda path, headers, body: (202, {"Retry-After": "1800"}, b"")) as url,
        pytest.raises(EstPending) as raised,
    ):
        EstServer(url, roots(), LOGIN).enroll(CSR)
    assert "30 minutes" in str(raised.value.advice_with_facts)


def test_nobody_listens() -> None:
    with served(issue) as url:
        gone = url
    with pytest.raises(EstUnreachable):
        EstServer(gone, roots()).ca_certificates()


@pytest.mark.parametrize(
    "url",
    [
        "http://ca.example",
        "https://",
        "https://u:p@ca.example",
        "https://ca.example/a/b",
        "https://ca.example?x",
        "ca.example",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EST server"):
        EstServer(url)

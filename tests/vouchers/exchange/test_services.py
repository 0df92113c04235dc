"""Servers on this computer: good ones, and those that redirect, never end, or say something else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from companion.errors.voucher import (
    AnnouncementRejected,
    VoucherServerAnswerInvalid,
    VoucherServerRejected,
    VoucherServerUnreachable,
)
from companion.secret import Secret
from companion.vouchers.announcement import Accepted, Address, Announcement
from companion.vouchers.exchange import services
from companion.vouchers.exchange.client import Client
from companion.vouchers.keys import KeyKind
from companion.vouchers.upload import Login, ServerKind
from tests.vouchers.samples import Maker, Signing, private_key
from tests.vouchers.test_announcement import MADE, NONCE, VOUCHER

Reply = tuple[int, dict[str, str], bytes]
CBOR = {"Content-Type": "application/cbor"}


@dataclass
class Server:
    """Answers by a function of path and headers; remembers what it was asked."""

    reply: Callable[[str, dict[str, str], bytes], Reply]
    url: str = ""
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def serving(
    reply: Callable[[str, dict[str, str], bytes], Reply], context: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(reply)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append((self.path, headers, body))
            status, said, content = server.reply(self.path, headers, body)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **said}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        if context is not None:
            http.socket = context.wrap_socket(http.socket, server_side=True)
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        scheme = "http" if context is None else "https"
        server.url = f"{scheme}://127.0.0.1:{http.server_address[1]}"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def rendezvous(path: str, headers: dict[str, str], body: bytes) -> Reply:
    """A server that takes everything for an hour."""
    if path.endswith("/20"):
        return 200, {**CBOR, "Message-Type": "21", "Authorization": "Bearer t0"}, cbor2.dumps([NONCE])
    assert headers["authorization"] == "Bearer t0"
    return 200, {**CBOR, "Message-Type": "23"}, cbor2.dumps([3600])


def announcement() -> Announcement:
    address = Address.read("https://owner.example:8043")
    return Announcement(VOUCHER, Signing(MADE.owners[0]), [address], seconds=7200)


def announced(reply: Callable[[str, dict[str, str], bytes], Reply]) -> Accepted:
    with serving(reply) as server, Client(server.url) as client:
        return services.announce(client, announcement())


def test_an_announcement_goes_over_one_connection_with_its_token() -> None:
    with serving(rendezvous) as server, Client(server.url) as client:
        assert services.announce(client, announcement()) == Accepted(3600)
        assert services.announce(client, announcement()) == Accepted(3600)
    assert [path for path, _, _ in server.asked] == ["/fdo/101/msg/20", "/fdo/101/msg/22"] * 2
    assert server.asked[0][2] == b"\x80" and server.asked[0][1]["content-type"] == "application/cbor"


def test_a_rejection_is_told_in_the_servers_words() -> None:
    said = cbor2.dumps([101, 20, "unknown manufacturer", 1, None])
    with pytest.raises(AnnouncementRejected) as told:
        announced(lambda *_: (500, {**CBOR, "Message-Type": "255"}, said))
    assert "FDO error 101" in told.value.title_text and told.value.detail == "unknown manufacturer"


@pytest.mark.parametrize(
    ("reply", "error", "why"),
    [
        (
            (200, {"Content-Type": "text/html", "Message-Type": "21"}, b"<p>"),
            VoucherServerAnswerInvalid,
            "type",
        ),
        ((200, CBOR, cbor2.dumps([NONCE])), VoucherServerAnswerInvalid, "does not say which message"),
        ((200, {**CBOR, "Message-Type": "9" * 50}, b"\x80"), VoucherServerAnswerInvalid, "does not say"),
        ((200, {**CBOR, "Message-Type": "23"}, b"\x81\x01"), VoucherServerAnswerInvalid, "message 23"),
        (
            (200, {**CBOR, "Message-Type": "21", "Authorization": "Bearer \xe9"}, cbor2.dumps([NONCE])),
            VoucherServerAnswerInvalid,
            "token",
        ),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), VoucherServerAnswerInvalid, "another address"),
        ((200, {**CBOR, "Message-Type": "21"}, bytes(5000)), VoucherServerAnswerInvalid, "longer than 4096"),
        ((404, {"Content-Type": "text/plain"}, b"no\x1b[2J such page"), VoucherServerRejected, "such page"),
    ],
)
def test_an_answer_of_another_kind_ends_it(reply: Reply, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why) as told:
        announced(lambda *_: reply)
    assert "\x1b" not in str(told.value)


def raw(say: Callable[[socket.socket], None], seconds: float = 5.0) -> str:
    """What comes of a peer that says this to whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as peer:
                peer.recv(65_536)
                say(peer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with Client(f"http://127.0.0.1:{listener.getsockname()[1]}", seconds=seconds) as client:
                services.announce(client, announcement())
        except (VoucherServerAnswerInvalid, VoucherServerUnreachable) as problem:
            return str(problem)
        finally:
            thread.join()
    return "accepted"


def test_a_server_that_never_ends_its_answer_is_left() -> None:
    def drip(peer: socket.socket) -> None:
        try:
            peer.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                peer.sendall(b"X-More: x\r\n")
                if stop.wait(0.02):
                    return
        except OSError:
            return

    stop = threading.Event()
    assert "N-156" in raw(drip, seconds=0.15)


def test_what_is_no_http_has_a_sentence() -> None:
    assert "it is no HTTP" in raw(lambda peer: peer.sendall(b"SSH-2.0-x\r\n\r\n"))
    assert "N-15" in raw(lambda peer: None)


def test_an_endless_chunk_takes_no_memory() -> None:
    def endless(peer: socket.socket) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n")
        try:
            while True:
                peer.sendall(bytes(4096))
        except OSError:
            return

    assert "longer than 4096" in raw(endless)


def test_each_phase_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}") as client:
        with pytest.raises(VoucherServerUnreachable, match="no connection"):
            services.announce(client, announcement())

        def unknown(*_: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(VoucherServerUnreachable, match="its name was not found: Name or service"):
            services.announce(client, announcement())


def test_tls_is_required_and_verified(tmp_path: Path) -> None:
    context, pem = tls(tmp_path)
    made = Maker()
    with serving(lambda *_: (201, {}, b"[]"), context) as server:
        with Client(server.url, roots=pem) as client:
            services.send(client, ServerKind.RUST, made.made(), Login("", Secret("t0ken")))
            assert client.is_private
        with Client(server.url) as client, pytest.raises(VoucherServerUnreachable, match=r"TLS.*self-signed"):
            services.send(client, ServerKind.RUST, made.made())
        with serving(rendezvous) as plain_server:
            url = plain_server.url.replace("http://", "https://")
            with Client(url, roots=pem) as client, pytest.raises(VoucherServerUnreachable, match="TLS"):
                services.send(client, ServerKind.RUST, made.made())
    ((path, headers, body),) = server.asked
    assert path == "/management/v1/ownership_voucher" and headers["x-number-of-vouchers"] == "1"
    assert headers["authorization"] == "Bearer t0ken" and body.startswith(b"-----BEGIN OWNERSHIP")


@pytest.mark.parametrize(
    "url", ["http://example.com", "ftp://a", "https://", "https://me:secret@a", "https://a?b"]
)
def test_an_address_that_is_not_used(url: str) -> None:
    with pytest.raises(ValueError):
        Client(url)
    with pytest.raises(ValueError):
        Client("https://a", roots="rubbish")


def test_a_login_is_never_readable() -> None:
    client = Client("http://rv.example", may_be_plain=True)
    with pytest.raises(ValueError, match="https"):
        services.send(client, ServerKind.PRI, b"\x80", Login("me", Secret("secret")))


def test_a_server_that_asks_gets_a_digest_once() -> None:
    def asks(path: str, headers: dict[str, str], body: bytes) -> Reply:
        proof = headers.get("authorization", "")
        if 'username="me"' in proof and f'uri="{path}"' in proof and "secret" not in proof:
            return 200, {}, b""
        return 401, {"WWW-Authenticate": 'Digest realm="fdo", nonce="n", qop="auth"'}, b"log in"

    login = Login("me", Secret("secret"))
    with serving(asks) as server, Client(f"{server.url}/base") as client:
        services.send(client, ServerKind.PRI, Maker().made(), login)
        assert [path for path, _, _ in server.asked] == ["/base/api/v1/owner/vouchers"] * 2
        with pytest.raises(VoucherServerRejected, match="log in"):
            services.send(client, ServerKind.PRI, Maker().made())
        server.reply = lambda *_: (401, {}, b"never")
        with pytest.raises(VoucherServerRejected):
            services.send(client, ServerKind.PRI, Maker().made(), login)
    assert len(server.asked) == 4


def test_a_connection_that_the_server_ended_is_made_again() -> None:
    with serving(lambda *_: (200, {"Connection": "close"}, b"")) as server, Client(server.url) as client:
        for _ in range(2):
            services.send(client, ServerKind.GO_FDO, Maker().made())
    assert len(server.asked) == 2


def tls(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's, and its certificate for 127.0.0.1."""
    import ipaddress

    key = private_key(KeyKind.P256)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 7)
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    pem = built.add_extension(names, critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    file = folder / "server.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, pem.decode()

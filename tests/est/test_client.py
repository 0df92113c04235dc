"""A company's EST server issues for a device's request, or says why not; nobody else is believed."""

from __future__ import annotations

import base64

import pytest
from cryptography import x509

from companion.encoding import es256
from companion.errors import CompanionError, EstAnswerInvalid, EstPending, EstRefused, EstUnreachable
from companion.est.client import EstCertificate, EstServer
from companion.est.messages import MAX_BODY, encode_certificates
from companion.identity import IssuingCa
from tests.est.company_server import COMPANY, CSR, LOGIN, Reply, issue, roots, served
from tests.identity.requests import NAME, request


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


def test_a_client_certificate_opens_the_server_to_its_holder_alone() -> None:
    key, staff = es256.generate(), IssuingCa.create("Staff")
    # A certificate for clients, which that of a device is too.
    chain = staff.issue(request(key), serial="laptop-7", name=NAME).chain

    def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
        assert "Authorization" not in headers
        return issue(path, headers | {"Authorization": LOGIN.header()}, body)

    with served(answer, clients=staff) as url:
        assert EstServer(url, roots(), EstCertificate(key, chain)).enroll(CSR)
        with pytest.raises(EstUnreachable):
            EstServer(url, roots()).enroll(CSR)
    # Another server wants the password besides.
    with served(issue, clients=staff) as url:
        assert EstServer(url, roots(), EstCertificate(key, chain, LOGIN)).enroll(CSR)
        with pytest.raises(EstRefused):
            EstServer(url, roots(), EstCertificate(key, chain)).enroll(CSR)
        with pytest.raises(EstUnreachable):
            EstServer(url, roots(), LOGIN).enroll(CSR)


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

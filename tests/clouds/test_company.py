"""A company's CA certifies devices in their runs, by EST; the login for it is in the key store alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from companion.clouds.company import login
from companion.clouds.company.service import CompanyService
from companion.clouds.profile import CloudProfile
from companion.clouds.providers import open_service
from companion.encoding import es256
from companion.errors import CloudLoginInvalid, CloudLoginMissing, CloudProfileInvalid
from companion.est.client import EstCertificate, EstLogin, EstServer
from companion.est.messages import decode
from companion.identity import Identity, IssuingCa, open_identity
from companion.model import Verdict
from companion.outcome import Result
from companion.secret import Secret
from tests.clouds.support.cloud_broker import cloud_broker, needs_mosquitto
from tests.clouds.support.fake_aws import pem
from tests.clouds.support.handed_over import given_to, roots, said, stage_for
from tests.clouds.support.profiles import sample
from tests.est import company_server
from tests.est.company_server import COMPANY, LOGIN, Reply, served
from tests.identity.requests import NAME, request

pytestmark = needs_mosquitto
KEY = es256.generate()
CHAIN = COMPANY.issue(request(KEY), serial="laptop-7", name=NAME).chain
PASSPHRASE = Secret(b"seven gulls")


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    return open_identity(tmp_path / "data", throwaway=True)


def at(url: str, **changes: str) -> CloudProfile:
    """A profile of the company whose server is here."""
    return sample("est", **{"est": url, "est_roots": company_server.roots(), **changes})


def certificate_pem(passphrase: Secret | None = None) -> bytes:
    sealed = serialization.BestAvailableEncryption(passphrase.reveal()) if passphrase is not None else None
    form = Encoding.PEM, serialization.PrivateFormat.PKCS8
    key = KEY.private_bytes(*form, sealed or serialization.NoEncryption())
    return "".join(map(pem, [*COMPANY.anchors, *CHAIN])).encode() + key


def pkcs12_file(passphrase: Secret) -> bytes:
    leaf, *more = [x509.load_der_x509_certificate(der) for der in (*CHAIN, *COMPANY.anchors)]
    sealed = serialization.BestAvailableEncryption(passphrase.reveal())
    return pkcs12.serialize_key_and_certificates(b"laptop", KEY, leaf, more, sealed)


async def test_the_company_certifies_the_devices_own_key_in_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def answer(path: str, headers: dict[str, str], body: bytes) -> Reply:
        asked.append(body)
        return company_server.issue(path, headers, body)

    async with cloud_broker(tmp_path / "broker", COMPANY.anchors) as broker:
        with served(answer) as url:
            profile = at(url, endpoint=broker.address, roots=roots())
            service = CompanyService(EstServer(url, profile.est_roots, LOGIN))
            async with stage_for(profile, service, tmp_path / "data", monkeypatch) as (stage, device):
                outcome = await stage.commission("oob")
    assert outcome.result is Result.COMMISSIONED, outcome.error
    given, (forwarded,) = given_to(device), asked
    leaf = x509.load_der_x509_certificate(given.chain[0])
    leaf.verify_directly_issued_by(x509.load_der_x509_certificate(COMPANY.anchors[0]))
    assert leaf.public_key() == x509.load_der_x509_csr(decode(forwarded)).public_key()
    assert given.claim is None
    # Most such servers certify the subject of the request as it is: the name there is in it.
    subject = x509.load_der_x509_csr(decode(forwarded)).subject
    assert subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == given.name


async def test_a_refusal_ends_the_run_before_anything_is_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(lambda path, headers, body: (403, {}, b"not this model")) as url:
        service = CompanyService(EstServer(url, company_server.roots(), LOGIN))
        async with stage_for(at(url), service, tmp_path / "data", monkeypatch) as (stage, device):
            outcome = await stage.commission("oob")
    assert outcome.result is Result.FAILED and "N-151" in said(outcome)
    assert not device.settings.settings


@pytest.fixture
def served_by_company() -> Iterator[str]:
    with served(company_server.issue) as url:
        yield url


def test_a_login_is_for_one_server_as_one_profile_describes_it(identity: Identity) -> None:
    profile = at("https://ca.example/devices")
    with pytest.raises(CloudLoginMissing) as missing:
        open_service(profile, identity.vault)
    assert "companion cloud login plant" in missing.value.advice_text
    for made in (LOGIN, EstCertificate(KEY, CHAIN), EstCertificate(KEY, CHAIN, LOGIN)):
        login.keep(identity.vault, profile, made)
        known = login.find(identity.vault, profile)
        assert known is not None and type(known) is type(made)
        if isinstance(made, EstLogin):
            assert known == made
        elif isinstance(known, EstCertificate):
            assert (known.chain, known.login) == (CHAIN, made.login)
        assert open_service(profile, identity.vault)
    # The same name in somebody's file leads no password elsewhere.
    for other in (at("https://elsewhere.example"), sample("est", est=profile.est)):
        assert login.find(identity.vault, other) is None
    login.keep(identity.vault, profile, None)
    assert login.find(identity.vault, profile) is None
    identity.vault.put("cloud login/plant", Secret(b"\x00"))
    assert login.find(identity.vault, profile) is None


def test_what_is_missing_is_named(identity: Identity, served_by_company: str) -> None:
    profile = at(served_by_company)
    login.keep(identity.vault, profile, LOGIN)
    server, known = open_service(profile, identity.vault).check(())
    assert server.verdict is Verdict.PASSED and "certificates: 1" in str(server.reason)
    assert known.verdict is Verdict.NOT_KNOWN and "next device" in str(known.reason)
    gone = at("https://127.0.0.1:9")
    login.keep(identity.vault, gone, EstCertificate(KEY, CHAIN))
    server, known = open_service(gone, identity.vault).check(())
    assert server.verdict is Verdict.FAILED and "127.0.0.1:9" in str(server.reason)
    assert known.verdict is Verdict.NOT_KNOWN and "valid until" in str(known.reason)
    login.keep(identity.vault, gone, EstCertificate(KEY, CHAIN, LOGIN))
    _, known = open_service(gone, identity.vault).check(())
    assert str(known.reason).startswith("User name, password and a certificate")


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [
        (certificate_pem(), None),
        (certificate_pem(), PASSPHRASE),
        (certificate_pem(PASSPHRASE), PASSPHRASE),
        (pkcs12_file(PASSPHRASE), PASSPHRASE),
    ],
    ids=["PEM", "PEM with a passphrase too many", "encrypted PEM", "PKCS #12"],
)
def test_a_certificate_is_taken_from_either_form(content: bytes, passphrase: Secret | None) -> None:
    assert login.by_certificate(content, passphrase).chain == CHAIN


def other_key() -> bytes:
    form = Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return pem(CHAIN[0]).encode() + ed25519.Ed25519PrivateKey.generate().private_bytes(*form)


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [
        (b"", None),
        (b"-----BEGIN NOTHING-----", None),
        (certificate_pem(PASSPHRASE), None),
        (certificate_pem(PASSPHRASE), Secret(b"wrong")),
        (pkcs12_file(PASSPHRASE), Secret(b"wrong")),
        (other_key(), None),
        (certificate_pem().replace(pem(CHAIN[0]).encode(), b""), None),
        (
            "".join(
                pem(COMPANY.issue(request(KEY), serial=f"n{n}", name=NAME).chain[0]) for n in range(9)
            ).encode()
            + certificate_pem(),
            None,
        ),
    ],
    ids=[
        "empty",
        "another PEM",
        "no passphrase",
        "wrong passphrase",
        "wrong passphrase of PKCS #12",
        "another key",
        "no certificate",
        "too many certificates",
    ],
)
def test_any_other_file_is_refused(content: bytes, passphrase: Secret | None) -> None:
    with pytest.raises(CloudLoginInvalid) as refused:
        login.by_certificate(content, passphrase)
    assert "gulls" not in str(refused.value) and "wrong" not in str(refused.value)


@pytest.mark.parametrize(("user", "password"), [("a:b", b"x"), ("", b"x"), ("a", b""), ("a\n", b"x")])
def test_a_password_login_has_a_name_and_a_password(user: str, password: bytes) -> None:
    with pytest.raises(CloudLoginInvalid):
        login.by_password(user, Secret(password))


@pytest.mark.parametrize(
    "change",
    [
        {"est": ""},
        {"est": "http://ca.example"},
        {"est": "https://u:p@ca.example"},
        {"roots": ""},
        {"est_roots": "none"},
    ],
)
def test_a_profile_of_a_company_names_server_and_roots(change: dict[str, str]) -> None:
    with pytest.raises(CloudProfileInvalid):
        at("https://ca.example/devices", **change)
    for field in ("est", "est_roots"):
        with pytest.raises(CloudProfileInvalid):
            sample("mqtt", **{field: getattr(at("https://ca.example"), field)})


def test_another_ca_of_the_same_name_is_not_believed() -> None:
    with served(company_server.issue) as url:
        profile = sample("est", est=url, roots=pem(IssuingCa.create("Company").anchors[0]))
        (server, _) = CompanyService(EstServer(url, profile.roots, LOGIN)).check(())
    assert server.verdict is Verdict.FAILED

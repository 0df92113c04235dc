"""TLS by OpenSSL with a key in a TPM, 1.3 as at an endpoint and 1.2 as in a company's Wi-Fi."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest

from companion.encoding import es256
from companion.endpoint.tls import load_chain, server_context
from companion.identity import IssuingCa
from companion.tpm import keys
from companion.virtual.radius import Login, StationLogin
from tests.networks.company.werk import SERVER, access_point, network
from tests.tpm.soft_tpm import SoftTpm, switched_on

CA = IssuingCa.create("Ours")


def handshake(client: ssl.SSLContext) -> bytes | None:
    """Whose certificate the server saw. Raises what the client's end raises."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname="localhost")
    theirs = server_context(CA, ("localhost",)).wrap_bio(to_server, to_client, server_side=True)
    done: set[ssl.SSLObject] = set()
    while len(done) < 2:
        for end in (ours, theirs):
            try:
                end.do_handshake()
                done.add(end)
            except ssl.SSLWantReadError:
                continue
    return theirs.getpeercert(binary_form=True)


def context_with(key: keys.TpmKey, chain: tuple[bytes, ...]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=CA.anchors[0])
    load_chain(context, key, chain)
    return context


def test_the_server_sees_its_certificate(soft_tpm: SoftTpm) -> None:
    key = keys.make(soft_tpm.tcti)
    issued = CA.issue_probe(key.public_key())
    for _ in range(2):
        assert handshake(context_with(key, (*issued.chain, *CA.anchors))) == issued.chain[0]


def test_company_networks_admit_it(soft_tpm: SoftTpm) -> None:
    key = keys.make(soft_tpm.tcti)
    radius, login = access_point(CA).radius, network().login
    assert radius is not None and login is not None
    now = int(datetime.now(UTC).timestamp())
    chain = CA.issue_probe(key.public_key()).chain
    assert radius.admit(StationLogin("SN-1", SERVER, login.anchors, chain, key, now)) is Login.ADMITTED


def test_a_certificate_of_another_key_is_refused(soft_tpm: SoftTpm) -> None:
    chain = CA.issue_probe(es256.generate().public_key()).chain
    for wrong in (chain, (b"none",)):
        with pytest.raises(ssl.SSLError):
            context_with(keys.make(soft_tpm.tcti), wrong)


def test_a_tpm_that_is_gone_signs_nothing(soft_tpm: SoftTpm) -> None:
    with switched_on() as other:
        key = keys.make(other.tcti)
        context = context_with(key, CA.issue_probe(key.public_key()).chain)
    with pytest.raises(ssl.SSLError):
        handshake(context)

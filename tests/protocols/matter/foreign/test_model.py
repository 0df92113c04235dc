"""CircuitMatter through our interaction model and clusters: read whole, armed, its attestation examined."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from companion.protocols.matter.attestation.examination import Evidence, Trust, examine
from companion.protocols.matter.attestation.report import Check, Outcome, Reason
from companion.protocols.matter.attestation.trust.roots import published_test_roots
from companion.protocols.matter.attestation.trust.signers import known_signers
from companion.protocols.matter.clusters import basic_information, descriptor
from companion.protocols.matter.clusters.general_commissioning import (
    ARM_FAIL_SAFE,
    ArmFailSafe,
    CommissioningError,
)
from companion.protocols.matter.clusters.operational_credentials import (
    ATTESTATION_REQUEST,
    CERTIFICATE_CHAIN_REQUEST,
    ByNonce,
    CertificateKind,
    CertificateRequest,
)
from companion.protocols.matter.interaction.client import Read, Transaction
from companion.protocols.matter.interaction.paths import AttributePath
from companion.protocols.matter.messages.message import INTERACTION
from companion.protocols.matter.messages.session import SecureSession
from tests.protocols.matter.foreign.circuitmatter_device import factory_new
from tests.protocols.matter.foreign.commissioning import Conversation, by_passcode

pytest.importorskip("circuitmatter", reason="circuitmatter is not installed")

R = TypeVar("R")


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Conversation]:
    """A session with a device that waits to be commissioned."""
    with factory_new(tmp_path) as made:
        yield by_passcode(made.link, made.passcode)


def run(device: Conversation, transaction: Transaction[R]) -> R:
    exchange = device.exchanges.begin()
    message: tuple[int, bytes] | None = transaction.start()
    while message is not None:
        device.exchanges.send(exchange, INTERACTION, *message, time.monotonic())
        if transaction.done:
            break
        answer = device._next()
        message = transaction.receive(answer.opcode, answer.payload)
    device.exchanges.finish(exchange)
    device._flush()
    return transaction.result


def test_a_whole_node_is_read_in_chunks(device: Conversation) -> None:
    reading = run(device, Read.of(AttributePath()))
    assert len(reading.values) > 100
    assert basic_information.VENDOR_ID.of(reading) == 0xFFF4
    assert basic_information.PRODUCT_NAME.of(reading) == "CircuitMatter"
    assert basic_information.CLUSTER in descriptor.SERVERS.of(reading)


def certificate(device: Conversation, kind: CertificateKind) -> bytes:
    reply = run(device, CERTIFICATE_CHAIN_REQUEST.begin(CertificateRequest(kind)))
    return CERTIFICATE_CHAIN_REQUEST.read(reply).der


def test_its_attestation_is_found_to_be_one_for_tests(device: Conversation) -> None:
    armed = ARM_FAIL_SAFE.read(run(device, ARM_FAIL_SAFE.begin(ArmFailSafe(60, 1))))
    assert armed.error is CommissioningError.OK
    paths = (basic_information.VENDOR_ID.path(), basic_information.PRODUCT_ID.path())
    reading = run(device, Read.of(*paths))
    nonce = secrets.token_bytes(32)
    answer = ATTESTATION_REQUEST.read(run(device, ATTESTATION_REQUEST.begin(ByNonce(nonce))))
    session = device.exchanges.session
    assert isinstance(session, SecureSession)
    shown = Evidence(
        dac=certificate(device, CertificateKind.DAC),
        pai=certificate(device, CertificateKind.PAI),
        elements=answer.elements,
        signature=answer.signature,
        nonce=nonce,
        challenge=session.attestation_challenge.reveal(),
        vendor=basic_information.VENDOR_ID.of(reading),
        product=basic_information.PRODUCT_ID.of(reading),
    )
    trust = Trust(published_test_roots(), known_signers())
    report = examine(shown, trust, datetime.now(UTC))
    assert report.outcome is Outcome.TEST and not report.failed
    assert report.line(Check.ROOT).reason is Reason.TEST_ROOT
    assert report.facts["vendor"] == 0xFFF4
    elsewhere = examine(replace(shown, challenge=bytes(16)), trust, datetime.now(UTC))
    assert [line.check for line in elsewhere.failed] == [Check.SIGNATURE]

"""Devices that lie in a run: a code and a sentence for each, and nothing of them is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from companion.errors import (
    CompanionError,
    CredentialsRejected,
    CsrRefused,
    NotGenuine,
    ProtocolViolation,
)
from companion.events import Connected, CredentialDelivered
from companion.networks.prompt import NetworkKind
from companion.outcome import Result
from companion.protocols.matter.attestation.elements import CSR_ELEMENTS, CsrElements
from companion.protocols.matter.certificates.requests import make_request
from companion.protocols.matter.clusters import basic_information as basic
from companion.protocols.matter.clusters import general_commissioning as general
from companion.protocols.matter.clusters import network_commissioning as networks
from companion.protocols.matter.clusters import operational_credentials as credentials
from companion.protocols.matter.clusters.table import _Request
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.commissioning.network import interface
from companion.protocols.matter.interaction.assembly import Reading
from companion.protocols.matter.interaction.node import Access, Answer, Response
from companion.protocols.matter.interaction.status import DONE, Status, StatusBlock
from companion.protocols.matter.tlv import Element, array, octets, structure, text, unsigned
from companion.protocols.matter.virtual.clusters.model import ROOT
from companion.protocols.matter.virtual.factory.options import Fault
from companion.questions import ReviewAttestation
from tests.protocols.matter.driver.bench import bench
from tests.protocols.matter.hostile.liar import Liar

BOMB = octets(0, bytes(601))
OTHER = KeyPair.generate()


def asks(csr: bytes) -> Response:
    """A CSRResponse with another nonce and no signature of the device."""
    elements = CSR_ELEMENTS.encode(CsrElements(csr, bytes(32)))
    return Response(5, structure(1, octets(0, elements), octets(1, bytes(64))))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.session_setup.SILENT_SECONDS", 0.5)
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.commissioning.CALL_SECONDS", 2.0)


EMPTY: dict[str, tuple[_Request[Any], int]] = {
    "the fail-safe": (general.ARM_FAIL_SAFE, 1),
    "its certificate": (credentials.CERTIFICATE_CHAIN_REQUEST, 3),
    "its attestation": (credentials.ATTESTATION_REQUEST, 1),
    "its request": (credentials.CSR_REQUEST, 5),
    "our certificate": (credentials.ADD_NOC, 8),
    "the network": (networks.ADD_WIFI, 5),
    "joining": (networks.CONNECT_NETWORK, 7),
}


@pytest.mark.beside_the_gate
@pytest.mark.parametrize("what", EMPTY)
@pytest.mark.parametrize("kind", ["success", "empty", "another's"])
async def test_success_without_an_answer_is_no_success(tmp_path: Path, what: str, kind: str) -> None:
    command, response = EMPTY[what]
    said: dict[str, Answer] = {
        "success": DONE,
        "empty": Response(response, structure(1)),
        "another's": Response(200, structure(1, unsigned(0, 0))),
    }
    async with bench(tmp_path, Liar(answers={command: said[kind]})) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, ProtocolViolation), outcome.error
        assert not table.services.registry.devices()
        if what != "the fail-safe":
            assert table.is_clean


LIES: dict[str, tuple[Mapping[_Request[Any], Any], type[CompanionError]]] = {
    "certificate too long": (
        {credentials.CERTIFICATE_CHAIN_REQUEST: Response(3, structure(1, BOMB))},
        ProtocolViolation,
    ),
    "certificate of zeros": (
        {credentials.CERTIFICATE_CHAIN_REQUEST: Response(3, structure(1, octets(0, bytes(500))))},
        NotGenuine,
    ),
    "request that is none": (
        {credentials.CSR_REQUEST: Response(5, structure(1, octets(0, b"\x15\x18"), octets(1, bytes(64))))},
        CsrRefused,
    ),
    "request that its key did not sign": (
        {credentials.CSR_REQUEST: asks(make_request(OTHER)[:-1] + b"\0")},
        CsrRefused,
    ),
    "request of another key": ({credentials.CSR_REQUEST: asks(make_request(OTHER))}, NotGenuine),
    "certificate taken and thrown away": (
        {
            credentials.ADD_NOC: Response(8, structure(1, unsigned(0, 0), unsigned(1, 200))),
            networks.CONNECT_NETWORK: Response(7, structure(1, unsigned(0, 99), unsigned(2, 0))),
        },
        CompanionError,
    ),
    "status that nobody knows": (
        {credentials.ADD_NOC: Response(8, structure(1, unsigned(0, 250)))},
        CompanionError,
    ),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_has_a_code_and_leaves_nothing(tmp_path: Path, lie: str) -> None:
    answers, error = LIES[lie]
    async with bench(tmp_path, Liar(answers=answers)) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, error), outcome.error
        assert outcome.error.code and outcome.error.title and outcome.error.advice_text
        assert table.is_clean


async def test_completing_is_not_believed_of_a_device_that_does_not_list_the_fabric(tmp_path: Path) -> None:
    async with bench(tmp_path, Liar(reads={credentials.FABRICS: array(None)})) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, CredentialsRejected), outcome.error
        assert not table.services.registry.devices()


async def test_what_was_accepted_of_one_device_is_asked_again_of_another(tmp_path: Path) -> None:
    """The link goes after its user took the risk, and what comes back has another certificate."""
    device = Liar(faults={Fault.FOREIGN_DAC: 0.0, Fault.DROP_AT_MESSAGE: 24.0})
    shown = []

    def accept(question: ReviewAttestation) -> bool:
        shown.append([(each.name, each.verdict) for each in question.checks])
        assert device.state.fail_safe is not None
        device.change_certificate()
        return True

    async with bench(tmp_path, device) as table:
        outcome = await table.commission(answers={ReviewAttestation: accept}, timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        first, second = shown
        assert first == second


async def test_what_was_accepted_is_asked_once_of_one_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.FAIL_SAFE_SECONDS", 4)
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.LEAST_LEFT", 1.0)
    device = Liar(faults={Fault.FOREIGN_DAC: 0.0, Fault.DROP_AT_MESSAGE: 24.0})
    shown = []

    def accept(question: ReviewAttestation) -> bool:
        shown.append(question)
        return True

    async with bench(tmp_path, device) as table:
        outcome = await table.commission(answers={ReviewAttestation: accept}, timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert len(table.heard(Connected)) > 1
        assert len(shown) == 1


async def test_what_is_only_shown_may_be_anything(tmp_path: Path) -> None:
    """Attributes of other types, and none at all, stop nobody."""
    wrong = {
        basic.VENDOR_NAME: unsigned(None, 7),
        basic.PRODUCT_NAME: array(None, text(None, "x")),
        basic.SERIAL_NUMBER: text(None, "x" * 900),
        basic.SOFTWARE_VERSION_STRING: octets(None, bytes(900)),
    }
    async with bench(tmp_path, Liar(reads=wrong)) as table:
        outcome = await table.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error


def test_a_device_is_given_no_more_than_a_minute_for_a_list_of_networks() -> None:
    said = {
        networks.FEATURES.place(): unsigned(None, networks.Feature.WIFI),
        networks.SCAN_MAX_SECONDS.place(): unsigned(None, 255),
        networks.CONNECT_MAX_SECONDS.place(): unsigned(None, 255),
    }
    via = interface(Reading(said), prefers_thread=False)
    assert (via.kind, via.scan_seconds, via.connect_seconds) == (NetworkKind.WIFI, 60, 255)


class LeftArmed(Liar):
    """A device that a killed run gave a certificate: it makes no request until it took that back."""

    def __init__(self) -> None:
        self.has_certificate = True
        super().__init__()

    def _boot(self) -> None:
        super()._boot()
        clusters = [
            self._model.cluster(ROOT, command.cluster)
            for command in (general.ARM_FAIL_SAFE, credentials.CSR_REQUEST)
        ]
        arm = clusters[0].commands[general.ARM_FAIL_SAFE.id]
        make_csr = clusters[1].commands[credentials.CSR_REQUEST.id]

        def armed(fields: Element | None, access: Access) -> Answer:
            assert fields is not None
            self.has_certificate &= general.ARM_FAIL_SAFE.request.read(fields).expiry > 0
            return arm(fields, access)

        def requested(fields: Element | None, access: Access) -> Answer:
            return StatusBlock(Status.CONSTRAINT_ERROR) if self.has_certificate else make_csr(fields, access)

        for cluster, command, handler in zip(
            clusters, (general.ARM_FAIL_SAFE, credentials.CSR_REQUEST), (armed, requested), strict=True
        ):
            cluster.commands = {**cluster.commands, command.id: handler}


async def test_a_certificate_of_a_killed_run_is_taken_back_first(tmp_path: Path) -> None:
    device = LeftArmed()
    async with bench(tmp_path, device) as table:
        outcome = await table.commission(timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert not device.has_certificate


async def test_a_link_lost_after_the_certificate_leaves_one_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device takes the first certificate back, and nothing of it is gone on with by a later run."""
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.FAIL_SAFE_SECONDS", 8)
    monkeypatch.setattr("companion.protocols.matter.driver.session.commissionee.LEAST_LEFT", 2.0)
    device = Liar(faults={Fault.DROP_AT_MESSAGE: 26.0})
    async with bench(tmp_path, device) as table:
        outcome = await table.commission(timeout=60)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        delivered = [each for each in table.heard(CredentialDelivered) if each.credential.kind == "fabric"]
        assert len(delivered) == 2, "the link went after the certificate"
        assert table.services.identity.vault.get("memory/matter/pending") is None
        (record,) = table.services.registry.devices()
        assert record.credentials[0].details["node"] == delivered[1].credential.details["node"]

"""A device becomes a node by every way that there is, and by none without its proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.encoding import es256
from companion.errors import (
    DeviceFull,
    MethodUnavailable,
    ProtocolViolation,
    VersionUnsupported,
)
from companion.errors.mesh import (
    MeshProtectionMissing,
    MeshProvisioningRefused,
    MeshReflected,
    MeshSecretWrong,
)
from companion.protocols.mesh.provisioning import auth_value, pdus
from companion.protocols.mesh.provisioning.capabilities import (
    Algorithm,
    Capabilities,
    Choice,
    InputAction,
    Method,
    OobType,
    OutputAction,
)
from companion.protocols.mesh.provisioning.choices import Wanted, choose, is_guessable
from companion.protocols.mesh.provisioning.exchange import public_octets
from companion.protocols.mesh.provisioning.provisioner import KeyKnown, Provisioner, State
from companion.protocols.mesh.virtual.options import (
    BOTH,
    HAS_STATIC,
    PLAIN,
    SHOWS_NUMBER,
    TAKES_NUMBER,
    MeshFault,
    MeshOptions,
)
from companion.protocols.mesh.virtual.provisionee import Provisionee
from companion.secret import Secret
from tests.protocols.mesh.ends import DATA, provision

ALL = Capabilities(3, BOTH, True, OobType.STATIC, 8, 0x1F, 8, 0x0F)
WAYS = [
    (HAS_STATIC, Wanted(has_secret=True), Method.STATIC),
    (SHOWS_NUMBER, Wanted(), Method.OUTPUT),
    (replace(SHOWS_NUMBER, outputs=1 << OutputAction.TEXT), Wanted(), Method.OUTPUT),
    (replace(SHOWS_NUMBER, outputs=1 << OutputAction.BLINK), Wanted(Method.OUTPUT), Method.OUTPUT),
    (TAKES_NUMBER, Wanted(), Method.INPUT),
    (replace(TAKES_NUMBER, inputs=1 << InputAction.TEXT), Wanted(), Method.INPUT),
    (replace(TAKES_NUMBER, inputs=1 << InputAction.PUSH), Wanted(Method.INPUT), Method.INPUT),
    (PLAIN, Wanted(), Method.NO_OOB),
    (ALL, Wanted(has_key=True), Method.OUTPUT),
]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize(("offered", "wanted", "method"), WAYS)
def test_by_every_way(offered: Capabilities, wanted: Wanted, method: Method, algorithm: Algorithm) -> None:
    options = MeshOptions(capabilities=replace(offered, algorithms=1 << algorithm))
    device, proved, choice = provision(options, wanted)
    assert (choice.method, choice.algorithm) == (method, algorithm)
    assert device.data == DATA and device.device_key == proved.device_key


class TestChoice:
    """What is taken of what a device offers."""

    def test_the_best_algorithm(self) -> None:
        assert choose(PLAIN, Wanted()).algorithm is Algorithm.HMAC
        old = replace(PLAIN, algorithms=1 << Algorithm.CMAC)
        assert choose(old, Wanted()).algorithm is Algorithm.CMAC
        with pytest.raises(MeshProtectionMissing):
            choose(old, Wanted(requires_enhanced=True))
        with pytest.raises(VersionUnsupported):
            choose(replace(PLAIN, algorithms=0x8000), Wanted())

    def test_the_best_secret(self) -> None:
        assert choose(ALL, Wanted(has_secret=True)).method is Method.STATIC
        assert choose(ALL, Wanted()) == Choice(Algorithm.HMAC, Method.OUTPUT, OutputAction.TEXT, 8)
        assert choose(HAS_STATIC, Wanted()).method is Method.STATIC
        short = Wanted(has_secret=True, short_secret=True)
        assert choose(ALL, short).method is Method.OUTPUT
        assert choose(HAS_STATIC, short).method is Method.STATIC
        blinks = replace(SHOWS_NUMBER, outputs=1 << OutputAction.BLINK, oob=OobType.STATIC)
        assert choose(blinks, Wanted()).method is Method.STATIC
        counted = choose(replace(blinks, oob=0), Wanted())
        assert counted.size == 1 and is_guessable(counted)

    @pytest.mark.parametrize(
        ("offered", "wanted"),
        [(SHOWS_NUMBER, Wanted(has_secret=True)), (SHOWS_NUMBER, Wanted(has_key=True))],
    )
    def test_a_device_that_offers_less_than_we_could_prove_is_refused(
        self, offered: Capabilities, wanted: Wanted
    ) -> None:
        with pytest.raises(MeshProtectionMissing):
            choose(offered, wanted)

    @pytest.mark.parametrize(
        ("offered", "method"),
        [
            (PLAIN, Method.STATIC),
            (SHOWS_NUMBER, Method.INPUT),
            (replace(SHOWS_NUMBER, output_size=0), Method.OUTPUT),
            (replace(PLAIN, oob=OobType.ONLY_OOB), Method.NO_OOB),
            (replace(PLAIN, oob=OobType.ONLY_OOB), None),
        ],
    )
    def test_what_is_not_offered_is_not_replaced_by_something_weaker(
        self, offered: Capabilities, method: Method | None
    ) -> None:
        with pytest.raises(MethodUnavailable):
            choose(offered, Wanted(method))


class TestSecrets:
    """AuthValues."""

    def test_alignment(self) -> None:
        number = Choice(Algorithm.CMAC, Method.OUTPUT, OutputAction.NUMBER, 6)
        assert auth_value.of_typed(Secret(" 019655 "), number).reveal().hex() == "0" * 28 + "4cc7"
        text = replace(number, action=OutputAction.TEXT, algorithm=Algorithm.HMAC)
        assert auth_value.of_typed(Secret("ab12"), text).reveal() == b"AB12" + bytes(28)
        assert auth_value.of_static(Secret(b"\x01\x02"), Algorithm.CMAC).reveal() == b"\x01\x02" + bytes(14)

    @pytest.mark.parametrize("typed", ["", "1234567", "12a", "１２", "-1"])
    def test_what_no_device_shows_is_refused(self, typed: str) -> None:
        with pytest.raises(ValueError, match="digits"):
            auth_value.of_typed(Secret(typed), Choice(Algorithm.HMAC, Method.OUTPUT, OutputAction.NUMBER, 6))

    def test_letters_alone_are_letters(self) -> None:
        with pytest.raises(ValueError, match="letters"):
            auth_value.of_typed(Secret("A-1"), Choice(Algorithm.HMAC, Method.OUTPUT, OutputAction.TEXT, 6))

    @pytest.mark.parametrize("size", [0, 17])
    def test_static_secrets_have_a_length(self, size: int) -> None:
        with pytest.raises(ValueError, match="1 to 16"):
            auth_value.of_static(Secret(bytes(size)), Algorithm.CMAC)


class TestRefusal:
    """Whatever goes wrong ends the exchange before anything was handed over."""

    def test_a_device_with_another_secret(self) -> None:
        with pytest.raises(MeshSecretWrong):
            provision(MeshOptions(faults=frozenset({MeshFault.WRONG_SECRET})))

    def test_a_device_without_room(self) -> None:
        with pytest.raises(DeviceFull):
            provision(MeshOptions(faults=frozenset({MeshFault.BUSY})))

    def test_noise(self) -> None:
        with pytest.raises(ProtocolViolation):
            provision(MeshOptions(faults=frozenset({MeshFault.GARBAGE})))

    def test_a_device_that_reflects(self) -> None:
        with pytest.raises(MeshReflected):
            provision(MeshOptions(faults=frozenset({MeshFault.REFLECTS})))

    def test_a_proof_that_is_none_is_not_followed_by_data(self) -> None:
        provisioner = committed()
        provisioner.reveal()
        with pytest.raises(MeshSecretWrong):
            provisioner.receive(pdus.encode(pdus.Random(bytes(32))))
        with pytest.raises(AssertionError):
            provisioner.hand_over(DATA)

    @pytest.mark.parametrize(
        ("reason", "error"),
        [
            (pdus.Reason.CONFIRMATION_FAILED, MeshSecretWrong),
            (pdus.Reason.OUT_OF_RESOURCES, DeviceFull),
            (pdus.Reason.DECRYPTION_FAILED, MeshProvisioningRefused),
            (77, MeshProvisioningRefused),
        ],
    )
    def test_a_reason(self, reason: int, error: type[Exception]) -> None:
        provisioner = Provisioner()
        provisioner.invite()
        with pytest.raises(error):
            provisioner.receive(pdus.encode(pdus.Failed(reason)))

    @pytest.mark.parametrize(
        "pdu",
        [
            pdus.Complete(),
            pdus.PublicKey(public_octets(es256.generate())),
            pdus.Invite(),
            pdus.Confirmation(bytes(32)),
        ],
    )
    def test_what_is_not_its_turn_ends_it(self, pdu: pdus.Pdu) -> None:
        provisioner = Provisioner()
        provisioner.invite()
        with pytest.raises(ProtocolViolation):
            provisioner.receive(pdus.encode(pdu))
        with pytest.raises(ProtocolViolation):
            provisioner.receive(pdus.encode(pdus.CapabilitiesPdu(PLAIN)))

    def test_a_public_key_off_the_curve(self) -> None:
        provisioner = started(Choice(Algorithm.HMAC))
        with pytest.raises(ProtocolViolation):
            provisioner.receive(pdus.encode(pdus.PublicKey(bytes(64))))

    def test_a_public_key_that_was_known_is_not_sent_again(self) -> None:
        key = public_octets(es256.generate())
        provisioner = started(Choice(Algorithm.HMAC, public_key=True), key)
        assert provisioner.state is State.KEYED
        with pytest.raises(ProtocolViolation):
            provisioner.receive(pdus.encode(pdus.PublicKey(key)))

    def test_randoms_of_another_algorithm(self) -> None:
        provisioner = started(Choice(Algorithm.HMAC))
        provisioner.receive(pdus.encode(pdus.PublicKey(public_octets(es256.generate()))))
        provisioner.confirm(Secret(bytes(32)))
        with pytest.raises(ProtocolViolation):
            provisioner.receive(pdus.encode(pdus.Confirmation(bytes(16))))

    def test_what_the_device_does_not_offer_is_not_started(self) -> None:
        provisioner = Provisioner()
        provisioner.invite()
        provisioner.receive(pdus.encode(pdus.CapabilitiesPdu(PLAIN)))
        with pytest.raises(MethodUnavailable):
            provisioner.start(Choice(Algorithm.CMAC))
        with pytest.raises(MethodUnavailable):
            provisioner.start(Choice(Algorithm.HMAC, public_key=True), public_octets(es256.generate()))


def started(choice: Choice, key: bytes | None = None) -> Provisioner:
    """A provisioner that waits for the device's key, or has it."""
    provisioner = Provisioner()
    provisioner.invite()
    provisioner.receive(pdus.encode(pdus.CapabilitiesPdu(replace(PLAIN, public_key=True))))
    provisioner.start(choice, key)
    return provisioner


def committed() -> Provisioner:
    """A provisioner to which a device with no secret committed itself to anything."""
    provisioner = started(Choice(Algorithm.HMAC))
    assert provisioner.receive(pdus.encode(pdus.PublicKey(public_octets(es256.generate())))) == KeyKnown()
    provisioner.confirm(Secret(bytes(32)))
    provisioner.receive(pdus.encode(pdus.Confirmation(bytes(32))))
    return provisioner


def test_bits_that_are_not_defined_are_part_of_what_is_confirmed() -> None:
    """A device of a later version may set more bits; both ends confirm the octets, not their meaning."""
    provisioner = Provisioner()
    provisioner.invite()
    told = bytes.fromhex("01 0003 03 00 00 0000 00 0000")
    provisioner.receive(b"\x01" + told)
    provisioner.start(Choice(Algorithm.HMAC))
    provisioner.receive(pdus.encode(pdus.PublicKey(public_octets(es256.generate()))))
    assert provisioner._agreed.inputs[1:12] == told


class TestDevice:
    """The virtual device holds to the protocol, too."""

    def test_it_names_what_it_does_not_take(self) -> None:
        device = Provisionee(MeshOptions())
        assert device.hear(b"\x08") == [pdus.encode(pdus.Failed(pdus.Reason.UNEXPECTED_PDU))]
        assert Provisionee(MeshOptions()).hear(b"\x00") == [
            pdus.encode(pdus.Failed(pdus.Reason.INVALID_FORMAT))
        ]

    def test_it_starts_nothing_that_it_did_not_offer(self) -> None:
        device = Provisionee(MeshOptions(capabilities=PLAIN))
        device.hear(pdus.encode(pdus.Invite()))
        start = pdus.Start(Choice(Algorithm.HMAC, Method.STATIC))
        assert device.hear(pdus.encode(start)) == [pdus.encode(pdus.Failed(pdus.Reason.INVALID_FORMAT))]

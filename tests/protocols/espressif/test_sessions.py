"""Sessions of all schemes against a virtual device core: secrets, nonces, impostors, noise."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import CompanionError, ProtocolViolation, WrongIdentity
from companion.protocols.espressif.dialogues.config import wifi_status
from companion.protocols.espressif.dialogues.exchange import Request
from companion.protocols.espressif.security.security0 import Security0
from companion.protocols.espressif.security.security1 import Security1
from companion.protocols.espressif.security.security2 import CountedNonce, Security2, nonce_of
from companion.protocols.espressif.security.session import Phase, SecuritySession
from companion.protocols.espressif.virtual.options import FIRMWARE, IDF_5_1, IDF_5_5, EspressifFault, Verifier
from companion.protocols.espressif.virtual.security import Refused
from companion.secret import Secret
from tests.protocols.espressif.device_session import DeviceSession, run

POP = Secret("abcd1234")


@pytest.mark.parametrize("security", [0, 1, 2])
def test_a_session_carries_requests_both_ways(security: int) -> None:
    device_session = DeviceSession.with_device(security=security)
    session = device_session.secure()
    assert session.phase is Phase.SECURE
    for _ in range(3):
        device_session.run(wifi_status())
    assert session.messages == (2 if security == 0 else 4) and session.octets > 0


@pytest.mark.parametrize("firmware", FIRMWARE.values(), ids=FIRMWARE.keys())
def test_both_nonce_generations_are_told_apart_by_their_length(firmware: object) -> None:
    device_session = DeviceSession.with_device(firmware=replace(firmware, says_security=True, bare=False))
    session = device_session.secure()
    assert isinstance(session, Security2)
    assert session.reuses_nonce == (firmware.nonce == 16)


@pytest.mark.parametrize("length", [0, 8, 11, 13, 15, 17, 32])
def test_a_nonce_of_another_length_is_not_guessed_at(length: int) -> None:
    with pytest.raises(ProtocolViolation):
        nonce_of(bytes(length))


def test_the_counter_is_shared_by_both_directions_and_ends() -> None:
    nonce = CountedNonce(b"prefix..\xff\xff\xff\xff")
    assert nonce.current() == b"prefix..\xff\xff\xff\xff"
    nonce.advance()
    with pytest.raises(ProtocolViolation):
        nonce.current()


@pytest.mark.parametrize(
    ("security", "session"),
    [(1, Security1(Secret("wrong"))), (2, Security2("wifiprov", Secret("wrong"))), (2, Security2("no", POP))],
    ids=["pop", "password", "user name"],
)
def test_a_wrong_secret_fails_at_the_proof_and_the_right_one_then_works(
    security: int, session: SecuritySession
) -> None:
    device_session = DeviceSession.with_device(security=security)
    with pytest.raises(Refused):
        device_session.secure(session)
    assert session.phase is Phase.AWAITING_PROOF
    assert device_session.secure().phase is Phase.SECURE


def test_security_1_without_pop() -> None:
    device_session = DeviceSession.with_device(security=1, pop=Secret(b""))
    assert device_session.secure(Security1(Secret(b""))).phase is Phase.SECURE


@pytest.mark.parametrize("security", [1, 2])
def test_who_only_claims_to_know_the_secret_is_found_out(security: int) -> None:
    device_session = DeviceSession.with_device(
        security=security, faults=frozenset({EspressifFault.FORGED_PROOF})
    )
    with pytest.raises(WrongIdentity):
        device_session.secure()


@pytest.mark.parametrize("verifier", Verifier)
@pytest.mark.parametrize(
    ("password", "salt"),
    [(Secret("pw69"), b"\x01" * 16), (POP, b"\0" + b"\x01" * 15), (Secret("pw69"), b"\0" + b"\x01" * 15)],
    ids=["inner hash", "salt", "both"],
)
def test_every_verifier_is_met_where_there_are_leading_zeros(
    verifier: Verifier, password: Secret, salt: bytes
) -> None:
    """Who made it is not said. One as specified is met at once."""
    device_session = DeviceSession.with_device(pop=password, salt=salt, verifier=verifier)
    refused = 0
    while True:
        session = Security2("wifiprov", password, variant=refused)
        try:
            device_session.secure(session)
        except Refused:
            refused += 1
            assert refused < session.variants
            continue
        break
    assert session.phase is Phase.SECURE
    at_once = verifier is Verifier.AS_SPECIFIED or (verifier is Verifier.AT_BOOT and salt[0] != 0)
    assert (refused == 0) == at_once


def test_without_leading_zeros_one_more_is_tried() -> None:
    """That the device's salt had one octet less can't be seen."""
    session = Security2("wifiprov", Secret("wrong"))
    with pytest.raises(Refused):
        DeviceSession.with_device(salt=b"\x01" * 16).secure(session)
    assert hashlib.sha512(b"wifiprov:wrong").digest()[0] != 0
    assert session.variants == 2


def test_a_changed_answer_is_noticed_by_security_2() -> None:
    device_session = DeviceSession.with_device(firmware=IDF_5_5)
    session = device_session.secure()
    request = next(wifi_status())
    device_session.device.write(request.endpoint, session.seal(request.body))
    answer = bytearray(device_session.device.read(request.endpoint))
    answer[0] ^= 1
    with pytest.raises(ProtocolViolation):
        session.open(bytes(answer))


def test_old_firmware_reuses_its_nonce_and_new_does_not() -> None:
    """What the finding about ESP-IDF before 5.5 says: equal plaintexts give equal ciphertexts."""
    sealed = {}
    for firmware in (IDF_5_1, IDF_5_5):
        session = DeviceSession.with_device(firmware=firmware).secure()
        sealed[firmware] = session.seal(b"the same words"), session.seal(b"the same words")
    assert sealed[IDF_5_1][0] == sealed[IDF_5_1][1]
    assert sealed[IDF_5_5][0] != sealed[IDF_5_5][1]


@pytest.mark.parametrize("make", [Security0, lambda: Security1(POP), lambda: Security2("wifiprov", POP)])
def test_a_device_of_another_scheme_is_an_error_and_not_a_guess(make: object) -> None:
    session = make()
    other = {0: 1, 1: 2, 2: 0}[session.security]
    device_session = DeviceSession.with_device(security=other)
    with pytest.raises((ProtocolViolation, Refused)):
        device_session.secure(session)
    assert session.phase is Phase.AWAITING_KEY


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2), st.lists(st.binary(max_size=64), min_size=1, max_size=3))
def test_noise_from_a_device_never_makes_a_session(security: int, noise: list[bytes]) -> None:
    """Any octets: an error of our tree, or Security 0's empty success, never another exception."""
    session = (Security0, lambda: Security1(POP), lambda: Security2("wifiprov", POP, a=3))[security]()
    answers = iter([*noise, b"", b"", b""])

    def carry(request: Request) -> bytes:
        return next(answers)

    try:
        run(session.establish(), carry)
    except CompanionError:
        assert session.phase is not Phase.SECURE
    else:
        assert security == 0


def test_sessions_show_no_secret() -> None:
    device_session = DeviceSession.with_device()
    session = device_session.secure()
    assert "abcd1234" not in repr(session) + repr(vars(session)) + repr(device_session.requests)

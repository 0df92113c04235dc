"""Secrets over the virtual air: which device has which, and what happens where it is wrong."""

from __future__ import annotations

import pytest

from companion.errors import (
    Cancelled,
    DowngradeRefused,
    MethodUnavailable,
    RiskUnaccepted,
    WrongIdentity,
    WrongSetupSecret,
    WrongTypedSecret,
    WrongUsername,
)
from companion.events import Connected
from companion.model import Severity
from companion.protocols import Order
from companion.protocols.espressif.virtual.options import (
    IDF_5_4,
    IDF_5_5,
    EspressifFault,
    Stack,
    Verifier,
)
from companion.questions import AcceptRisk, ChooseDevice, EnterSecret, SetupSecret
from companion.secret import Secret
from tests.protocols.espressif.device import KNOWN, WORKSHOP, code_of, device, faulty
from tests.protocols.on_air import Bench


@pytest.mark.parametrize("stack", Stack)
@pytest.mark.parametrize("security", [1, 2])
async def test_a_wrong_secret_is_named_and_the_right_one_needs_no_restart(
    bench: Bench, security: int, stack: Stack
) -> None:
    """NimBLE answers ATT 0x04, Bluedroid ends the link; neither says why."""
    esp = device(security=security, stack=stack)
    outcome = await bench.commission(esp, code=code_of(security=security, pop=Secret("other")), order=KNOWN)
    assert isinstance(outcome.error, WrongSetupSecret) and outcome.exit_status == 5
    outcome = await bench.commission(esp, code=code_of(security=security), order=KNOWN)
    assert outcome.error is None


@pytest.mark.parametrize("stack", Stack)
async def test_a_wrong_user_name_is_told_from_a_wrong_secret(bench: Bench, stack: Stack) -> None:
    esp = device(stack=stack)
    outcome = await bench.commission(esp, code=code_of(username="nobody"), order=KNOWN)
    assert isinstance(outcome.error, WrongUsername) and outcome.exit_status == 5
    both = code_of(username="nobody", pop=Secret("other"))
    assert isinstance((await bench.commission(esp, code=both, order=KNOWN)).error, WrongSetupSecret)


@pytest.mark.parametrize("stack", Stack)
@pytest.mark.parametrize("verifier", [Verifier.BY_TOOL, Verifier.AT_BOOT])
async def test_a_verifier_without_its_leading_zero_is_met(
    bench: Bench, stack: Stack, verifier: Verifier
) -> None:
    options = {"pop": Secret("pw69"), "stack": stack}
    esp = device(verifier=verifier, salt=b"\0" + b"\x01" * 15, **options)
    outcome = await bench.commission(esp, code=code_of(**options), order=KNOWN)
    assert outcome.error is None


async def test_a_link_that_ends_once_at_the_proof_is_no_wrong_secret(bench: Bench) -> None:
    outcome = await bench.commission(faulty(EspressifFault.LOST_PROOF), code=code_of(), order=KNOWN)
    assert outcome.error is None
    assert len(bench.of(Connected)) == 2


async def test_an_impostor_gets_nothing(bench: Bench) -> None:
    esp = faulty(EspressifFault.FORGED_PROOF)
    outcome = await bench.commission(esp, code=code_of(), order=KNOWN)
    assert isinstance(outcome.error, WrongIdentity)
    assert esp.device.network.ssid == b""


@pytest.mark.parametrize(("offers", "promised"), [(0, 1), (0, 2), (1, 2)])
async def test_a_device_that_offers_less_than_its_code_gets_nothing(
    bench: Bench, offers: int, promised: int
) -> None:
    esp = device(security=offers)
    outcome = await bench.commission(esp, code=code_of(security=promised), order=KNOWN)
    assert isinstance(outcome.error, DowngradeRefused) and outcome.exit_status == 5
    assert esp.device.network.ssid == b""


async def test_security_0_is_used_only_after_the_user_said_so(bench: Bench) -> None:
    esp = device(security=0)
    no = {AcceptRisk: lambda question: False}
    outcome = await bench.commission(esp, code=code_of(security=0), order=KNOWN, answers=no)
    assert isinstance(outcome.error, Cancelled) and esp.device.network.ssid == b""
    yes = {AcceptRisk: lambda question: True}
    outcome = await bench.commission(esp, code=code_of(security=0), order=KNOWN, answers=yes)
    assert outcome.error is None
    assert "unencrypted" in str(outcome.findings[-1].sentence)


async def test_without_a_code_the_secret_is_asked_for_until_it_is_right(bench: Bench) -> None:
    typed = iter([SetupSecret(Secret("nope"), "wifiprov"), SetupSecret(Secret("abcd1234"), "wifiprov")])
    outcome = await bench.commission(
        device(),
        code=None,
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: question.devices[0],
            EnterSecret: lambda question: next(typed),
        },
    )
    assert outcome.error is None
    assert [question.problem is None for question in bench.of(EnterSecret)] == [True, False]
    assert len(bench.of(Connected)) == 1


async def test_a_typed_secret_that_is_refused_is_not_called_a_wrong_code(bench: Bench) -> None:
    typed = iter([SetupSecret(Secret("nope"), "wifiprov"), MethodUnavailable("nobody is there")])
    outcome = await bench.commission(
        device(),
        code=None,
        order=KNOWN,
        answers={
            ChooseDevice: lambda question: question.devices[0],
            EnterSecret: lambda question: next(typed),
        },
    )
    assert isinstance(outcome.error, WrongTypedSecret) and outcome.exit_status == 5
    assert "code" not in outcome.error.title_text + outcome.error.advice_text


async def test_where_nobody_can_accept_security_0_the_option_is_named(bench: Bench) -> None:
    esp = device(security=0)
    nobody = {AcceptRisk: lambda question: False}
    order = Order(wifi=WORKSHOP, attended=False)
    outcome = await bench.commission(esp, code=code_of(security=0), order=order, answers=nobody)
    assert isinstance(outcome.error, RiskUnaccepted) and "--accept-risks" in outcome.error.advice_text
    assert esp.device.network.ssid == b""


async def test_old_firmware_is_said_to_reuse_its_nonce(bench: Bench) -> None:
    sentences = {}
    for firmware in (IDF_5_4, IDF_5_5):
        outcome = await bench.commission(device(firmware=firmware), code=code_of(), order=KNOWN)
        sentences[firmware] = [str(f.claim) for f in outcome.findings if f.severity is Severity.WARNING]
    assert any("nonce" in claim for claim in sentences[IDF_5_4])
    assert sentences[IDF_5_5] == []

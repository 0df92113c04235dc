"""Virtual devices are set up over the virtual air and network, and every way out is clean."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from companion.api import import_trust, nearby
from companion.claims import Delivery
from companion.errors import (
    AdapterOff,
    Cancelled,
    CompanionError,
    DeviceBusy,
    DeviceFull,
    DeviceUnreachable,
    NotGenuine,
    ThreadAttachFailed,
    ThreadDatasetMissing,
    WrongPassphrase,
    WrongSetupSecret,
)
from companion.events import AttestationChecked, Event, Progress, StepFinished, StepStarted, Withdrawn
from companion.lan import Service
from companion.model import DeviceSettings, FoundDevice, Step, Verdict
from companion.networks import thread_surroundings
from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.driver.commissioning import commissioning
from companion.protocols.matter.virtual.factory.manufacturer import published
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Medium, make
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.questions import (
    ChooseDevice,
    ChooseNetwork,
    ConfirmDevice,
    EnterSecret,
    ReviewAttestation,
    SetupSecret,
    TryAgain,
)
from companion.runs import saved_datasets
from companion.secret import Secret
from companion.virtual import thread_network
from tests.protocols.matter.driver.bench import DIGITS, LABEL, WIFI, bench, light

WRONG = replace(WIFI, passphrase=Secret("not the password"))
DATASET = thread_network.dataset().secret


async def test_a_light_is_set_up_and_answers_as_itself(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        outcome = await table.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error
        (member,) = table.devices[0].state.settings.members
        record = table.services.registry.device("Lamp")
        assert record.id == f"matter-{member.credentials.identity.node:016x}"
        assert [each.kind for each in record.credentials] == ["fabric", "wifi"]
        assert (record.serial, record.model) == (LABEL.serial, "Companion Harbour light")
        assert outcome.facts.delivery is Delivery.IN_USE
        assert {each.verdict for each in record.checks} <= {
            Verdict.PASSED,
            Verdict.REMARK,
            Verdict.NOT_KNOWN,
        }
        assert outcome.link.writes <= 19
        assert [event.step for event in table.heard(StepStarted)] == list(Step)
        # Other apps show the name that its user gave, and the step says that it is not the device's of old.
        assert table.devices[0].state.settings.label == "Lamp"
        assert "The device has its credentials" in [str(event.summary) for event in table.heard(StepFinished)]
        # Nothing is left of the run to go on with.
        assert table.services.identity.vault.get("memory/matter/pending") is None


async def test_the_digits_of_a_label_do_as_well(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        assert (await table.commission(DIGITS)).result is Result.COMMISSIONED


@pytest.mark.parametrize("medium", [Medium.THREAD, Medium.ETHERNET])
async def test_other_networks(tmp_path: Path, medium: Medium) -> None:
    """Ethernet: the device waits on the network, where it is set up without Bluetooth.

    Not the sample: all tests of this computer share its loopback network.
    """
    product = make(LABEL.kind, medium)
    async with bench(tmp_path, light(product=product)) as table:
        code = recognise(product.onboarding.qr)
        outcome = await table.commission(code, thread=DATASET if medium is Medium.THREAD else None)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert outcome.commissioned is not None
        kinds = [each.kind for each in outcome.commissioned.credentials]
        assert kinds == (["fabric", "thread"] if medium is Medium.THREAD else ["fabric"])
        assert (outcome.link.writes == 0) is (medium is Medium.ETHERNET)


@pytest.mark.parametrize("network", [None, "Harbour mesh"])
async def test_without_a_dataset_the_networks_here_are_named_and_nothing_is_sent(
    tmp_path: Path, network: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Others on this computer's loopback network are not listened for where nobody should be heard.
    monkeypatch.setattr(thread_surroundings, "LISTEN_SECONDS", 0.0 if network is None else 5.0)
    monkeypatch.setattr(thread_surroundings, "MOST_NAMED", 1)
    async with bench(tmp_path, light(product=replace(LABEL, medium=Medium.THREAD))) as table:
        if network is not None:
            texts = {"nn": network.encode()}
            router = Service("_meshcop._udp", "Harbour router", 49191, ("127.0.0.1",), "router", texts)
            await table.services.lan.publish(router)
        outcome = await table.commission()
        assert isinstance(outcome.error, ThreadDatasetMissing)
        assert (network or "No border router") in outcome.error.advice_text
        assert outcome.facts.delivery is Delivery.NOTHING and table.is_clean


async def test_a_thread_network_is_chosen_by_what_the_device_sees_and_asked_for_again(tmp_path: Path) -> None:
    async with bench(tmp_path, light(product=replace(LABEL, medium=Medium.THREAD))) as table:
        asked: list[ChooseNetwork] = []
        wrong = thread_network.dataset(key=bytes(16)).secret
        given = [wrong, DATASET]

        def choose(question: ChooseNetwork) -> DeviceSettings:
            asked.append(question)
            return DeviceSettings("Light", thread=given.pop(0))

        outcome = await table.commission(answers={ChooseNetwork: choose})
        assert outcome.result is Result.COMMISSIONED, outcome.error
        first, second = asked
        assert first.needs_thread and not first.needs_wifi and first.rescan is not None
        (seen,) = first.meshes
        assert (seen.name, seen.channel, seen.extended_pan_id) == (
            thread_network.NAME,
            thread_network.CHANNEL,
            thread_network.EXTENDED_PAN_ID,
        )
        assert str(second.problem) == ThreadAttachFailed.title
        assert second.previous is not None and second.previous.thread == wrong
        # The one that works is kept for the next device.
        (kept,) = saved_datasets.recall(table.services.identity.vault)
        assert kept.secret == DATASET


async def test_a_wrong_code_is_told_before_the_device_counts_it(tmp_path: Path) -> None:
    async with bench(tmp_path, light(Fault.WRONG_PASSCODE)) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, WrongSetupSecret)
        assert outcome.failed_step is Step.SECURE
        assert table.is_clean


async def test_of_two_that_fit_the_user_is_asked_and_the_passcode_decides(tmp_path: Path) -> None:
    other = replace(make(LABEL.kind, LABEL.medium), discriminator=LABEL.discriminator)
    async with bench(tmp_path, light(product=other), light()) as table:
        asked: list[ChooseDevice] = []

        def first(question: ChooseDevice) -> FoundDevice:
            asked.append(question)
            return question.devices[0]

        outcome = await table.commission(DIGITS, answers={ChooseDevice: first}, timeout=20)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert len(asked[0].devices) == 2
        assert not table.devices[0].state.settings.members and table.devices[1].state.settings.members


async def test_without_a_code_the_digits_are_asked_for_again_until_they_fit(tmp_path: Path) -> None:
    typed = iter(("no digits", "20202021", LABEL.onboarding.printed_digits))
    async with bench(tmp_path, light()) as table:
        outcome = await table.commission(
            None,
            answers={
                EnterSecret: lambda question: SetupSecret(Secret(next(typed))),
                ChooseDevice: lambda question: question.devices[0],
            },
        )
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert [str(each.problem) for each in table.heard(EnterSecret)][1:] == [
            "Enter the 11 digits on the label",
            WrongSetupSecret.title,
        ]


async def test_a_wrong_password_is_asked_for_again(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        asked: list[ChooseNetwork] = []

        def corrected(question: ChooseNetwork) -> DeviceSettings:
            asked.append(question)
            return DeviceSettings("Lamp", "", WIFI)

        outcome = await table.commission(wifi=WRONG, answers={ChooseNetwork: corrected})
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert "Wrong password" in str(asked[0].problem)
        assert WIFI.ssid in [each.ssid for each in asked[0].networks]


async def test_a_password_that_nobody_corrects_leaves_nothing(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        assert isinstance((await table.commission(wifi=WRONG)).error, WrongPassphrase)
        assert table.heard(Withdrawn)
        assert table.is_clean


@pytest.mark.parametrize("step", [Step.CONFIRM, Step.HAND_OVER])
async def test_a_cancelled_run_leaves_nothing(tmp_path: Path, step: Step) -> None:
    async with bench(tmp_path, light()) as table:

        def cancel(event: Event) -> None:
            if isinstance(event, StepStarted) and event.step is step:
                run.cancel()

        run = table.run(on_event=cancel)
        assert isinstance((await run).error, Cancelled)
        assert table.is_clean
        # It is at once as new: nobody has to wait for its fail-safe.
        assert (await table.commission()).result is Result.COMMISSIONED


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (Fault.BAD_CD, "cd-signature"),
        (Fault.OTHER_CD, "cd-product"),
        (Fault.WRONG_VENDOR_IN_PAI, "chain-vendor"),
        (Fault.FOREIGN_DAC, "dac-signature"),
        (Fault.WRONG_NONCE, "nonce"),
        (Fault.WRONG_SIGNATURE, "signature"),
        (Fault.WRONG_CSR_NONCE, "csr-nonce"),
    ],
)
async def test_what_is_not_genuine_is_named_and_refused_unless_its_user_takes_the_risk(
    tmp_path: Path, fault: Fault, check: str
) -> None:
    async with bench(tmp_path, light(fault)) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, NotGenuine)
        (told,) = table.heard(AttestationChecked)
        assert check in [each.name for each in told.checks if each.verdict is Verdict.FAILED]
        assert table.is_clean
        outcome = await table.commission(answers={ReviewAttestation: lambda question: True})
        assert outcome.result is Result.COMMISSIONED, outcome.error
        kept = table.services.registry.device("Lamp").checks
        assert check in [each.name for each in kept if each.verdict is Verdict.FAILED]


@pytest.mark.parametrize(
    ("fault", "check"), [(Fault.REVOKED_PAI, "pai-revocation"), (Fault.EXPIRED_DAC, "dac-validity")]
)
async def test_what_was_genuine_once_is_a_risk_that_its_user_is_asked_about(
    tmp_path: Path, fault: Fault, check: str
) -> None:
    """Revoked: by the list that the user imported."""
    maker = published()
    device = VirtualMatter(MatterOptions(product=LABEL, faults={fault: 0.0}, manufacturer=maker))
    (tmp_path / "revoked.json").write_bytes(maker.revocation_set())
    async with bench(tmp_path / "owner", device) as table:
        assert import_trust(table.services, "matter", tmp_path / "revoked.json").issuers == 1
        asked: list[ReviewAttestation] = []
        outcome = await table.commission(answers={ReviewAttestation: asked.append})
        assert isinstance(outcome.error, NotGenuine)
        (question,) = asked
        assert [each.name for each in question.checks if each.verdict is Verdict.FAILED] == [check]
        assert table.is_clean and device.state.fail_safe is None


@pytest.mark.parametrize(("fault", "error"), [(Fault.BUSY, DeviceBusy), (Fault.TABLE_FULL, DeviceFull)])
async def test_what_the_device_refuses_is_said_and_nothing_stays(
    tmp_path: Path, fault: Fault, error: type[CompanionError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.session_setup.BUSY_SECONDS", 0.5)
    async with bench(tmp_path, light(fault)) as table:
        outcome = await table.commission()
        assert isinstance(outcome.error, error), outcome.error
        assert not table.services.registry.devices()


@pytest.mark.parametrize("fault", [Fault.SINGLE_RADIO, Fault.SILENT_CONNECT])
async def test_a_device_that_does_not_say_whether_it_joined_is_called(
    tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.silence.SILENCE_SECONDS", 0.3)
    async with bench(tmp_path, light(fault)) as table:
        outcome = await table.commission()
        assert outcome.result is Result.COMMISSIONED, outcome.error


@pytest.mark.parametrize("fault", [Fault.NO_MDNS, Fault.UNREACHABLE])
async def test_a_device_that_cannot_be_reached_says_which_link_is_missing_and_is_kept_meanwhile(
    tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.protocols.matter.driver.commissioning.commissioning.CALL_SECONDS", 0.5)
    monkeypatch.setattr("companion.protocols.matter.messages.exchanges.MOST_TRANSMISSIONS", 2)
    async with bench(tmp_path, light(fault)) as table:
        answers = iter((True, False))
        outcome = await table.commission(answers={TryAgain: lambda question: next(answers)})
        assert isinstance(outcome.error, DeviceUnreachable)
        asked = table.heard(TryAgain)
        assert len(asked) == 2
        assert str(asked[-1].advice) == outcome.error.advice_text, "the end says what the question said"
        assert DeviceUnreachable.advice not in (str(asked[0].advice), outcome.error.advice_text)
        assert table.is_clean
        assert any("on the network" in str(event.text) for event in table.heard(Progress))


async def test_what_is_repaired_while_the_user_is_asked_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commissioning, "CALL_SECONDS", 0.5)
    monkeypatch.setattr("companion.protocols.matter.messages.exchanges.MOST_TRANSMISSIONS", 2)
    async with bench(tmp_path, light(Fault.UNREACHABLE)) as table:

        def repair(question: TryAgain) -> bool:
            table.devices[0]._presence._is_deaf = False
            return True

        outcome = await table.commission(answers={TryAgain: repair})
        assert outcome.result is Result.COMMISSIONED, outcome.error
        assert table.heard(TryAgain)


async def test_the_user_may_refuse_the_device_that_was_found(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        outcome = await table.commission(answers={ConfirmDevice: lambda question: False})
        assert isinstance(outcome.error, Cancelled) and table.is_clean


async def test_a_run_without_code_offers_what_waits(tmp_path: Path) -> None:
    async with bench(tmp_path, light()) as table:
        outcome = await table.commission(None)
        assert outcome.error is not None and outcome.error.code == "A-179"
        assert table.is_clean


async def test_what_waits_on_the_network_is_nearby_and_set_up_by_its_digits_without_a_radio(
    tmp_path: Path, loopback_neighbours: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = make(LABEL.kind, Medium.ETHERNET)
    typed = SetupSecret(Secret(product.onboarding.digits))
    async with bench(tmp_path, light(product=product)) as table:
        async with aclosing(nearby(table.services)) as devices:
            async for found in devices:
                if found.discriminator == product.discriminator:
                    break
        assert found.on_network and found.rssi is None

        async def off() -> None:
            raise AdapterOff

        monkeypatch.setattr(table.services.radio, "check", off)
        outcome = await table.commission(None, found=found, answers={EnterSecret: lambda question: typed})
        assert outcome.result is Result.COMMISSIONED, outcome.error

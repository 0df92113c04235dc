"""A run's flow brought to a point, without a pixel: found, connected, handed over, ended."""

from companion.errors import CompanionError, OutcomeUnknown
from companion.events import Found, RunStarted, StepFinished, StepStarted
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Commissioned,
    DeviceIdentity,
    DeviceSettings,
    Finding,
    FoundDevice,
    SetupCode,
    Severity,
    Step,
    Text,
    WifiCredentials,
)
from companion.outcome import Outcome, Result, StepTime
from companion.questions import ChooseNetwork, ConfirmDevice
from companion.secret import Secret
from ui.engine.commands import Answer, StartRun
from ui.flow.commissioning import CommissioningFlow

CODE = SetupCode("rp1", "RP1 code", Text("Companion sets it up."), Secret("RP1:..."), protocol="rp1")
DEVICE = FoundDevice("rp1", Advertisement("F0:00:00:00:00:01", "Lumen", -48), "Lumen Sensor", discriminator=7)
MOVED = FoundDevice("rp1", Advertisement("F0:00:00:00:00:02", "Lumen", -60), "Lumen Sensor", discriminator=7)
OTHER = FoundDevice("rp1", Advertisement("F0:00:00:00:00:03", "Plug", -70), "Plug", discriminator=8)
WIFI = WifiCredentials(b"Hafen 12", Secret("correct horse"))
HANDOVER = DeviceSettings("Hallway sensor", "Hallway", WIFI)
WEAK = Finding(Text("In clear"), Text("The passphrase goes out in clear."), Severity.WARNING)


def outcome(error: CompanionError | None = None, step: Step | None = None) -> Outcome:
    result = Result.COMMISSIONED
    if error is not None:
        result = Result.UNCONFIRMED if isinstance(error, OutcomeUnknown) else Result.FAILED
    return Outcome(
        result,
        "run-1",
        "rp1",
        tuple(StepTime(each, 0.5) for each in Step),
        LinkCounts(),
        commissioned=Commissioned(DeviceIdentity("d", "Lumen Sensor"), "nc") if error is None else None,
        error=error,
        failed_step=step,
    )


def operation_outcome(
    error: CompanionError | None = None, done: Commissioned | None = None, result: Result | None = None
) -> Outcome:
    """How an ownership operation ended."""
    failed = Step.CONNECT if error is not None else None
    ended = result or (Result.FAILED if error is not None else Result.DONE)
    return Outcome(ended, "r1", "rp1", (), LinkCounts(), commissioned=done, error=error, failed_step=failed)


def begun(*, clock: float = 100.0) -> CommissioningFlow:
    flow = CommissioningFlow(clock=lambda: clock)
    assert flow.begin(CODE) == (StartRun(CODE),)
    flow.take(RunStarted("run-1", CODE))
    flow.take(StepStarted(Step.FIND))
    return flow


def connected(flow: CommissioningFlow | None = None) -> CommissioningFlow:
    flow = flow or begun()
    flow.take(Found(DEVICE))
    flow.take(ConfirmDevice(DEVICE, (WEAK,)))
    flow.answer(flow.question, True)
    flow.take(StepFinished(Step.FIND, 6.2, Text("Found it")))
    flow.take(StepStarted(Step.CONNECT))
    return flow


def handed_over(flow: CommissioningFlow | None = None) -> CommissioningFlow:
    flow = connected(flow)
    question = ChooseNetwork(suggested_name="Lumen Sensor")
    flow.take(question)
    assert flow.answer(question, HANDOVER) == (Answer(question, HANDOVER),)
    return flow

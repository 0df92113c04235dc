"""Runs and outcomes as they are told, for every test of the registry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from companion import events, model, questions
from companion.administration import (
    Controller,
    Controllers,
    DeviceStatus,
    Medium,
    NetworkStatus,
    Sharing,
    SharingEnd,
)
from companion.claims import Channel, Evidence, SessionFacts
from companion.errors import CompanionError
from companion.events import Event
from companion.link_counts import LinkCounts
from companion.link_trace import LinkTrace, TracedOperation
from companion.model import (
    Advertisement,
    Check,
    Commissioned,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    Network,
    OfferedToken,
    Proof,
    Receipt,
    SetupCode,
    Severity,
    Step,
    Text,
    Verdict,
    WifiCredentials,
    WifiSecurity,
)
from companion.outcome import Outcome, Result, StepTime
from companion.secret import Secret

SOON = datetime.now(UTC) + timedelta(days=30)
KEY = b"\4" + bytes(range(64))
HUB = Controller("2", "Hub Company", "Home")
CHECK = Check(
    "cd-signature",
    Text("Signature of the certification"),
    Text("Signed by {name}", {"name": "Lamp"}),
    Verdict.REMARK,
)


def commissioned(
    *,
    id: str = "rp1-0001",
    name: str = "Kitchen lamp",
    serial: str | None = "SN-0001",
    key: bytes | None = KEY,
    fingerprint: str = "aa" * 32,
    receipt: Receipt | None = None,
) -> Commissioned:
    return Commissioned(
        DeviceIdentity(id, name, "Lamp 3", serial, "1.2.3"),
        "oob",
        (
            Credential("ldevid", {"fingerprint": fingerprint, "not_after": "2026-12-21T12:00:00+00:00"}),
            Credential("wifi", {"ssid": "Home"}),
        ),
        Handshake(4, 436),
        receipt or Receipt(b"signed", b"final"),
        Proof("127.0.0.1:8883", "TLSv1.3", serial or "", 0.01),
        identity_key=key,
    )


def outcome(
    run: str,
    done: Commissioned | None = None,
    *,
    result: Result = Result.COMMISSIONED,
    error: CompanionError | None = None,
) -> Outcome:
    counts = LinkCounts(247, 1, 20, 5, 11, 4000, 2000)
    steps = (StepTime(Step.FIND, 0.1), StepTime(Step.CONNECT, 0.2))
    return Outcome(result, run, "rp1", steps, counts, commissioned=done, error=error)


def every_event(secret: Secret) -> list[Event]:
    """One event of each type, with `secret` in every place that can hold one, and in some that must not."""
    code = SetupCode("rp1", "RP1 code", Text("Companion commissions it"), secret, "rp1", payload=secret)
    found = FoundDevice(
        "rp1",
        Advertisement("C0:00:00:00:00:01", "Lamp", -40),
        "Lamp",
        facts={"r": secret},  # type: ignore[dict-item]
    )
    finding = Finding(Text("encrypted"), Text("Nobody can listen"), Severity.GOOD)
    leaky = Text("The secret is {secret}", {"secret": secret})  # type: ignore[dict-item]
    wifi = WifiCredentials(b"Home", secret)
    return [
        events.RunStarted("run", code),
        events.StepStarted(Step.FIND),
        events.StepFinished(Step.FIND, 0.25, Text("Seen as {name}", {"name": "Lamp"})),
        events.Progress(Step.FIND, leaky),
        events.Found(found),
        events.Connected(247),
        events.LinkLost(1),
        events.Secured(
            "oob",
            Handshake(4, 436),
            SessionFacts("oob", Channel.SEALED, frozenset({Evidence.LABEL_KEY}), hybrid=True),
        ),
        events.Identified(DeviceIdentity("id", "Lamp", "Lamp 3", "SN-0001")),
        events.SecurityFound(finding),
        events.AttestationChecked((CHECK,)),
        events.ActionNeeded(Text("Press the button")),
        events.ShowPasskey(Text("Enter {passkey} on the device", {"passkey": "482-913"})),
        events.Captured("run.btsnoop"),
        events.InLab("Line check", 73, 7, ("lossy-3", "wrong-secret")),
        events.Sending("wifi"),
        events.Withdrawn(),
        events.Dismissed(),
        events.CredentialDelivered(Credential("wifi", {"ssid": "Home", "passphrase": secret})),  # type: ignore[dict-item]
        events.Proven(Proof("127.0.0.1:8883", "TLSv1.3", "SN-0001", 0.01)),
        events.CertificateIssued("bb" * 32, "5e", SOON, KEY),
        events.TokenOffered("rp1-0001", OfferedToken("77" * 8, 70, SOON, bearer=True, wipe=True)),
        events.TokenCancelled("77" * 8),
        events.TokenEnded("77" * 8, events.TokenEnd.CANCELLED),
        events.CertificateRevoked("bb" * 32, "5e", events.RevocationReason.REVERTED),
        events.ListHeard(b"\x04" + bytes(64), 7),
        events.StatusReported(
            DeviceStatus("Lamp", network=NetworkStatus(Medium.WIFI, "Home"), faults=(leaky,))
        ),
        events.ControllersReported(Controllers((HUB,), 5)),
        events.SharingOpened(Sharing(secret, secret, SOON)),
        events.ControllerJoined(HUB),
        events.ControllerRemoved(HUB),
        events.SharingEnded(SharingEnd.JOINED),
        events.Switched(True),
        events.Counted(
            LinkCounts(247, 1, 2, 3),
            (LinkTrace((TracedOperation("write", "a-device's-own", 20, 0.1, 0.05, "att-14"),), True, 0.4),),
        ),
        questions.ConfirmDevice(found, (finding,)),
        questions.ChooseDevice((found,)),
        questions.CompareNumbers("482-913"),
        questions.AcceptRisk(finding),
        questions.ReviewAttestation(DeviceIdentity("id", "Lamp"), (CHECK,)),
        questions.TryAgain(Text("It can't be reached"), Text("Turn IPv6 on")),
        questions.SerialKnown(
            DeviceIdentity("new", "Lamp", "Lamp 3", "SN-0001"),
            (DeviceIdentity("old", "Lamp", None, "SN-0001"),),
        ),
        questions.EnterSecret(found, problem=Text("It was wrong")),
        questions.ChooseNetwork(
            (Network(b"Home", WifiSecurity.WPA2),),
            previous=model.DeviceSettings("Lamp", "", wifi),
            problem=leaky,
            remembered=(wifi,),
            needs_thread=True,
            meshes=(model.ThreadNetwork("Secret mesh", b"\x0f" * 8),),
            border_routers=(
                model.BorderRouter("Secret router", "Secret mesh", "0F" * 8, "", ("192.0.2.9",)),
            ),
            datasets=(Secret(b"secret dataset"),),
        ),
        events.RunFinished(outcome("run", error=CompanionError("detail"))),
    ]

"""Pebble over a link: one write, one read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from companion.claims import Channel, SessionFacts
from companion.errors import NetworkNotFound, ProtocolViolation, WrongPassphrase, WrongSetupSecret
from companion.events import CredentialDelivered, Identified, Secured, Sending
from companion.model import (
    Commissioned,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Severity,
    Step,
    Text,
)
from companion.networks.prompt import NetworkPrompt
from pebble import codec
from pebble.codec import Answer, PebbleCode

if TYPE_CHECKING:
    from companion.model import Advertisement, DeviceSettings, SetupCode
    from companion.protocols import Context
    from companion.radio import Link

METHOD = "pin"
IN_CLEAR = Finding(
    Text("Pebble encrypts nothing"),
    Text("Anyone in range can read the Wi-Fi passphrase."),
    Severity.WARNING,
    expected=True,
)
FAILURES = {
    Answer.WRONG_PIN: WrongSetupSecret,
    Answer.WRONG_PASSPHRASE: WrongPassphrase,
    Answer.NOT_FOUND: NetworkNotFound,
}


class PebbleDriver:
    """`companion.protocols.Driver` for Pebble."""

    name: ClassVar[str] = "pebble"
    code_names_unit: ClassVar[bool] = True

    def find(self, advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
        if codec.SERVICE not in advertisement.service_uuids:
            return None
        if code is not None and _payload(code).name != advertisement.name:
            return None
        return FoundDevice(self.name, advertisement, advertisement.name or "Pebble")

    def findings(
        self, found: FoundDevice, code: SetupCode | None, method: str | None = None
    ) -> tuple[Finding, ...]:
        return (IN_CLEAR,)

    async def commission(self, context: Context) -> Commissioned:
        reporter, name = context.reporter, context.found.name
        device = DeviceIdentity(f"pebble-{name}", name)
        link = await context.dialer.dial()
        reporter.report(Identified(device))
        reporter.begin(Step.SECURE)
        reporter.report(Secured(METHOD, None, SessionFacts(METHOD, Channel.CLEAR)))
        reporter.begin(Step.HAND_OVER)
        prompt = NetworkPrompt(reporter.ask, context.order, support=codec.WIFI, suggested_name=name)
        credential = await prompt.join(lambda settings: _send(link, context, settings))
        reporter.begin(Step.CHECK)
        return Commissioned(device=device, method=METHOD, credentials=(credential,))


async def _send(link: Link, context: Context, settings: DeviceSettings) -> Credential:
    """Hand a network over. Raises WrongSetupSecret, WrongPassphrase, NetworkNotFound, ProtocolViolation."""
    assert context.code is not None and settings.wifi is not None
    context.reporter.report(Sending("wifi"))
    await link.write(codec.CONFIG, codec.encode(_payload(context.code).pin, settings.wifi))
    try:
        answer = Answer(await link.read(codec.CONFIG))
    except ValueError as unknown:
        raise ProtocolViolation("an unknown answer") from unknown
    if answer is not Answer.JOINED:
        raise FAILURES[answer]()
    credential = Credential("wifi", {"ssid": settings.wifi.name})
    context.reporter.report(CredentialDelivered(credential))
    return credential


def _payload(code: SetupCode) -> PebbleCode:
    assert isinstance(code.payload, PebbleCode)
    return code.payload

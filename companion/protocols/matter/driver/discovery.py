"""Who waits to be set up: by Bluetooth advertisements, and by multicast DNS (`_matterc._udp`)."""

from __future__ import annotations

from companion.lan import Service
from companion.model import Advertisement, FoundDevice, Ownership, SetupCode
from companion.protocols.matter.btp import Advertisement as Beacon
from companion.protocols.matter.btp import BtpFailure
from companion.protocols.matter.btp.gatt import SERVICE
from companion.protocols.matter.ntl.octets import Announcement
from companion.protocols.matter.setup_code.payload import MatterPayload

PROTOCOL = "matter"
COMMISSIONABLE = "_matterc._udp"
AT_READER = "nfc"
"""In place of an address: there is one such device."""
HINT, INSTRUCTION = "pairing_hint", "pairing_instruction"
"""Facts of a device on the network: what to press, by the pairing hint table (Core 4.3.1.11 and 4.3.1.12)."""
_LONGEST_INSTRUCTION = 128


def payloads_of(code: SetupCode | None) -> tuple[MatterPayload, ...]:
    """What a code says of each of its devices; nothing for no code of Matter's."""
    payload = code.payload if code is not None else None
    return payload if isinstance(payload, tuple) else ()


def openers(code: SetupCode | None) -> tuple[MatterPayload, ...]:
    """Those with a passcode."""
    return tuple(each for each in payloads_of(code) if each.passcode is not None)


def fitting(found: FoundDevice, code: SetupCode | None) -> tuple[MatterPayload, ...]:
    """The payloads of a code that a found device may be the one of, and that can open it."""
    numbers = (int(found.facts.get("vendor", "0"), 16), int(found.facts.get("product", "0"), 16))
    known = found.discriminator
    return tuple(each for each in openers(code) if known is not None and each.fits(known, *numbers))


def over_bluetooth(advertisement: Advertisement, code: SetupCode | None) -> FoundDevice | None:
    """The device behind an advertisement, if it waits to be set up and a code, if any, may be its."""
    data = advertisement.service_data.get(SERVICE)
    if data is None:
        return None
    try:
        said = Beacon.decode(data)
    except BtpFailure:
        return None
    found = FoundDevice(
        PROTOCOL,
        advertisement,
        advertisement.name or _name(said.vendor, said.product, said.discriminator),
        Ownership.UNKNOWN,
        said.discriminator,
        _facts(said.vendor, said.product),
    )
    return found if code is None or fitting(found, code) else None


def over_network(service: Service, code: SetupCode | None) -> FoundDevice | None:
    """The device behind a service of `COMMISSIONABLE`; the same as `over_bluetooth`."""
    discriminator, vendor, product = _number(service, "D"), 0, 0
    if discriminator is None or discriminator > 0xFFF or _number(service, "CM") == 0 or not service.places:
        return None
    said = (service.text("VP") or "").split("+")
    if all(part.isdecimal() and len(part) <= 5 for part in said):
        vendor, product = (*map(int, said), 0)[:2]
    found = FoundDevice(
        PROTOCOL,
        Advertisement(str(service.places[0]), service.text("DN"), handle=service),
        service.text("DN") or _name(vendor, product, discriminator),
        Ownership.UNKNOWN,
        discriminator,
        _facts(vendor, product) | _hints(service),
        on_network=True,
    )
    return found if code is None or fitting(found, code) else None


def over_nfc(said: Announcement, held: object, code: SetupCode) -> FoundDevice | None:
    """The device that is held to a reader, if the code may be its. held: what the driver reaches it by."""
    name = _name(said.vendor, said.product, said.discriminator)
    found = FoundDevice(
        PROTOCOL,
        Advertisement(AT_READER, name, handle=held),
        name,
        Ownership.UNKNOWN,
        said.discriminator,
        _facts(said.vendor, said.product),
    )
    return found if fitting(found, code) else None


def is_like(found: FoundDevice, advertisement: Advertisement) -> bool:
    """True for an advertisement that says the same of its device, at whatever address. Proves nothing."""
    seen = over_bluetooth(advertisement, None)
    return seen is not None and _said(seen) == _said(found)


def _said(found: FoundDevice) -> tuple[int | None, str | None, str | None]:
    return found.discriminator, found.facts.get("vendor"), found.facts.get("product")


def _number(service: Service, key: str) -> int | None:
    text = service.text(key)
    return int(text) if text is not None and text.isdecimal() and len(text) <= 6 else None


def _facts(vendor: int, product: int) -> dict[str, str]:
    return {"vendor": f"{vendor:04X}", "product": f"{product:04X}"} if vendor else {}


def _hints(service: Service) -> dict[str, str]:
    """What to press, where the device says that: 32 bits, and what some of them need."""
    hint, instruction = service.text("PH") or "", service.text("PI") or ""
    if not (hint.isdecimal() and hint.isascii() and len(hint) <= 10 and int(hint) < 1 << 32):
        return {}
    said = {INSTRUCTION: instruction} if 0 < len(instruction) <= _LONGEST_INSTRUCTION else {}
    return {HINT: hint} | said


def _name(vendor: int, product: int, discriminator: int) -> str:
    return f"Matter device {discriminator}"

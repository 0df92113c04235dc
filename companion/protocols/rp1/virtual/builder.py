"""Virtual RP1 devices for the default world and the command line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from cryptography import x509

from companion.encoding import es256
from companion.files import MAX_SMALL_FILE, read_named, replace_durably
from companion.label import qr_png
from companion.protocols.options import GivenOptions
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Effect
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.methods import CLASSIC, KNOWN_SUITES
from companion.protocols.rp1.virtual import factory, manufacturer
from companion.protocols.rp1.virtual.options import NUMBERED_FAULTS, Fault, Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.secret import Secret
from companion.tpm import certificates
from companion.virtual.access_points import DEMO, load
from companion.virtual.button import AskOnTerminal, PressDiffer, PressMatch, PressNothing, PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.faults import parse_faults
from companion.virtual.peripheral import Peripheral

_VOUCHER_SECONDS = 30 * 86_400

BUTTONS: Mapping[str, Callable[[], PressScript]] = {
    "match": PressMatch,
    "differ": PressDiffer,
    "ask": AskOnTerminal,
    "nobody": PressNothing,
}


def samples(press: PressScript | None = None) -> list[Peripheral]:
    """The sample device; `press` stands at its button."""
    return [VirtualRp1(Rp1Options(press=press or PressMatch()))]


def make(options: DeviceOptions) -> VirtualRp1:
    """A device of its own, or the one that the state folder holds; writes its label and says its code.

    Raises ValueError and OSError.
    """
    if options.button not in BUTTONS:
        raise ValueError(f"unknown button script “{options.button}”; available: {', '.join(BUTTONS)}")
    state = options.state
    tpm = options.own["tpm"][0] if "tpm" in options.own else None
    product = factory.product_in(state, tpm) if state is not None else factory.make(tpm)
    made = VirtualRp1(
        Rp1Options(
            product=_equipped(product, options.own),
            flash=state / "flash.bin" if state is not None else None,
            press=options.press or BUTTONS[options.button](),
            access_points=load(options.wifi_air) if options.wifi_air is not None else DEMO,
            faults=parse_faults(Fault, NUMBERED_FAULTS, options.faults),
            sees=Path(options.own["sees"][0]) if "sees" in options.own else None,
            when_seen=lambda: options.say("It has read the secret on the screen."),
        ),
        watch=lambda effect: _tell(effect, options.say),
    )
    if options.label is not None:
        qr_png(made.setup_code, options.label)
    options.say(f"Setup code: {made.setup_code}")
    if "show-code" in options.own:
        options.say(f"Displayed setup code, valid for five minutes: {made.show_code()}")
    if "chirp" in options.own or "blink" in options.own:
        _show(made.show_secret(), options)
    return made


def _show(secret: Secret, options: DeviceOptions) -> None:
    """Chirp it, blink it, or both: a device has one secret at a time. Raises OSError."""
    if "chirp" in options.own:
        from companion.sound.recording import write_recording

        write_recording(secret, Path(options.own["chirp"][0]))
        options.say("It chirps a secret, valid for five minutes. The recording contains it.")
    if "blink" in options.own:
        from companion.light.frame import Beacon
        from companion.scanner import write_light_video

        write_light_video(Beacon(secret), Path(options.own["blink"][0]))
        options.say("Its LED blinks a secret, valid for five minutes. The video shows it.")


def _equipped(product: Product, own: GivenOptions) -> Product:
    """The device with what the options add to it. Raises ValueError and OSError."""
    if "suites" in own:
        product = replace(product, suites=_suites(own["suites"][0]))
    if "factory-key" in own:
        product = replace(product, psks=(_factory_key(*own["factory-key"]),))
    if "tpm" in own:
        product = replace(product, chain=_in_tpm(own["tpm"][0], product))
    owner = _owner(own["voucher-for"][0]) if "voucher-for" in own else None
    if "manufacturer" in own:
        folder = Path(own["manufacturer"][0])
        made_up = manufacturer.manufacturer_in(folder)
        product = replace(product, chain=made_up.idevid(product), manufacturers=(made_up.point,))
        if "tpm" in own:
            certificates.keep(product.chain[0], own["tpm"][0])
        if owner is not None:
            voucher = made_up.voucher(product.serial, owner, int(time.time()) + _VOUCHER_SECONDS)
            replace_durably(folder / f"{product.serial}.voucher", voucher)
    elif owner is not None:
        raise ValueError("--voucher-for needs --manufacturer, which signs the voucher")
    return product


def _in_tpm(tpm: str, product: Product) -> tuple[bytes, ...]:
    """The IDevID that the TPM keeps, if it is this device's. Raises TpmUnavailable."""
    kept = certificates.kept(tpm)
    if kept is None:
        return ()
    public = x509.load_der_x509_certificate(kept).public_key()
    return (kept,) if es256.is_p256(public) and es256.point(public) == product.point else ()


def _owner(file: str) -> bytes:
    """The public key (point, 65 octets) of a file. Raises OSError and ValueError."""
    from companion.identity.public import read_public

    return read_public(read_named(MAX_SMALL_FILE, Path(file)))


def _suites(text: str) -> tuple[int, ...]:
    """Suites from their numbers, separated by commas."""
    suites = {int(suite) for suite in text.split(",")}
    if CLASSIC not in suites or not suites <= set(KNOWN_SUITES):
        raise ValueError("an RP1 device needs suite 1; suite 2 is optional")
    return tuple(sorted(suites))


def _factory_key(name: str, file: str) -> tuple[bytes, Secret]:
    """Id and secret. Raises OSError and ValueError, whose text never holds the content."""
    try:
        text = read_named(MAX_SMALL_FILE, Path(file)).decode("ascii")
        return bytes.fromhex(name), Secret(bytes.fromhex(text.strip()))
    except ValueError:
        raise ValueError("the factory key and its ID must be hexadecimal") from None


def _tell(effect: Effect, say: Callable[[str], None]) -> None:
    match effect:
        case effects.ShowNumber(number):
            say(f"Display: {number}")
        case effects.ClearDisplay():
            say("Display: off")
        case effects.StartVerify():
            say("Verifying the network and the endpoint.")
        case effects.Committed():
            say("Committed; waiting for the final confirmation.")
        case effects.Owned():
            say("Owned.")
        case effects.StateLost():
            say("Change reverted.")

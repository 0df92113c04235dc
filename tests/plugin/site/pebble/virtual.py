"""Virtual pebbles."""

from __future__ import annotations

from collections.abc import Sequence

from companion.secret import Secret
from companion.virtual.access_points import DEMO, AccessPoints, Attempt, load
from companion.virtual.button import PressScript
from companion.virtual.devices import DeviceOptions
from companion.virtual.gatt import AdStructures, Advertising, Central, Characteristic, Properties, Service
from companion.virtual.peripheral import Peripheral
from pebble import codec
from pebble.codec import Answer, PebbleCode

SAMPLE = PebbleCode("Pebble 7", Secret("4711"))
ANSWERS = {
    Attempt.JOINED: Answer.JOINED,
    Attempt.WRONG_PASSPHRASE: Answer.WRONG_PASSPHRASE,
    Attempt.NOT_FOUND: Answer.NOT_FOUND,
}


class VirtualPebble(Peripheral):
    """The device of a label, in range of these networks."""

    def __init__(self, code: PebbleCode, access_points: AccessPoints = DEMO) -> None:
        self.code = code
        self.joined: bytes | None = None
        self._access_points = access_points
        self._answer = b""
        both = Properties.READ | Properties.WRITE
        config = Characteristic(codec.CONFIG, both, read=lambda central: self._answer, write=self._on_write)
        advertised = Advertising.of(
            AdStructures(service_uuids=(codec.SERVICE,)), AdStructures(name=code.name)
        )
        super().__init__((Service(codec.SERVICE, (config,)),), advertised, name=code.name)

    def _on_write(self, central: Central, value: bytes) -> None:
        pin, ssid, passphrase = codec.decode(value)
        if Secret(pin) != self.code.pin:
            self._answer = Answer.WRONG_PIN.value
            return
        answer = ANSWERS[self._access_points.join(ssid, passphrase)]
        if answer is Answer.JOINED:
            self.joined = ssid
        self._answer = answer.value


def samples(press: PressScript | None = None) -> Sequence[Peripheral]:
    """The sample device."""
    return (VirtualPebble(SAMPLE),)


def make(options: DeviceOptions) -> VirtualPebble:
    """A device with the number of `--pin`. Raises ValueError and OSError."""
    (pin,) = options.own.get("pin", ("1234",))
    if not pin.isdigit():
        raise ValueError("a pebble's PIN has digits only")
    code = PebbleCode("Pebble 8", Secret(pin))
    options.say(f"Setup code: {codec.make_code(code)}")
    return VirtualPebble(code, load(options.wifi_air) if options.wifi_air is not None else DEMO)

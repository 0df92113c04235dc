"""What a tag says: setup codes, which Bluetooth device it is for, and networks."""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import TagEmpty
from companion.model import SetupCode, WifiCredentials
from companion.nfc import bluetooth, ndef, records, wifi
from companion.nfc.bluetooth import TaggedDevice
from companion.scanner.codes import Codes, codes_of


@dataclass(frozen=True)
class TagContent:
    """found: its texts, recognised; device: whom a Bluetooth record names; network: of a Wi-Fi record."""

    found: Codes
    device: TaggedDevice | None = None
    network: WifiCredentials | None = None

    @property
    def codes(self) -> tuple[SetupCode, ...]:
        """Those that Companion commissions, else others. Several: somebody says which is meant."""
        return self.found.ready or self.found.codes

    def check(self) -> None:
        """Raise the first CodeMalformed, or TagEmpty, where nothing on the tag is of use."""
        if self.device is None and self.network is None and not self.found.usable():
            raise TagEmpty()


def read(message: bytes) -> TagContent:
    """What an NDEF message says. Raises TagMalformed; a damaged setup code hides no good one."""
    every = ndef.decode(message)
    networks = wifi.networks_of(every)
    return TagContent(
        codes_of(records.texts(every)), bluetooth.device_of(every), networks[0] if networks else None
    )


def message_of(code: SetupCode) -> bytes:
    """The message with which a tag says a setup code. It contains the secret."""
    return ndef.encode([records.of_text(code.text.reveal_text())])

"""What an Improv device said so far, and what its states, errors and results mean for a run. No I/O.

Error 3: it could not join. Error 4: the authorization ran out. State 4 or a result: it joined.
The device clears its error before it obeys, so error 0 says nothing. State 4 and the result of the Wi-Fi
command come in either order, and only the result brings the link to follow.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.errors import (
    CompanionError,
    DeviceInternal,
    JoinFailed,
    NetworkError,
    NetworkNotFound,
    ProtocolViolation,
    WrongPassphrase,
)
from companion.model import Network, WifiCredentials
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Command, Fault, ProvisioningState, Result


@dataclass
class DeviceState:
    """What was heard from the device so far, fed with values of its characteristics.

    state_is_new: the state changed since the last command began
    results: complete results by command, each until somebody takes it
    cut_off: a result has begun and not ended; its whole value may have to be read
    """

    state: ProvisioningState = ProvisioningState.STOPPED
    state_is_new: bool = False
    fault: Fault = Fault.NONE
    results: dict[int, list[Result]] = field(default_factory=dict)
    _assembler: codec.Assembler = field(default_factory=codec.Assembler)

    def receive_state(self, value: bytes) -> None:
        """Raises ProtocolViolation."""
        state = codec.read_state(value)
        self.state_is_new |= state is not self.state
        self.state = state

    def receive_fault(self, value: bytes) -> None:
        """Raises ProtocolViolation."""
        self.fault = codec.read_fault(value)

    def receive_result(self, piece: bytes) -> None:
        """A notification, which may hold a part of a result. Raises ProtocolViolation."""
        whole = self._assembler.feed(piece)
        if whole is not None:
            self._keep(whole)

    def receive_body(self, body: bytes) -> None:
        """A result as a serial packet holds it, without a checksum. Raises ProtocolViolation."""
        result = codec.read_result(body)
        self.results.setdefault(result.command, []).append(result)

    def read_result(self, value: bytes) -> None:
        """The result characteristic's whole value, read because a notification was cut off.

        A value that is no whole frame is passed over: the device then sends its results in pieces.
        """
        length = codec.expected_length(value)
        if self._assembler.waiting and length is not None and length <= len(value):
            self._assembler.clear()
            self._keep(value[:length])

    @property
    def cut_off(self) -> bool:
        return self._assembler.waiting

    def has(self, command: Command) -> bool:
        """Whether a result of a command waits to be taken."""
        return bool(self.results.get(command))

    def take(self, command: Command) -> Result | None:
        """The oldest result of a command that was not taken yet."""
        waiting = self.results.get(command)
        return waiting.pop(0) if waiting else None

    @property
    def reports_joined(self) -> bool:
        """After the Wi-Fi command: its result came, or the device became provisioned. One that was it before
        and says so again may mean the network that it had.
        """
        return self.has(Command.SEND_WIFI) or (
            self.state_is_new and self.state is ProvisioningState.PROVISIONED
        )

    def begin_command(self) -> None:
        """Before a command: what the device said to an earlier one does not count."""
        self.fault, self.state_is_new = Fault.NONE, False
        self._assembler.clear()

    def _keep(self, whole: bytes) -> None:
        self.receive_body(codec.unframe(whole))


def refusal(fault: Fault) -> CompanionError:
    """The error that a device's error value stands for, other than not joining and not authorized."""
    if fault in (Fault.INVALID_RPC, Fault.UNKNOWN_RPC):
        return ProtocolViolation(f"the device answered error {fault.value} to a command")
    return DeviceInternal(f"the device answered error {fault.value}")


def join_failure(wifi: WifiCredentials, networks: tuple[Network, ...] | None) -> NetworkError:
    """Why joining failed, as far as the device's own scan tells; Improv itself gives no reason.

    networks: what the device sees, None if it can't say
    """
    if networks is None or wifi.hidden:
        return JoinFailed(ssid=wifi.name)
    if all(network.ssid != wifi.ssid for network in networks):
        return NetworkNotFound(ssid=wifi.name)
    return WrongPassphrase(ssid=wifi.name) if wifi.passphrase else JoinFailed(ssid=wifi.name)

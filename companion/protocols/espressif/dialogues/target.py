"""A network to join, Wi-Fi or Thread, as the dialogues that give it, apply it and ask how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import NetworkError, NetworkNotFound, ThreadAttachFailed, WrongPassphrase
from companion.model import Credential, WifiCredentials
from companion.networks import thread
from companion.networks.thread.dataset import Entry
from companion.protocols.espressif.dialogues import config
from companion.protocols.espressif.dialogues.config import Join, NetworkStatus
from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.secret import Secret


@dataclass(frozen=True)
class Membership:
    """A network as a device is to be in it. kind: "wifi" or "thread", as prov-ctrl names it."""

    kind: str
    network: bytes

    @property
    def name(self) -> str:
        """The network for people."""
        return self.network.decode(errors="replace")

    @property
    def credential(self) -> Credential:
        """What went to the device, in public facts."""
        return Credential(self.kind, {"ssid" if self.kind == "wifi" else "network": self.name})

    def status(self) -> Exchange[NetworkStatus]:
        """Ask how joining goes."""
        return config.wifi_status() if self.kind == "wifi" else config.thread_status()

    def apply(self) -> Exchange[None]:
        """Let the device join with what it was given."""
        return config.apply_wifi() if self.kind == "wifi" else config.apply_thread()

    def failure(self, join: Join) -> NetworkError | None:
        """The error that the end of an attempt stands for; None while it may still succeed."""
        if join in (Join.JOINED, Join.TRYING, Join.NOT_JOINED):
            return None
        if self.kind == "thread":
            return ThreadAttachFailed(join.value)
        if join is Join.WRONG_SECRET:
            return WrongPassphrase(ssid=self.name)
        if join is Join.NOT_FOUND:
            return NetworkNotFound(ssid=self.name)
        return NetworkError("the device gave no reason")


@dataclass(frozen=True)
class Target(Membership):
    """A membership with the dialogue that hands over its credentials."""

    give: Callable[[], Exchange[None]]


def wifi_target(wifi: WifiCredentials) -> Target:
    """A Wi-Fi network."""
    return Target("wifi", wifi.ssid, lambda: config.set_wifi(wifi))


def thread_target(dataset: Secret) -> Target:
    """A Thread network by its operational dataset. Raises ThreadDatasetUnusable for what is none."""
    name = thread.read(dataset).value(Entry.NETWORK_NAME)
    return Target("thread", name or b"Thread", lambda: config.set_thread(dataset))

"""N: the network that the device should join."""

from __future__ import annotations

from companion.errors.base import CompanionError


class NetworkError(CompanionError):
    code = "N-100"
    title = "The device could not use the network"
    advice = "Check the network, then try again. Nothing else has to be typed again."
    exit_status = 6


class WrongPassphrase(NetworkError):
    code = "N-101"
    title = "The passphrase for {ssid} is wrong"
    advice = "Type it again. Capital and small letters are different."


class NetworkNotFound(NetworkError):
    code = "N-102"
    title = "The device does not see the network {ssid}"
    advice = "Bring it closer to the router. Many devices use 2.4 GHz only."


class NoAddress(NetworkError):
    code = "N-103"
    title = "The network gave the device no address"
    advice = "Check that the router's DHCP has free addresses."


class NameNotResolved(NetworkError):
    code = "N-104"
    title = "The device could not find {endpoint}"
    advice = "Check the endpoint's name and the network's DNS."


class EndpointUnreachable(NetworkError):
    code = "N-105"
    title = "The device could not reach {endpoint}"
    advice = "Check that the endpoint runs and that the network lets the device through."


class ThreadAttachFailed(NetworkError):
    code = "N-106"
    title = "The device could not join the Thread network"
    advice = "Check the dataset and that a border router is near."


class CredentialsUnusable(NetworkError):
    """What the user gave can't be a Wi-Fi network (SSID or passphrase length)."""

    code = "N-107"
    title = "These Wi-Fi details can't be right"
    advice = "A name has 1 to 32 bytes, a passphrase 8 to 63 characters."


class NetworkMissing(NetworkError):
    """The device needs a Wi-Fi network and nobody can be asked for one."""

    code = "N-109"
    title = "The device needs a Wi-Fi network that works"
    advice = "Give one with --wifi-file (JSON with ssid and passphrase, or a WIFI: code)."


class ThreadDatasetMissing(NetworkError):
    """The device joins Thread, and the order holds no operational dataset."""

    code = "N-110"
    title = "The device joins a Thread network, and none was given"
    advice = "Give the network's active operational dataset, as your border router prints it."


class JoinFailed(NetworkError):
    """The device could not join and can't say why."""

    code = "N-111"
    title = "The device could not join {ssid}"
    advice = "Check the passphrase, and that the device is near enough. Many devices use 2.4 GHz only."

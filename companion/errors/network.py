"""N: the network that the device should join."""

from __future__ import annotations

from companion.errors.base import CompanionError
from companion.model import Text


class NetworkError(CompanionError):
    code = "N-100"
    title = "The device could not use the network"
    advice = "Check the network, then try again. You don't need to enter anything else again."
    exit_status = 6

    def __init__(self, detail: str = "", *, missing: Text | None = None, **facts: str | int | float) -> None:
        """missing: what exactly the network lacks."""
        super().__init__(detail, **facts)
        self.missing = missing


class WrongPassphrase(NetworkError):
    code = "N-101"
    title = "Wrong password for {ssid}"
    advice = "Enter it again. Passwords are case-sensitive."


class NetworkNotFound(NetworkError):
    code = "N-102"
    title = "The device can't find the network {ssid}"
    advice = "Move it closer to the router. Many devices support only 2.4 GHz."


class NoAddress(NetworkError):
    code = "N-103"
    title = "The device got no IP address"
    advice = "Check that the router's DHCP server has free addresses."


class NameNotResolved(NetworkError):
    code = "N-104"
    title = "The device could not resolve {endpoint}"
    advice = "Check the endpoint's name and the network's DNS."


class DeviceEndpointUnknown(NetworkError):
    """It has none, or does not find it, for which RP1 has one code. Under a grant it keeps what it has."""

    code = "N-117"
    title = "The device has no endpoint, or can't resolve its name"
    advice = (
        "A certificate is renewed at the endpoint that the device has, and your grant does not change it. "
        "Its owner gives it one with `companion devices reprovision`. If it has one, check the network's DNS."
    )


class EndpointUnreachable(NetworkError):
    code = "N-105"
    title = "The device could not reach {endpoint}"
    advice = "Check that the endpoint is running and that no firewall blocks the device."


class ThreadAttachFailed(NetworkError):
    code = "N-106"
    title = "The device could not join the Thread network"
    advice = "Check the dataset, and that a border router is in range."


class CredentialsUnusable(NetworkError):
    """What the user gave can't be a Wi-Fi network (SSID or passphrase length)."""

    code = "N-107"
    title = "Invalid Wi-Fi details"
    advice = "A network name has 1 to 32 bytes, a password 8 to 63 characters."


class NetworkMissing(NetworkError):
    """The device needs a Wi-Fi network and nobody can be asked for one."""

    code = "N-109"
    title = "The device needs a Wi-Fi network"
    advice = "Provide one with --wifi-file (JSON with ssid and passphrase, or a WIFI: code)."


class ThreadDatasetMissing(NetworkError):
    """The device joins Thread, and the order holds no operational dataset."""

    code = "N-110"
    title = "The device needs a Thread network"
    advice = "Provide the network's active operational dataset, as your border router shows it."


class JoinFailed(NetworkError):
    """The device could not join and can't say why."""

    code = "N-111"
    title = "The device could not join {ssid}"
    advice = "Check the password and move the device closer to the router. Many devices support only 2.4 GHz."


class NetworkUnsupported(CredentialsUnusable):
    """The details are right, and this kind of device can't be given them (a protocol's limit)."""

    code = "N-112"
    title = "This device can't join {ssid} with these details"
    advice = (
        "Use the network's password instead of its 64-digit key, or another network. "
        "Not every device supports company networks."
    )


class DeviceUnreachable(NetworkError):
    """The device joined the network and can't be reached there."""

    code = "N-113"
    title = "This computer can't reach the device on the network"
    advice = "Connect this computer to the device's network, then try again."


class BorderRouterSilent(NetworkError):
    """No border router of this name or at this address hands out its network's dataset."""

    code = "N-114"
    title = "No Thread dataset from {router}"
    advice = (
        "Only an OpenThread border router with its REST interface switched on provides it. Copy the "
        "dataset from the border router's app instead."
    )


class ThreadDatasetUnusable(NetworkError):
    """What was given is no operational dataset, or none that a device could join with."""

    code = "N-115"
    title = "This is not a usable Thread dataset"
    advice = "Copy the active dataset again, all of it, from the border router's app."

    @property
    def sentence(self) -> Text:
        return self.advice_with_facts


class ThreadNetworkUnknown(NetworkError):
    """No Thread network of this name is kept."""

    code = "N-116"
    title = "No saved Thread network “{wanted}”"
    advice = "List saved networks with `companion dataset`."
    retryable = False
    exit_status = 2


class EstUnreachable(NetworkError):
    """The company's certificate server does not answer, or is not the one that its roots vouch for."""

    code = "N-150"
    title = "The certificate server {server} can't be reached securely"
    advice = "Check its address, and that the root certificate you have for it is the right one."


class EstRefused(NetworkError):
    """The company's certificate server answers, and issues nothing (RFC 7030, 4.2.3)."""

    code = "N-151"
    title = "The certificate server {server} rejected the request (HTTP {status})"
    advice = "Check the user name and password, and ask its administrator what it requires of a request."


class EstPending(NetworkError):
    """Somebody has to approve the request first (RFC 7030, 4.2.3)."""

    code = "N-152"
    title = "The certificate server {server} waits for an approval"
    advice = "Have the request approved, then try again in {minutes} minutes."


class EstAnswerInvalid(NetworkError):
    """The company's certificate server sent no certificate for the key that was asked for."""

    code = "N-153"
    title = "The certificate server {server} sent an unusable answer"
    advice = "It may be another service. Check its address with its administrator."
    retryable = False

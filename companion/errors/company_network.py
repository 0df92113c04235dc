"""N-170 on: company networks (802.1X), met by a device or proved from this computer."""

from __future__ import annotations

from companion.errors.network import NetworkError, NetworkUnsupported


class CompanyNetworkUnsupported(NetworkUnsupported):
    """This kind of device has no way to be given a certificate for a network's login."""

    code = "N-170"
    title = "This device can't join the company network {ssid}"
    advice = (
        "{protocol} has no certificate login. Use a network with a password, or a device that supports RP1."
    )


class ServerCertificateUntrusted(NetworkError):
    """The RADIUS server's certificate is from another CA than the trust anchors."""

    code = "N-171"
    title = "The certificate of {ssid}'s login server is not from the CA that you chose"
    advice = (
        "Compare the CA's fingerprint with your administrator's. It may be the wrong file, or a fake access "
        "point. Only the identity was sent to it."
    )


class ServerNameDiffers(NetworkError):
    code = "N-172"
    title = "{ssid}'s login server has a different name"
    advice = (
        "Ask your administrator for the name in the server's certificate. Only the identity was sent to it."
    )


class OwnCertificateRejected(NetworkError):
    """The server rejects a certificate of ours. Most servers do not say why."""

    code = "N-173"
    title = "{ssid}'s login server rejects the certificate"
    advice = (
        "Give your administrator the folder that `companion network radius` writes: it contains your root, "
        "its revocation list and the steps. If they have it, that list may have expired, or the certificate "
        "is revoked."
    )


class OwnCertificateRevoked(NetworkError):
    code = "N-174"
    title = "{ssid}'s login server says that the certificate is revoked"
    advice = "A revoked device gets in only after it has been commissioned again."


class LoginRejected(NetworkError):
    code = "N-175"
    title = "{ssid} rejects the login without a reason"
    advice = "Ask your administrator what the RADIUS server's log says about this identity."


class NetworkNotSeen(NetworkError):
    """Not the device: this computer looked."""

    code = "N-176"
    title = "This computer can't find the network {ssid}"
    advice = "Check the name and move closer to an access point."


class RadiusServerSilent(NetworkError):
    code = "N-177"
    title = "No RADIUS server answers at {address}"
    advice = "Check its address, that it knows this computer as a client, and the shared secret."


class ServerCertificateExpired(NetworkError):
    code = "N-178"
    title = "The certificate of {ssid}'s login server is not valid now"
    advice = "Check this computer's clock. If it is right, the server needs a new certificate."


class CheckUnavailable(NetworkError):
    """This computer lacks what a check needs."""

    code = "N-179"
    title = "{ssid} can't be checked from this computer"
    advice = "Ask the RADIUS server itself (--radius), or use a computer with Wi-Fi."
    retryable = False


class ServerRootMissing(NetworkError):
    """A handshake shows no CA that could be trusted: servers need not send their root."""

    code = "N-180"
    title = "{ssid}'s login server doesn't send its CA"
    advice = "Ask your administrator for the CA's certificate, then use it with --ca."
    retryable = False


class OwnListExpired(NetworkError):
    """A server that checks an expired revocation list lets nobody in."""

    code = "N-181"
    title = "{ssid}'s login server uses an expired revocation list"
    advice = "Run `companion trust crl`, and give your administrator the new list."

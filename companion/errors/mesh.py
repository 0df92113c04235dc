"""A-175 on and D-130 on: Bluetooth mesh."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError
from companion.errors.device import DeviceError


class MeshSecretWrong(AuthenticationError):
    """The device's confirmation is not of the secret that both should have."""

    code = "A-175"
    title = "The device did not prove the secret"
    advice = (
        "The secret may be another device's, or someone else may be answering. No keys were handed over. "
        "Check the secret on the device itself, then try again."
    )


class MeshReflected(AuthenticationError):
    """What came back as the device's key, confirmation or random is what we sent (CVE-2020-26560)."""

    code = "A-176"
    title = "The device repeated this computer's own messages"
    advice = (
        "No real device does that, so someone else may be answering. No keys were handed over. Try again "
        "in another place."
    )


class MeshSecretSpent(AuthenticationError):
    """A static secret with which an earlier exchange ended before the device had proved that it knows it."""

    code = "A-177"
    title = "Someone else may know the device's secret"
    advice = (
        "An earlier run ended before the device had proved itself, and whoever answered then may have "
        "learned the secret. Let the device show a number instead, if it can, or reset it."
    )
    retryable = False


class MeshProvisioningRefused(DeviceError):
    """The device ended provisioning and gave a reason, which is in `detail`."""

    code = "D-130"
    title = "The device stopped provisioning"
    advice = "Restart the device, then try again. If it happens again, reset it."


class MeshNetworkFull(DeviceError):
    """No unicast addresses or sequence numbers are left, and none is used twice."""

    code = "D-131"
    title = "The mesh network has no addresses left"
    advice = "Addresses are never used twice. Set up further devices in a new network."
    retryable = False

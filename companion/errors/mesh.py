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
        "learned the secret. A reset does not change it. Let the device show a number instead "
        "(`--method output-oob`), if it can, or give its public key (`--oob-public-key`). If no stranger can "
        "have been in range, run the command in a terminal, or with `--accept-risks`, and accept the risk."
    )
    retryable = False


class MeshProvisioningRefused(DeviceError):
    """The device ended provisioning and gave a reason, which is in `detail`."""

    code = "D-130"
    title = "The device stopped provisioning"
    advice = "Restart the device, then try again. If it happens again, reset it."


class MeshAlreadyProvisioned(DeviceError):
    """The device is a node of a network, ours or another one, and takes no second one."""

    code = "D-132"
    title = "The device is already in a mesh network"
    advice = (
        "If `companion mesh` lists it, use it as it is, or release it with `companion mesh reset`. If not, "
        "it is in someone else's network: its owner removes it there, or you reset it (see its manual)."
    )


class MeshProtectionMissing(AuthenticationError):
    """The device does not offer what the command line requires of it."""

    code = "A-178"
    title = "The device does not offer the required protection"
    advice = (
        "No keys were handed over. Use a device that offers it, or leave out the option that requires it."
    )
    retryable = False


class MeshNetworkFull(DeviceError):
    """No unicast addresses or sequence numbers are left, and none is used twice."""

    code = "D-131"
    title = "The mesh network has no addresses left"
    advice = "Addresses are never used twice. Set up further devices in a new network."
    retryable = False

"""The one error tree. Every failure that a user can meet has a stable code, a title and advice.

Families and exit statuses: C setup code 3 · R radio 4 · A authentication 5 · D device 6 · N network 6 ·
U unknown outcome 7 · S storage 8 · X cancelled 130.

`title` and `advice` are English templates; `facts` fill their `{places}`, and `ui` translates the
templates. `detail` is for reports: technical, never secret, never needed to know what to do.
"""

from __future__ import annotations

from typing import Any, ClassVar


class CompanionError(Exception):
    """Root of the tree. Raise a leaf; catch a family, a leaf, or this."""

    code: ClassVar[str] = "U-900"
    title: ClassVar[str] = "Something went wrong inside Companion"
    advice: ClassVar[str] = "Try again. If it happens twice, send us the report."
    retryable: ClassVar[bool] = True
    exit_status: ClassVar[int] = 1

    def __init__(self, detail: str = "", **facts: str | int | float) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts = facts

    @property
    def title_text(self) -> str:
        """The title with its places filled."""
        return self.title.format(**self.facts)

    @property
    def advice_text(self) -> str:
        """The advice with its places filled."""
        return self.advice.format(**self.facts)

    def __str__(self) -> str:
        tail = f" ({self.detail})" if self.detail else ""
        return f"{self.code} {self.title_text}{tail}"

    def as_json(self, step: str | None = None) -> dict[str, Any]:
        """For `--json`: code, title, advice, step, retryable, and the technical detail."""
        return {
            "code": self.code,
            "title": self.title_text,
            "advice": self.advice_text,
            "step": str(step) if step else None,
            "retryable": self.retryable,
            "detail": self.detail or None,
        }


# --- C: setup codes ---------------------------------------------------------------------------------


class SetupCodeError(CompanionError):
    code = "C-100"
    title = "This setup code can't be used"
    advice = "Scan the label again, or type the code that is printed below it."
    exit_status = 3


class CodeUnreadable(SetupCodeError):
    """No code was found in an image, or the file is not an image."""

    code = "C-101"
    title = "No setup code in this picture"
    advice = "Take the picture closer, straight on and without glare, or type the code."


class CodeMalformed(SetupCodeError):
    """It announces itself as a kind of code but does not parse."""

    code = "C-102"
    title = "The {kind} code is damaged"
    advice = "Part of it is missing or changed. Scan it again, or compare it with the label."


class CodeForeign(SetupCodeError):
    """A code of a kind that Companion knows but does not commission, or does not know."""

    code = "C-103"
    title = "{kind}"
    advice = "{verdict}"
    retryable = False


class CodeUniformSecret(SetupCodeError):
    """The secret is not random, or another device in the registry has the same one."""

    code = "C-104"
    title = "The secret in this code is not secret"
    advice = (
        "It is the same for a whole batch of devices, or not random, so anyone could take this device "
        "over. Ask the maker for a device with its own code."
    )
    retryable = False


class ImageRefused(SetupCodeError):
    """The image is too large, empty or of a format that can't be opened."""

    code = "C-105"
    title = "This file can't be opened as a picture"
    advice = "Use a PNG, JPEG or WebP picture of at most 50 megapixels."


class CameraUnavailable(SetupCodeError):
    code = "C-106"
    title = "The camera gives no picture"
    advice = "Close other programs that use it, plug it in again, or type the code."


class SecretsShared(SetupCodeError):
    """Labels for a batch in which one secret would open several devices."""

    code = "C-107"
    title = "Two devices of this batch would have the same secret"
    advice = "Give each device its own: {first} and {second} have the same. Nothing was printed."
    retryable = False


class LabelTooSmall(SetupCodeError):
    """The modules of a printed code would be too small to be read."""

    code = "C-108"
    title = "The code does not fit on {size} mm"
    advice = "It needs {needed} mm: use larger labels, or a shorter code. Nothing was printed."


# --- R: radio ---------------------------------------------------------------------------------------


class RadioError(CompanionError):
    code = "R-100"
    title = "Bluetooth failed"
    advice = "Switch Bluetooth off and on, then try again."
    exit_status = 4


class DeviceNotFound(RadioError):
    code = "R-101"
    title = "The device is not in range"
    advice = "Check that it has power and is in set-up mode, and bring it within two metres."


class ConnectFailed(RadioError):
    code = "R-102"
    title = "The device could not be reached"
    advice = "Bring it within two metres, and switch it off and on if it stays silent."


class LinkLostError(RadioError):
    code = "R-103"
    title = "The device stopped answering"
    advice = "The radio link went away. Bring the device within two metres and try again."


class OperationTimeout(RadioError):
    code = "R-104"
    title = "The device took too long to answer"
    advice = "Switch the device off and on, bring it closer, and try again."


class AttributeFailure(RadioError):
    """An ATT error response; `att_code` is its number."""

    code = "R-105"
    title = "The device refused a Bluetooth request"
    advice = "Switch the device off and on and try again. If it stays, its firmware has a fault."

    def __init__(self, detail: str = "", *, att_code: int = 0, **facts: str | int | float) -> None:
        super().__init__(detail, **facts)
        self.att_code = att_code


class ServiceMissing(RadioError):
    """The device lacks a characteristic that its protocol demands."""

    code = "R-106"
    title = "The device does not offer what it advertised"
    advice = "Switch it off and on. If it stays, its firmware does not fit its setup code."


class PairingFailed(RadioError):
    code = "R-107"
    title = "Bluetooth pairing with the device failed"
    advice = "Remove the device from this computer's Bluetooth list, then try again."


class NoAdapter(RadioError):
    code = "R-110"
    title = "This computer has no Bluetooth adapter that works"
    advice = "Plug in a Bluetooth adapter, or run `companion doctor` to see what is missing."


class AdapterOff(RadioError):
    code = "R-111"
    title = "Bluetooth is switched off"
    advice = "Switch Bluetooth on in the system settings, then try again."


class PermissionDenied(RadioError):
    code = "R-112"
    title = "Companion may not use Bluetooth"
    advice = "Allow Bluetooth for Companion in the system's privacy settings, then try again."


class NoBluetoothService(RadioError):
    code = "R-113"
    title = "This computer's Bluetooth service is not running"
    advice = "Start it (`sudo systemctl start bluetooth` on Linux), then try again."


class RadioSpecError(RadioError):
    """`--radio` names a radio that can't be opened."""

    code = "R-114"
    title = "The radio “{spec}” can't be opened"
    advice = "Use `os`, `virtual` or `bumble:TRANSPORT`, and check that the transport is there."


class PortUnavailable(RadioError):
    """A serial port that is not there, in use, or not ours to open."""

    code = "R-115"
    title = "The serial port {port} can't be opened"
    advice = "Check the cable, and that no other program uses the port. Linux may want you in its group."


class PortSilent(RadioError):
    """Nothing on a serial port answers in the protocol that was tried."""

    code = "R-116"
    title = "Nothing on {port} answers"
    advice = "Press the device's reset button and try again. Its firmware must take set-up over the cable."


# --- A: authentication ------------------------------------------------------------------------------


class AuthenticationError(CompanionError):
    code = "A-100"
    title = "The device and this computer could not prove themselves to each other"
    advice = "Check that the code belongs to this very device, then try again."
    exit_status = 5


class WrongSetupSecret(AuthenticationError):
    """The device did not accept what the setup code says (r, PoP, PSK)."""

    code = "A-101"
    title = "The setup code does not fit this device"
    advice = "The secret in the code was refused. Scan the label on the device itself, not on another one."


class WrongIdentity(AuthenticationError):
    """The peer's identity key is not the one that the code names."""

    code = "A-102"
    title = "This is not the device of the label"
    advice = (
        "Something answered in its place, or the label belongs to another device. Nothing was handed "
        "over. Move away from other devices in set-up mode and scan again."
    )


class NumbersDiffer(AuthenticationError):
    code = "A-103"
    title = "The numbers were different"
    advice = (
        "Someone may stand between this computer and the device, or the number of another device was "
        "read. Nothing was handed over. Try again, and look at this device's display."
    )


class AttestationFailed(AuthenticationError):
    code = "A-104"
    title = "The device could not prove that it is a genuine product"
    advice = "Its certificate does not lead to a maker that you trust. Do not use it before asking the maker."
    retryable = False


class DowngradeRefused(AuthenticationError):
    """The device offers less than its code or its own INFO promised."""

    code = "A-105"
    title = "The device offers weaker protection than its code promises"
    advice = "Someone may be tampering with the radio. Nothing was handed over. Try again elsewhere."


class LockedOut(AuthenticationError):
    code = "A-106"
    title = "The device is locked after too many attempts"
    advice = "{what_to_do}"

    def __init__(self, detail: str = "", *, seconds: int | None = None) -> None:
        what = (
            f"Wait {seconds} seconds, then try again."
            if seconds is not None
            else "Press the button on the device (hold it for three seconds), then try again."
        )
        super().__init__(detail, what_to_do=what)
        self.seconds = seconds


class MethodUnavailable(AuthenticationError):
    code = "A-107"
    title = "The device and the code have no common way to prove themselves"
    advice = "Use the code on the device's label, or update the device."
    retryable = False


class NotAuthorised(AuthenticationError):
    """The device's owner is someone else, or the act is not allowed in its state."""

    code = "A-108"
    title = "The device belongs to someone already"
    advice = "Ask its owner to transfer it, or reset it (hold its button for ten seconds) and scan again."


class TooManyAttempts(AuthenticationError):
    """Companion's own limit of number comparisons for one action of the user."""

    code = "A-109"
    title = "Three comparisons failed in a row"
    advice = "Each try gives an attacker a chance, so Companion stops here. Start again when you are ready."


class WrongUsername(AuthenticationError):
    code = "A-110"
    title = "The device does not know this user name"
    advice = "Check the user name on the device's label, then try again."


class ComparisonTimeout(AuthenticationError):
    code = "A-111"
    title = "The numbers were not confirmed in time"
    advice = "Try again, and press the button on the device and “They match” here within two minutes."


class ButtonNotPressed(AuthenticationError):
    """The device waits for a press of its button before it takes credentials."""

    code = "A-112"
    title = "The button on the device was not pressed"
    advice = "Try again, and press it within a minute when Companion asks for it."


# --- D: the device refused ------------------------------------------------------------------------


class DeviceError(CompanionError):
    code = "D-100"
    title = "The device refused"
    advice = "Switch it off and on, then try again."
    exit_status = 6


class ProtocolViolation(DeviceError):
    """The device sent what its protocol does not allow."""

    code = "D-101"
    title = "The device sent something that makes no sense"
    advice = "Switch it off and on and try again. If it stays, its firmware has a fault."


class VersionUnsupported(DeviceError):
    code = "D-102"
    title = "The device speaks a version that Companion does not know"
    advice = "Update Companion or the device."
    retryable = False


class DeviceBusy(DeviceError):
    code = "D-103"
    title = "The device is being set up by someone else"
    advice = "Wait until that is over (at most 15 minutes), or switch the device off and on."


class DeviceFull(DeviceError):
    code = "D-104"
    title = "The device has no room for its credentials"
    advice = "Reset it, or update its firmware."


class DeviceInternal(DeviceError):
    code = "D-105"
    title = "The device had an internal failure"
    advice = "Switch it off and on, then try again."


class CertificateRefused(DeviceError):
    """The device, or the endpoint it called, refused the operational certificate."""

    code = "D-106"
    title = "The endpoint refused the device's certificate"
    advice = "Check that the endpoint trusts your CA, and that the clocks of both are right."


class CredentialsRejected(DeviceError):
    code = "D-107"
    title = "The device did not accept its credentials"
    advice = "Nothing has changed on it. Try again. If it stays, send us the report."


class CsrRefused(DeviceError):
    """The device's certificate request is not bound to this session, or malformed."""

    code = "D-108"
    title = "The device's certificate request is not its own"
    advice = "Nothing was issued. Switch the device off and on and try again."


class ReceiptInvalid(DeviceError):
    code = "D-109"
    title = "The device's receipt does not hold"
    advice = "Its signature or content is wrong. Check the device before you rely on it."


class CancelledOnDevice(DeviceError):
    code = "D-110"
    title = "Setting up was cancelled on the device"
    advice = "Start again when you are ready."


class DeviceNeedsReset(DeviceError):
    """Its firmware keeps the first network details that it got and takes no others."""

    code = "D-111"
    title = "The device takes no other network details"
    advice = "Reset it to its factory settings (its manual says how), then try again."


# --- N: the network that the device should join ------------------------------------------------------


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


class ProofMissing(NetworkError):
    """The device has its credentials but was not seen at the endpoint."""

    code = "N-108"
    title = "The device has its credentials but did not show up at {endpoint}"
    advice = "Check that the endpoint runs and that the network lets the device through."


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


# --- U: unknown outcome ---------------------------------------------------------------------------


class OutcomeUnknown(CompanionError):
    code = "U-100"
    title = "May have been set up: check"
    advice = "The link went after the credentials were sent. Run the same again: it asks the device first."
    exit_status = 7


# --- S: storage -----------------------------------------------------------------------------------


class StorageError(CompanionError):
    code = "S-100"
    title = "Companion could not write its records"
    advice = "Check the free space and the permissions of its data folder."
    exit_status = 8


class KeyStoreUnavailable(StorageError):
    code = "S-101"
    title = "The key store can't be opened"
    advice = "Unlock the system's key store, or set COMPANION_PASSPHRASE to use an encrypted file."


class KeyStorePassphraseWrong(StorageError):
    code = "S-102"
    title = "The passphrase of the key file is wrong"
    advice = "Type it again. Without it, the keys in the file can't be recovered."


class RegistryDamaged(StorageError):
    code = "S-103"
    title = "The registry can't be read"
    advice = "Restore a backup of registry.db, or move the file away to start a new one."


class RegistryBusy(StorageError):
    code = "S-104"
    title = "Another Companion is writing to the registry"
    advice = "Close the other window, then try again."


class RecordMissing(StorageError):
    code = "S-105"
    title = "There is no record “{wanted}”"
    advice = "`companion devices` and `companion runs` list what there is."
    retryable = False


class KeyStoreDamaged(StorageError):
    """The key file is cut short, changed, or not one of ours. It is never overwritten."""

    code = "S-106"
    title = "The key file can't be read"
    advice = "Restore a backup of it. Companion has left the file as it is."
    retryable = False


class KeyStoreBusy(StorageError):
    code = "S-107"
    title = "Another Companion is using the key file"
    advice = "Wait until it is done or close it, then try again."


class WrittenByNewer(StorageError):
    """A registry or key file of a later version; this one would not understand all of it."""

    code = "S-108"
    title = "These records were written by a newer Companion"
    advice = "Use that version again. This one has left them as they are."
    retryable = False


class LogHeadInvalid(StorageError):
    """A file that should be the signed head of a log, and is not signed by its owner."""

    code = "S-109"
    title = "This is not a head of your log"
    advice = "Choose a head that this owner signed and that was exported from this registry."
    retryable = False


class LogRewritten(StorageError):
    """The log does not begin with what it held when the head was signed."""

    code = "S-110"
    title = "The log of receipts has been changed"
    advice = "Entries are missing or different since this head was signed. Restore a backup of registry.db."
    retryable = False


class IdentityExists(StorageError):
    """A backup would replace an identity, and with it the key that owns devices."""

    code = "S-111"
    title = "There is an identity here already"
    advice = "Restore into an empty data folder, or move {file} away if no device depends on it."
    retryable = False


# --- X: ended by the user ----------------------------------------------------------------------------


class Cancelled(CompanionError):
    """The user ended the run; the device was told where that was possible."""

    code = "X-100"
    title = "Cancelled"
    advice = "Nothing was handed over."
    exit_status = 130

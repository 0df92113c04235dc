"""C: setup codes, pictures, labels."""

from __future__ import annotations

from companion.errors.authentication import MethodUnavailable
from companion.errors.base import CompanionError
from companion.model import Text


class SetupCodeError(CompanionError):
    code = "C-100"
    title = "Unusable setup code"
    advice = "Scan the label again, or enter the code printed below it."
    exit_status = 3


class CodeUnreadable(SetupCodeError):
    """No code was found in an image, or the file is not an image."""

    code = "C-101"
    title = "No setup code found in the image"
    advice = "Take the picture from closer, straight on and without glare, or enter the code."


class CodeMalformed(SetupCodeError):
    """It announces itself as a kind of code but does not parse."""

    code = "C-102"
    title = "The {kind} code is damaged"
    advice = "Part of it is missing or wrong. Scan it again, or compare it with the label."


class CodeForeign(SetupCodeError):
    """A code of a kind that Companion knows but does not commission, or does not know."""

    code = "C-103"
    title = "{kind}"
    advice = "{verdict}"
    retryable = False


class SecretPredictable(SetupCodeError):
    """The secret is not random, or another device in the registry has the same one."""

    code = "C-104"
    title = "The setup code's secret is predictable"
    advice = (
        "It is shared by a whole batch of devices or not random, so anyone could take over this "
        "device. Ask the manufacturer for a device with its own code."
    )
    retryable = False


class ImageRefused(SetupCodeError):
    """The image is too large, empty or of a format that can't be opened."""

    code = "C-105"
    title = "Can't open the file as an image"
    advice = "Use a PNG or JPEG image of at most 200 megapixels."


class CameraUnavailable(SetupCodeError):
    code = "C-106"
    title = "No image from the camera"
    advice = "Close other programs that use it, reconnect it, or enter the code."


class SecretsShared(SetupCodeError):
    """Labels for a batch in which one secret would open several devices."""

    code = "C-107"
    title = "Two devices share the same secret"
    advice = "{first} and {second} have the same secret; nothing was printed. Give each device its own."
    retryable = False


class LabelTooSmall(SetupCodeError):
    """The modules of a printed code would be too small to be read."""

    code = "C-108"
    title = "The code does not fit in {size} mm"
    advice = "It needs {needed} mm; nothing was printed. Use larger labels or a shorter code."


class SeveralCodes(SetupCodeError):
    """Several codes in an image can be commissioned, and nobody can be asked which is meant."""

    code = "C-109"
    title = "Several setup codes in the image"
    advice = "Use an image of one of them, or enter its code: {candidates}."
    retryable = False


class FormatUnavailable(ImageRefused):
    """An image of a format whose decoder this system does not have."""

    code = "C-110"
    title = "{format} images can't be opened on this computer"
    advice = "Save the image as JPEG or PNG, for example by sharing it from the phone as JPEG."
    retryable = False


class SecretMissing(SetupCodeError):
    """It says which device it is for, and has no secret that would open it."""

    code = "C-111"
    title = "This setup code has no secret"
    advice = "The device can't be set up with it. Follow its manufacturer's instructions to get one that can."
    retryable = False

    def __init__(self, detail: str = "", *, missing: Text | None = None) -> None:
        """missing: where its user gets the secret."""
        super().__init__(detail)
        self.missing = missing


class LightUnread(SetupCodeError):
    """No light in front of the camera was read; the detail says how far it got."""

    code = "C-150"
    title = "The device's light could not be read"
    advice = (
        "Hold the device still and close to the camera, cover other lights, and start its blinking again. "
        "The camera needs at least 15 images a second."
    )


class SecretUnasked(MethodUnavailable):
    """The device's secret has to be typed, and nobody is there who could."""

    code = "A-179"
    title = "The device's secret is needed"
    advice = "Run the command in a terminal to be asked for it, or give the setup code that contains it."

"""C: setup codes, pictures, labels."""

from __future__ import annotations

from companion.errors.base import CompanionError


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

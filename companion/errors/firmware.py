"""F: firmware files."""

from __future__ import annotations

from companion.errors.base import CompanionError


class FirmwareError(CompanionError):
    code = "F-100"
    title = "The firmware file can't be used"
    advice = "Check that it is the file that you mean, and download it again."
    retryable = False
    exit_status = 6


class FirmwareUnknown(FirmwareError):
    code = "F-101"
    title = "The file is of no known firmware format"
    advice = "Companion knows images of ESP-IDF and MCUboot, and SUIT manifests. Unpack an archive first."


class FirmwareMalformed(FirmwareError):
    code = "F-102"
    title = "The firmware file is damaged"
    advice = "It is cut short or contradicts itself. Download it again."


class FirmwareKeyUnusable(FirmwareError):
    code = "F-103"
    title = "The key can't be used to check firmware"
    advice = "Give a public key of EC, RSA or Ed25519 in PEM."

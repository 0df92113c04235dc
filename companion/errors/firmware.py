"""F: firmware: files, rules on it, and its way to devices."""

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


class FirmwareTooOld(FirmwareError):
    code = "F-104"
    title = "The device's firmware {version} is older than {least}, which your rule asks for"
    advice = "Update the device's firmware first. The device got no credentials."


class FirmwareSequenceTooLow(FirmwareError):
    code = "F-105"
    title = "The device's firmware has sequence number {sequence}, and your rule asks for {least}"
    advice = "Update the device's firmware first. The device got no credentials."


class FirmwareNonceReused(FirmwareError):
    code = "F-106"
    title = "The device's firmware reuses its nonce, which your rule excludes"
    advice = "Update the device to firmware built with ESP-IDF 5.5 or later. The device got no credentials."


class FirmwareNotTold(FirmwareError):
    code = "F-107"
    title = "Your firmware rule for {subject} can't be checked on this device"
    advice = "The device got no credentials. Change the rule if devices that do not say this may be set up."


class FirmwareRuleUnusable(FirmwareError):
    code = "F-108"
    title = "The firmware rule can't be used"
    advice = "Say for which model or protocol it is, and which version, sequence number or fix it asks for."
    exit_status = 2


class FirmwareRuleMissing(FirmwareError):
    code = "F-109"
    title = "No firmware rule has this id, or several have"
    advice = "See your rules with `companion firmware rule list`."
    exit_status = 2


class FirmwareFileRefused(FirmwareError):
    code = "F-110"
    title = "The firmware file is not what the rule asks for"
    advice = "See what is wrong with it: `companion firmware explain FILE`."

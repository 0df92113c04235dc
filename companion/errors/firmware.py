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
    title = "The firmware file did not pass its checks"
    advice = "See what is wrong with it: `companion firmware explain FILE`."


class SmpExtraMissing(FirmwareError):
    code = "F-111"
    title = "Companion is installed without firmware updates over Bluetooth"
    advice = "Install Companion with its extra “smp”."
    exit_status = 2


class ImageUnfit(FirmwareError):
    code = "F-112"
    title = "The board can't use this image"
    advice = "Choose an MCUboot image that was built for this board."


class FlashFull(FirmwareError):
    code = "F-113"
    title = "The image does not fit into the board"
    advice = "The board keeps its firmware. Build a smaller image, or one for a board with more flash."


class ImageHashWrong(FirmwareError):
    code = "F-114"
    title = "The board received another image than was sent"
    advice = "The board keeps its firmware. Try again; if it happens again, its flash may be damaged."
    retryable = True


class SmpRefused(FirmwareError):
    code = "F-115"
    title = "The board rejected the update"
    advice = "Restart the board and try again."
    retryable = True


class SmpMalformed(FirmwareError):
    code = "F-116"
    title = "The board's answers can't be read"
    advice = "Restart the board and try again. Its firmware may speak another version of SMP."
    retryable = True


class ImageReverted(FirmwareError):
    code = "F-117"
    title = "The board went back to firmware {version}"
    advice = "It did not start the new image, or that one did not stay. Check who has to have signed it."


class FirmwareDowngrade(FirmwareError):
    code = "F-118"
    title = "The board runs a newer firmware"
    advice = (
        "An older version can bring back flaws that were fixed. To send it all the same, add --allow-older."
    )

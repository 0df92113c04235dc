"""C-130 to C-142: NFC tags and their readers."""

from __future__ import annotations

from companion.errors.setup_code import SetupCodeError


class TagError(SetupCodeError):
    """Something about an NFC tag or its reader; its leaves say what."""

    code = "C-130"
    title = "Can't use the NFC tag"
    advice = "Hold the tag flat on the reader and try again, or use the code on the label."


class TagMalformed(TagError):
    """What is on the tag breaks the rules of the NFC Forum."""

    code = "C-131"
    title = "The NFC tag is damaged"
    advice = "Its content breaks off or is wrong. Hold it to the reader again, or use the code on the label."


class TagUnsupported(TagError):
    """A kind of tag that holds no NDEF message, or none that can be read without a key."""

    code = "C-132"
    title = "This kind of NFC tag is not supported"
    advice = "Companion uses NFC Forum Type 2 and Type 4 tags that need no key. Use the code on the label."
    retryable = False


class TagLost(TagError):
    """It was taken away while it was read or written."""

    code = "C-133"
    title = "The NFC tag was removed too early"
    advice = "Hold it still on the reader until Companion is done."


class TagEmpty(TagError):
    """It can be read, and nothing on it is of use."""

    code = "C-134"
    title = "No setup code on the NFC tag"
    advice = "Use another tag of the device, or the code on its label."


class SeveralTags(TagError):
    """More than one reader has a tag."""

    code = "C-135"
    title = "Several NFC tags at once"
    advice = "Hold only one tag to a reader."


class ReaderMissing(TagError):
    code = "C-136"
    title = "No NFC reader found"
    advice = "Connect one, or run `companion doctor` to see what is missing."


class ReaderServiceMissing(TagError):
    """The system's service for smart card readers does not answer."""

    code = "C-137"
    title = "The smart card service is not running"
    advice = "Run `companion doctor` to see how to start it."


class NfcUnavailable(TagError):
    """The library for readers is not installed."""

    code = "C-138"
    title = "NFC support is not installed"
    advice = "Install it with `pip install 'companion[nfc]'`, then start Companion again."
    retryable = False


class TagLocked(TagError):
    """A tag that should be written is read-only."""

    code = "C-139"
    title = "The NFC tag is write-protected"
    advice = "Use another tag."


class TagTooSmall(TagError):
    code = "C-140"
    title = "The setup code does not fit on the NFC tag"
    advice = "It needs {needed} bytes and the tag has {room}. Use a larger tag, such as an NTAG215."


class TagDiffers(TagError):
    """What was read back is not what was written."""

    code = "C-141"
    title = "The NFC tag does not contain what was written"
    advice = "Discard the tag and use another one."


class TagNotLocked(TagError):
    """It was written, and could not be made read-only."""

    code = "C-142"
    title = "The NFC tag could not be locked"
    advice = (
        "It was written, but anyone can overwrite it. Use tags of type NTAG213, 215 or 216, or do not lock."
    )

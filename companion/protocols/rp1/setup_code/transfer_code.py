"""RP1 transfer tokens: no setup code, but a text that people scan and paste all the same."""

from __future__ import annotations

from companion.model import Finding, SetupCode, Severity, Text
from companion.secret import Secret

PREFIX = "RP1T:"


def recognise(text: str) -> SetupCode | None:
    """The token if the text starts with `RP1T:`. It is read when it is accepted, not here."""
    if text.lstrip()[: len(PREFIX)].upper() != PREFIX:
        return None
    return SetupCode(
        ecosystem="rp1-transfer",
        title="RP1 transfer token",
        verdict=Text(
            "This transfers a device to its new owner. Save it to a file and run `companion devices "
            "accept` in range of the device."
        ),
        text=Secret(text),
        findings=(
            Finding(
                Text("Keep this token secret"),
                Text("In bearer form, anyone who has this text can take over the device."),
                Severity.WARNING,
            ),
        ),
    )

"""RP1 grants and requests for them: no setup codes, but texts that people scan and paste all the same."""

from __future__ import annotations

from companion.model import SetupCode, Text
from companion.secret import Secret

GRANT, REQUEST = "RP1G:", "RP1Q:"
_TITLES = {
    GRANT: ("rp1-grant", "RP1 grant"),
    REQUEST: ("rp1-grant-request", "Request for an RP1 grant"),
}
_VERDICTS = {
    GRANT: Text(
        "This lets someone act for an owner. The holder runs `companion grant import` with this file "
        "or picture."
    ),
    REQUEST: Text(
        "Someone asks to act for you. Run `companion grant issue` with this file or picture, and "
        "choose what they may do."
    ),
}


def recognise(text: str) -> SetupCode | None:
    """The grant or request if the text starts as one. It is read when it is used, not here."""
    prefix = text.lstrip()[: len(GRANT)].upper()
    if prefix not in _TITLES:
        return None
    ecosystem, title = _TITLES[prefix]
    return SetupCode(ecosystem=ecosystem, title=title, verdict=_VERDICTS[prefix], text=Secret(text))

"""What the driver reads in a setup code of its protocol."""

from __future__ import annotations

from companion.model import SetupCode
from companion.protocols.espressif.security.choice import NO_SECRET, CodeSecurity
from companion.protocols.espressif.setup_code import EspressifCode


def code_security(code: SetupCode | None) -> CodeSecurity:
    """What a setup code says about protection."""
    if code is None:
        return CodeSecurity()
    code_fields = payload_of(code)
    return CodeSecurity(code_fields.pop or NO_SECRET, code_fields.username or "", code_fields.security)


def payload_of(code: SetupCode) -> EspressifCode:
    """The fields of a code of this protocol."""
    assert isinstance(code.payload, EspressifCode)
    return code.payload

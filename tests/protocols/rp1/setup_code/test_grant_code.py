"""Grants and requests among setup codes: told apart by their beginning, and read only where they are used."""

from __future__ import annotations

import pytest

from companion.protocols import recognise
from companion.protocols.rp1.setup_code.grant_code import GRANT, REQUEST


@pytest.mark.parametrize(("prefix", "command"), [(GRANT, "grant import"), (REQUEST, "grant issue")])
@pytest.mark.parametrize("rest", ["ABC", "0" * 2000])
def test_a_grant_or_request_says_which_command_takes_it(prefix: str, command: str, rest: str) -> None:
    code = recognise(f" {prefix.lower()}{rest}")
    assert not code.commissionable
    assert f"`companion {command}`" in str(code.verdict)
    assert rest not in repr(code)

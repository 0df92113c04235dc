"""Every kept input of the fuzzer, what it once broke included, goes through its target."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import CORPUS
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs_break_nothing(name):
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for path in inputs:
        TARGETS[name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 300, bytes(range(256))])
def test_octets_without_sense_break_nothing(name, data):
    TARGETS[name](data)

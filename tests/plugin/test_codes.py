"""Codes of another distribution's protocol: printed for a batch, and never in the way of others'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from companion.commands.label import read_batch
from companion.errors import SecretsShared
from companion.protocols import group_entry, installed, labels, recognise
from companion.setup_code.manual_entry import EntryFormat
from tests.plugin.conftest import PEBBLE

Install = Callable[[Path], None]


def fails(*_: object) -> NoReturn:
    raise RuntimeError("a mistake of the plug-in's")


def test_a_batch_of_its_devices_gets_labels(install: Install, tmp_path: Path) -> None:
    install(PEBBLE)
    batch = tmp_path / "batch.csv"
    batch.write_text("serial,pebble\nSN1,Pebble 1\nSN2,Pebble 2\n")
    first, second = read_batch(batch)
    assert (first.code.protocol, first.readable[0], second.readable[0]) == ("pebble", "Pebble 1", "Pebble 2")
    assert first.readable[1].isdigit()
    batch.write_text("serial,pebble\nSN1,Pebble 1\nSN2,Pebble 1\n")
    with pytest.raises(SecretsShared):
        read_batch(batch)


def test_a_code_of_its_devices_is_found_in_a_log_line(install: Install) -> None:
    line = "I (214) setup: scan PEBBLE:Pebble 7:4711, then wait"
    assert recognise(line).ecosystem == "unknown"
    install(PEBBLE)
    code = recognise(line)
    assert (code.protocol, code.text.reveal_text()) == ("pebble", "PEBBLE:Pebble 7:4711")


def test_a_pattern_that_is_none_keeps_no_other_code_from_being_found(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(PEBBLE)
    declaration = replace(installed().protocols["pebble"], code_patterns=("(", r"PEBBLE:\S+"))
    monkeypatch.setitem(installed().protocols, "pebble", declaration)  # type: ignore[arg-type]  # it is a dict
    assert recognise("log: [MT:Y.K9042C00KA0648G00]").protocol == "matter"
    assert recognise("log: PEBBLE:Left:1").protocol == "pebble"


def test_a_plugin_that_fails_keeps_nobody_from_typing_or_printing(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(PEBBLE)
    broken = EntryFormat("pebble", "", "", announces=fails, sizes=fails, wrong=fails)
    declaration = replace(installed().protocols["pebble"], entry_formats=(broken,), label=fails)
    monkeypatch.setitem(installed().protocols, "pebble", declaration)  # type: ignore[arg-type]  # it is a dict
    assert group_entry("34970112332").display == "3497 011 2332"
    assert set(labels()) == {"espressif", "rp1"}

"""A ledger's list of device models, imported once, in every command that meets such a device."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from companion.model import Advertisement, FoundDevice
from companion.registry.database.connection import DATABASE
from companion.services import Services
from tests.commands.conftest import Run
from tests.protocols.matter.driver.test_guidance import URL, label, listed

VIRTUAL = ("--radio", "virtual")
CODE = label(2).qr()
IN_FULL = f"{URL}?MTop={CODE.replace(':', '%3A')}"
STEERING = "5\x1b[2J"


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Run:
    instruction = {"commissioningModeInitialStepsInstruction": STEERING}
    ran = run("trust", "add", str(listed(tmp_path, **instruction)), *VIRTUAL)
    assert (ran.status, ran.out) == (0, "Imported for Matter: device models: 1.\n")
    return run


def test_a_code_is_explained_with_its_manufacturer_s_page_on_a_line_of_its_own(imported: Run) -> None:
    lines = imported("explain", CODE, *VIRTUAL).out.splitlines()
    assert URL in lines and any(
        line.startswith("The manufacturer's page, at maker.example") for line in lines
    )
    assert "The manufacturer says: 5\N{REPLACEMENT CHARACTER}[2J" in lines
    assert (
        IN_FULL not in lines
        and IN_FULL in imported("explain", CODE, *VIRTUAL, "--show-secrets").out.splitlines()
    )
    (told,) = imported("explain", CODE, *VIRTUAL, "--json").document["preparation"]
    assert (told["product"], told["link"], told["link_with_code"]) == ("Lamp", URL, None)
    assert told["instruction"] == STEERING


def test_a_device_that_needs_no_more_than_power_has_no_such_words(imported: Run) -> None:
    assert imported("explain", label(0).qr(), *VIRTUAL, "--json").document["preparation"] == []


def test_a_code_is_explained_although_the_records_can_t_be_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir(mode=0o700)
    (folder / DATABASE).write_bytes(b"no database" * 100)
    ran = run("explain", CODE, *VIRTUAL, folder="broken")
    assert ran.status == 0 and "Matter device" in ran.out and "imported lists can't be read" in ran.err


def test_setting_it_up_tells_it_first(imported: Run) -> None:
    lines = imported("commission", CODE, *VIRTUAL, "--timeout", "0.1").out.splitlines()
    assert f"  {URL}" in lines and not any(CODE in line or "MTop=MT" in line for line in lines)


def test_a_label_without_a_passcode_is_explained_and_ends_a_run(imported: Run) -> None:
    code = replace(label(2), passcode=0).qr()
    lines = imported("explain", code, *VIRTUAL).out.splitlines()
    assert "  Passcode:            not on this label" in lines and URL in lines
    document = imported("explain", code, *VIRTUAL, "--json").document
    assert document["commissionable"] is False and document["fields"]["passcode"] == "not on this label"
    ran = imported("commission", code, *VIRTUAL)
    assert ran.status == 3 and f"  {URL}" in ran.out.splitlines() and "C-111" in ran.out


def test_a_device_in_range_is_named(imported: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"vendor": "FFF1", "product": "8000"}

    async def found(services: Services) -> AsyncIterator[FoundDevice]:
        yield FoundDevice("matter", Advertisement("1"), "Matter device 3840", facts=facts)
        yield FoundDevice("matter", Advertisement("2"), "Matter device 5")

    monkeypatch.setattr("companion.commands.nearby.nearby", found)
    lines = imported("nearby", *VIRTUAL, "--seconds", "0.2").out.splitlines()
    assert f"  {URL}" in lines and "  Lamp" in lines
    first, second = imported("nearby", *VIRTUAL, "--seconds", "0.2", "--json").document["devices"]
    assert first["preparation"]["link"] == URL and second["preparation"] is None

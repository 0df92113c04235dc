"""The fault suite in every test run: each single cut, and pairs; then whether it would see a fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.protocols.rp1.device.storage.pages import Cell
from companion.protocols.rp1.device.storage.resumption import ResumptionStore
from companion.protocols.rp1.device.storage.slots import Slots
from companion.protocols.rp1.driver.transaction.open_transaction import Transaction
from companion.protocols.rp1.transaction.events import Events, Reverted, Session
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.runs.base import Run
from tests.protocols.rp1.faults.__main__ import folders
from tests.protocols.rp1.faults.case_run import Case
from tests.protocols.rp1.faults.cases import left_after, pair, singles
from tests.protocols.rp1.faults.cuts import Kind, Place
from tests.protocols.rp1.faults.environment import SCENARIOS
from tests.protocols.rp1.faults.tally import Tally

PAIRS, BLOCK = 120, 40
ON_DISK = range(100_000, 100_008)


def well(tally: Tally, record: Callable[[str, object], None], what: str) -> None:
    """Nothing was wrong in any case; how many there were goes into the summary."""
    assert tally.wrong == [], "\n".join(tally.wrong)
    record("tried", (what, tally.tried))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_any_cut_ends_well(scenario, kind, record_property):
    cases = [case for case in singles(scenario) if case.cuts[0].kind is kind]
    passed = left_after(scenario)
    assert len(cases) >= passed[Place.ATT] + passed[Place.FLASH] > 50
    well(Tally().add(cases), record_property, "single cuts of an RP1 commissioning")


@pytest.mark.parametrize("seed", range(0, PAIRS, BLOCK))
def test_any_two_cuts_end_well(seed, record_property):
    well(Tally().add(map(pair, range(seed, seed + BLOCK))), record_property, "pairs of cuts")


def test_two_cuts_end_well_with_the_real_registry_and_key_file(tmp_path, record_property):
    well(
        Tally().add(map(pair, ON_DISK), folders(Path(tmp_path))),
        record_property,
        "pairs of cuts with the real registry",
    )


def test_a_case_is_replayed_by_its_words():
    case = pair(7)
    assert Case.parse(str(case)) == case == pair(7)


# --- would it see anything? -----------------------------------------------------------------------------


def put_in_place(self: Cell, value: bytes) -> None:
    """A value that is written over the one that counts."""
    self._page = 1 - self._page
    put(self, value)


def context_that_forgets(self: Run, *given: Any) -> Any:
    """The run is forgotten as soon as it is done, before the registry has it."""
    return replace(context(self, *given), when_recorded=lambda forget: forget())


def begin_that_revokes(self: TransactionMachine, session: Session) -> Events:
    """Whatever was not heard to the end is taken for lost."""
    return (*map(Reverted, self.known.chain[:1]), *begin(self, session))


def nothing(*given: object, **named: object) -> None:
    """What a fault leaves out."""


put, context, begin = Cell.put, Run._context, TransactionMachine.begin
FAULTS: dict[str, tuple[Kind, type, str, Any]] = {
    "a run is forgotten before it is recorded": (Kind.APP, Run, "_context", context_that_forgets),
    "the app writes nothing down": (Kind.APP, Transaction, "keep", nothing),
    "the app never forgets": (Kind.APP, Run, "_forget_saved", nothing),
    "the app revokes what it goes on with": (Kind.APP, TransactionMachine, "begin", begin_that_revokes),
    "the device keeps no secret to resume with": (Kind.DEVICE, ResumptionStore, "_write", nothing),
    "the device writes in place": (Kind.DEVICE, Cell, "put", put_in_place),
    "the device never deletes a key": (Kind.DEVICE, Slots, "_delete_unreferenced_keys", nothing),
}


@pytest.mark.parametrize(("kind", "owner", "name", "faulty"), FAULTS.values(), ids=FAULTS.keys())
def test_a_product_with_this_fault_would_not_pass(kind, owner, name, faulty, monkeypatch):
    cases = [case for case in singles("nc") if case.cuts[0].kind is kind][::-1]
    monkeypatch.setattr(owner, name, faulty)
    assert any(Tally().add([case]).wrong for case in cases)

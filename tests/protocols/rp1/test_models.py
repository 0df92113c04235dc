"""Transaction, owner's record and delegation in Spin: the models hold, and their ablations fail."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[3] / "companion" / "protocols" / "rp1" / "models"
FAULTS, CUTS = 6, 3
TOOLS = {"spin": "the model checker Spin", "gcc": "a C compiler for Spin's verifier"}
MISSING = [f"{name} ({what})" for name, what in TOOLS.items() if shutil.which(name) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}")


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    """Compile a model's verifier once for each set of definitions; what it says of a property."""
    made: dict[tuple[str, ...], Path] = {}

    def errors(model: str, prop: str, *definitions: str) -> int:
        folder = made.get((model, *definitions))
        if folder is None:
            folder = made[model, *definitions] = tmp_path_factory.mktemp("spin")
            shutil.copy(MODELS / model, folder)
            run(folder, "spin", *definitions, "-a", model)
            run(folder, "gcc", "-O0", "-w", "-o", "pan", "pan.c")
        said = run(folder, "./pan", "-a", "-n", "-N", prop, "-m1000000")
        assert "max search depth too small" not in said
        return int(said.partition("errors: ")[2].split()[0])

    return errors


def run(folder: Path, *command: str) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("prop", ["nomix", "honest", "finish"])
def test_requests_with_ids_survive_six_faults(verifier, prop):
    assert verifier("commit3.pml", prop, f"-DMAXC={FAULTS}") == 0


@pytest.mark.parametrize("prop", ["nomix", "honest"])
def test_requests_without_ids_do_no_harm(verifier, prop):
    assert verifier("commit2.pml", prop) == 0


def test_requests_without_ids_may_never_finish(verifier):
    assert verifier("commit2.pml", "finish") > 0


def test_the_owners_record_survives_power_cuts_and_an_honest_owner_always_gets_there(verifier):
    assert verifier("owner_record.pml", "honest", f"-DCUTS={CUTS}") == 0


@pytest.mark.parametrize(
    "ablation", ["GLOBAL", "STRICT", "ONE_COPY", "RECORD_FIRST", "REPLY_FIRST", "KEEPS_STRANGERS"]
)
def test_the_owners_record_needs_each_of_its_rules(verifier, ablation):
    assert verifier("owner_record.pml", "honest", f"-D{ablation}") > 0


@pytest.mark.parametrize("prop", ["obeys", "taken", "spoken", "heard", "reaches"])
def test_a_stolen_delegates_key_is_worth_nothing_where_the_owners_list_was_heard(verifier, prop):
    assert verifier("delegation.pml", prop) == 0


@pytest.mark.parametrize(
    ("ablation", "breaks"),
    [
        ("ANY_LIST", "obeys"),
        ("RAM", "obeys"),
        ("BLIND_COMMIT", "taken"),
        ("AT_ONCE", "spoken"),
        ("FORGETS", "heard"),
    ],
)
def test_delegation_needs_each_of_its_rules(verifier, ablation, breaks):
    assert verifier("delegation.pml", breaks, f"-D{ablation}") > 0


@pytest.mark.parametrize("model", ["commit3.pml", "commit2.pml"])
def test_items_written_one_by_one_are_torn_by_a_power_cut(verifier, model):
    assert verifier(model, "nomix", "-DNAIVE") > 0

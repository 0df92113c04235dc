"""The models of RP1 in ProVerif: claims hold against an active attacker, and each ablation breaks its own.

ProVerif is in no package of Debian. Where it is not found, there is what it said of these models when it ran.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[3] / "companion" / "protocols" / "rp1" / "models"
TOOLS = {"proverif": "the protocol verifier ProVerif", "cpp": "a C preprocessor for its ablations"}
MISSING = [f"{name} ({what})" for name, what in TOOLS.items() if shutil.which(name) is None]

KEPT = MODELS / "proverif-2.05.txt"

RESULTS = {
    ("q_nc_commit.pv", ""): "true true true false",
    ("q_nc_nocommit.pv", ""): "false false false false",
    ("q_nc_ctsas.pv", ""): "false false false false",
    ("oob.pv", ""): "true true true true false",
    ("combo.pv", ""): "true true true false false",
    ("psk_dg.pv", ""): "true true true false",
    ("psk_dg_abl.pv", ""): "true false false false",
    ("deleg.pv", ""): "true true false",
    ("onboarding.pv", ""): "true false",
    ("onboarding.pv", "NO_FP"): "false false",
    ("onboarding.pv", "NO_TX"): "false false",
    ("onboarding.pv", "NO_FLOOR"): "false false",
    ("owners.pv", ""): "true true true false false",
    ("owners.pv", "ANY_OWNER"): "false false true false false",
    ("owners.pv", "UNBOUND"): "true false true false false",
    ("owners.pv", "STALE"): "true true false false false",
    ("csr.pv", ""): "true false",
    ("csr.pv", "EXPORT_ONLY"): "false false",
    ("csr.pv", "NO_KEY"): "false false",
}
"""By model and ablation, whether each query holds. Queries that tell a model is alive do not hold."""


def test_what_proverif_said_is_what_is_claimed() -> None:
    _, *runs = KEPT.read_text(encoding="utf-8").strip().split("\n\n")
    said = {}
    for run in runs:
        ran_on, *results = run.splitlines()
        model, _, ablation = ran_on.rpartition(" (")[0].partition(" -D")
        said[model, ablation] = " ".join(map(verdict, results))
    assert said == RESULTS


@pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}")
@pytest.mark.parametrize(("model", "ablation"), RESULTS)
def test_claims_hold_and_ablations_break(tmp_path: Path, model: str, ablation: str) -> None:
    source = MODELS / model
    if ablation or model in ("onboarding.pv", "owners.pv", "csr.pv"):
        words = ["cpp", "-P", "-undef", *([f"-D{ablation}"] if ablation else []), str(source)]
        source = tmp_path / model
        source.write_text(ran(*words))
    said = [line for line in ran("proverif", str(source)).splitlines() if line.startswith("RESULT")]
    assert " ".join(verdict(line) for line in said) == RESULTS[model, ablation]


def verdict(line: str) -> str:
    return line.rstrip(".").rsplit(" is ", 1)[-1]


def ran(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

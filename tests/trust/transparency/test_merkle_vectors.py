"""The vectors of transparency-dev's merkle: every happy path passes, every corrupted file is refused.

They lie beside the project, in `../shared/vectors/merkle`; where they do not, these tests say so and are
skipped. One happy path has roots that are no hashes, to which that library is indifferent; RP1 is not.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from companion.trust.transparency import merkle

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "merkle"


def cases(kind: str) -> list[Any]:
    files = sorted((VECTORS / kind).rglob("*.json"))
    if not files:
        skipped = pytest.mark.skip(reason=f"no vectors in {Path('..', *VECTORS.parts[-3:])}")
        return [pytest.param({}, marks=skipped, id="none")]
    names = [str(file.relative_to(VECTORS)) for file in files]
    return [
        pytest.param(json.loads(file.read_text()), id=name) for file, name in zip(files, names, strict=True)
    ]


def octets(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def wanted(case: dict[str, Any], *hashes: bytes) -> bool:
    return not case["wantErr"] and all(len(each) == 32 for each in hashes)


def path(case: dict[str, Any]) -> list[bytes]:
    return [octets(each) for each in case["proof"] or ()]


@pytest.mark.parametrize("case", cases("inclusion"))
def test_an_inclusion(case: dict[str, Any]) -> None:
    leaf, root = octets(case["leafHash"]), octets(case["root"])
    holds = merkle.includes(leaf, case["leafIdx"], case["treeSize"], path(case), root)
    assert holds is wanted(case, leaf, root), case["desc"]


@pytest.mark.parametrize("case", cases("consistency"))
def test_a_consistency(case: dict[str, Any]) -> None:
    roots = octets(case["root1"]), octets(case["root2"])
    holds = merkle.extends(case["size1"], roots[0], case["size2"], roots[1], path(case))
    assert holds is wanted(case, *roots), case["desc"]

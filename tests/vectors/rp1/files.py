"""Where the vectors are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
HANDSHAKES = FOLDER / "handshakes.json"
IDENTITY = FOLDER / "identity.json"
OWNERSHIP = FOLDER / "ownership.json"
REFUSALS = FOLDER / "refusals.json"


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content


def save(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n")

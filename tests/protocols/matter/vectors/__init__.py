"""Numbers of other implementations and of standards; each file names its source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """The content of a file, without its suffix."""
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text())

"""Device models of the ledger that the user imported, kept for every code and device after."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from companion.files import read_named
from companion.protocols.matter.attestation.trust import imported_json
from companion.protocols.matter.ledger import models
from companion.protocols.matter.ledger.models import DeviceModel, Product

if TYPE_CHECKING:
    from companion.protocols import Memory

MODELS = "ledger/models"


def read(path: Path) -> dict[Product, DeviceModel]:
    """Those in a file; none for a folder, and for a file of another kind.

    Raises FileMissing, FileUnreadable.
    """
    if path.is_dir():
        return {}
    try:
        return models.parse(read_named(imported_json.MAX_SIZE, path))
    except imported_json.MalformedJson:
        return {}


def keep(memory: Memory, new: Mapping[Product, DeviceModel]) -> int:
    """Beside those of before; how many products there are in `new`. Raises ValueError for too many."""
    merged = models.merge(models.of_json(memory.get(MODELS)), new)
    memory.put(MODELS, models.as_json(merged))
    return len(new)


def find(memory: Memory, product: Product) -> DeviceModel | None:
    """What is known of one product."""
    kept = (memory.get(MODELS) or {}).get(models.key(product))
    return None if kept is None else DeviceModel(**kept)

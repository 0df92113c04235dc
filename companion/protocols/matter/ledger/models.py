"""Device models in what the ledger's REST interface answers (`/dcl/model/models`; Core 11.23, DeviceModel).

A user imports them; nothing is fetched. Kept are those that say more than that power is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from companion.protocols.matter.attestation.trust.imported_json import Json, loads
from companion.protocols.matter.setup_code.payload import CUSTOM, STANDARD

Product: TypeAlias = tuple[int, int]
"""Vendor and product id, 16 bits each."""

MOST_MODELS = 16_384
MOST_CHARACTERS = 8 * 1024 * 1024
"""Of all models that are kept together."""
POWER_CYCLE = 1
_LONGEST_URL, _LONGEST_INSTRUCTION, _LONGEST_NAME = 256, 1024, 128
"""What the ledger itself takes."""


@dataclass(frozen=True)
class DeviceModel:
    """What the ledger says of a product's first set-up.

    flow: 0 standard, 1 user intent, 2 custom. hint: bits of the pairing hint table. instruction: the number,
    colour or sentence that a hint needs, "" where none does. Addresses are as the manufacturer wrote them.
    """

    name: str = ""
    flow: int = STANDARD
    hint: int = 0
    instruction: str = ""
    flow_url: str = ""
    manual_url: str = ""
    support_url: str = ""

    @property
    def tells(self) -> bool:
        """True if it says more than that the device waits once it has power."""
        return self.flow != STANDARD or self.hint & ~POWER_CYCLE != 0 or self.instruction != ""

    @property
    def size(self) -> int:
        """Characters."""
        texts = (self.name, self.instruction, self.flow_url, self.manual_url, self.support_url)
        return sum(map(len, texts))


def parse(data: bytes) -> dict[Product, DeviceModel]:
    """The models in an answer, a page of one, or a list of such, at whatever depth they are.

    An entry that the ledger would not have taken is left out. Raises ValueError for what is no JSON.
    """
    found: dict[Product, DeviceModel] = {}
    waiting: list[Json] = [loads(data)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            try:
                product, model = _read(value)
            except ValueError:
                waiting += value.values()
            else:
                found[product] = model
    return found


def merge(
    before: Mapping[Product, DeviceModel], new: Mapping[Product, DeviceModel]
) -> dict[Product, DeviceModel]:
    """Those that tell something; a product's newer model counts. Raises ValueError for too many."""
    merged = {product: model for product, model in {**before, **new}.items() if model.tells}
    if len(merged) > MOST_MODELS or sum(model.size for model in merged.values()) > MOST_CHARACTERS:
        raise ValueError(f"more than {MOST_MODELS} device models, or more than {MOST_CHARACTERS >> 20} MB")
    return merged


def as_json(models: Mapping[Product, DeviceModel]) -> dict[str, dict[str, Any]]:
    """What is kept, by "VVVV:PPPP" in hexadecimal."""
    return {key(product): vars(model) for product, model in models.items()}


def key(product: Product) -> str:
    """By which a product is kept."""
    return "{:04X}:{:04X}".format(*product)


def of_json(kept: Mapping[str, Mapping[str, Any]] | None) -> dict[Product, DeviceModel]:
    """What `as_json` made."""
    return {_product(name): DeviceModel(**fields) for name, fields in (kept or {}).items()}


def _product(name: str) -> Product:
    vendor, _, product = name.partition(":")
    return int(vendor, 16), int(product, 16)


def _read(entry: Mapping[str, Json]) -> tuple[Product, DeviceModel]:
    """One model. Raises ValueError for anything else."""
    product = _number(entry, "vid", 0xFFFF), _number(entry, "pid", 0xFFFF)
    if 0 in product or not ({"deviceTypeId", "productName"} & entry.keys()):
        raise ValueError("no device model")
    return product, DeviceModel(
        name=_text(entry, "productName", _LONGEST_NAME) or _text(entry, "productLabel", 2 * _LONGEST_NAME),
        flow=_number(entry, "commissioningCustomFlow", CUSTOM),
        hint=_number(entry, "commissioningModeInitialStepsHint", 0xFFFF_FFFF),
        instruction=_text(entry, "commissioningModeInitialStepsInstruction", _LONGEST_INSTRUCTION),
        flow_url=_text(entry, "commissioningCustomFlowUrl", _LONGEST_URL),
        manual_url=_text(entry, "userManualUrl", _LONGEST_URL),
        support_url=_text(entry, "supportUrl", _LONGEST_URL),
    )


def _number(entry: Mapping[str, Json], key: str, most: int) -> int:
    """A number that may be missing, or be written as a string, as JSON of protobuf has long ones."""
    value = entry.get(key, 0)
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) <= 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(key)
    return value


def _text(entry: Mapping[str, Json], key: str, longest: int) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(key)
    return value.strip()

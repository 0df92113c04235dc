"""Which registry a data folder uses, and by which name things are done: kept beside its keys.

What is said at the start counts more than the environment, and that more than what is kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from companion.errors import StorageError
from companion.errors.registry import RegistryAddressInvalid
from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.registry.team.address import LOCAL, Address, parse

FILE = "registry.json"
ADDRESS_VARIABLE, OPERATOR_VARIABLE = "COMPANION_REGISTRY", "COMPANION_OPERATOR"
MOST_NAME = 80


@dataclass(frozen=True)
class Setting:
    """address: of a server, None for the data folder; operator: "" for nobody's name"""

    address: Address | None = None
    operator: str = ""


def chosen(folder: Path, registry: str | None = None, operator: str | None = None) -> Setting:
    """What counts for a data folder. registry, operator: said at the start, None for nothing.

    Raises RegistryAddressInvalid, RegistryPasswordGiven, StorageError.
    """
    registry = os.environ.get(ADDRESS_VARIABLE) if registry is None else registry
    operator = os.environ.get(OPERATOR_VARIABLE) if operator is None else operator
    kept = Setting()
    if registry is None or operator is None:
        kept = read(folder)
    address = kept.address if registry is None else parse(registry)
    return Setting(address, kept.operator if operator is None else operator.strip()[:MOST_NAME])


def read(folder: Path) -> Setting:
    """What is kept; nothing where there is nothing. Raises StorageError, RegistryAddressInvalid."""
    try:
        content = json.loads(read_own(MAX_SMALL_FILE, folder / FILE))
        address, operator = str(content["registry"]), str(content["operator"])
    except (FileNotFoundError, NotADirectoryError):
        return Setting()
    except OSError as problem:
        raise StorageError(f"{FILE} can't be read: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError, RecursionError):
        raise RegistryAddressInvalid(f"{FILE} is damaged") from None
    return Setting(parse(address), operator[:MOST_NAME])


def keep(folder: Path, setting: Setting) -> None:
    """Use it from the next opening on. Raises StorageError."""
    content = {"registry": str(setting.address or LOCAL), "operator": setting.operator[:MOST_NAME]}
    try:
        replace_durably(folder / FILE, json.dumps(content, indent=2).encode() + b"\n")
    except OSError as problem:
        raise StorageError(f"{FILE} can't be written: {problem.strerror}") from problem

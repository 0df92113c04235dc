"""Thread networks that are kept: they worked, were made here or imported. Sealed, as they hold a key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from companion.errors import RecordAmbiguous, ThreadNetworkUnknown
from companion.networks.thread import Dataset, read
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Vault

KEY = "thread/networks"
MOST = 32


def recall(vault: Vault) -> tuple[Dataset, ...]:
    """The networks, the latest first."""
    sealed = vault.get(KEY)
    return () if sealed is None else read_all(sealed)


def read_all(sealed: Secret) -> tuple[Dataset, ...]:
    """The networks in what is kept under `KEY`."""
    return tuple(read(Secret(bytes.fromhex(each))) for each in json.loads(sealed.reveal()))


def remember(vault: Vault, dataset: Dataset) -> None:
    """Keep a network, in front. It replaces an earlier dataset of the same extended PAN id."""
    before = recall(vault)
    others = (old for old in before if old.extended_pan_id != dataset.extended_pan_id)
    _write(vault, before, (dataset, *others)[:MOST])


def forget(vault: Vault, dataset: Dataset) -> None:
    """Keep it no longer."""
    before = recall(vault)
    _write(vault, before, tuple(each for each in before if each != dataset))


def find(datasets: tuple[Dataset, ...], wanted: str) -> Dataset:
    """The one of this name, or whose extended PAN id begins so.

    Raises ThreadNetworkUnknown, RecordAmbiguous.
    """
    found = [each for each in datasets if wanted.casefold() == (each.name or "").casefold()]
    digits = wanted.replace(":", "").lower()
    found = found or [each for each in datasets if digits and _identity(each).startswith(digits)]
    if not found:
        raise ThreadNetworkUnknown(wanted=wanted)
    if len(found) > 1:
        raise RecordAmbiguous(wanted=wanted, candidates=", ".join(_identity(each) for each in found))
    return found[0]


def _identity(dataset: Dataset) -> str:
    return (dataset.extended_pan_id or b"").hex()


def _write(vault: Vault, before: tuple[Dataset, ...], datasets: tuple[Dataset, ...]) -> None:
    if datasets != before:
        vault.put(KEY, Secret(json.dumps([each.secret.reveal().hex() for each in datasets])))

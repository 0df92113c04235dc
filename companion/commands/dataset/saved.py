"""The Thread networks that are saved here, for whoever only looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.identity.identity import has_keys
from companion.runs import saved_datasets

if TYPE_CHECKING:
    from companion.networks.thread import Dataset
    from companion.services import Services


def saved(services: Services) -> tuple[Dataset, ...]:
    """The networks beside the owner's keys. Who has no keys saved none, and gets none from looking."""
    if not has_keys(services.data_dir, throwaway=services.is_virtual):
        return ()
    return saved_datasets.recall(services.open_identity().vault)

"""Which Thread networks are here. Border routers announce their names, and not how to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import ThreadDatasetMissing
from companion.model import Text
from companion.networks import border_routers

if TYPE_CHECKING:
    from companion.lan import Lan

LISTEN_SECONDS = 1.5
MOST_NAMED = 4
_NONE_HERE = Text(
    "Provide the network's active operational dataset, as its border router's app shows it. No border "
    "router announces itself on this computer's network; the device is reachable only through one."
)


async def dataset_missing(lan: Lan) -> ThreadDatasetMissing:
    """The error of a device that needs a dataset, with the networks that it may be of."""
    names = await network_names(lan)
    if not names:
        return ThreadDatasetMissing(missing=_NONE_HERE)
    return ThreadDatasetMissing(
        missing=Text(
            "Provide the active operational dataset of a network here ({networks}). The app of its border "
            "router shows it; the network itself does not reveal it.",
            {"networks": ", ".join(names)},
        )
    )


async def network_names(lan: Lan) -> tuple[str, ...]:
    """Of the Thread networks whose border routers are heard in a moment, in alphabetical order."""
    routers = await border_routers.heard(lan, most=MOST_NAMED, seconds=LISTEN_SECONDS)
    return tuple(sorted({each.network for each in routers}))

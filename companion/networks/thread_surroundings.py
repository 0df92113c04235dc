"""Which Thread networks are here: what the device sees, and whose border routers this computer hears.

Border routers announce their networks' names, and not how to join.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from companion.errors import ThreadDatasetMissing
from companion.model import BorderRouter, Text, ThreadNetwork
from companion.networks import border_routers

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.networks.survey import Survey
    from companion.secret import Secret

LISTEN_SECONDS = 1.5
MOST_NAMED = 4
_NONE_HERE = Text(
    "Provide the network's active operational dataset, as its border router's app shows it. No border "
    "router announces itself on this computer's network; the device is reachable only through one."
)


class ThreadSurroundings:
    """Looked at once in a run. lan: None where this computer's network is not to be listened to; survey: None
    where the device can't scan.
    """

    def __init__(self, lan: Lan | None, survey: Survey[ThreadNetwork] | None) -> None:
        self._lan, self._survey = lan, survey
        self._routers: tuple[BorderRouter, ...] | None = None

    async def look(self) -> tuple[tuple[ThreadNetwork, ...], tuple[BorderRouter, ...]]:
        """What the device sees, strongest first, and what is heard here, while the device looks."""
        seen, routers = await asyncio.gather(self._seen(), self._heard())
        return seen, routers

    @property
    def again(self) -> Callable[[], Awaitable[tuple[ThreadNetwork, ...]]] | None:
        """Lets the device look once more; None where it can't."""
        return self._survey.again if self._survey is not None else None

    @property
    def ask_router(self) -> Callable[[str], Awaitable[Secret]] | None:
        """Takes the name of a border router or network, or HOST[:PORT], and gives the dataset that it hands
        out. Raises BorderRouterSilent, ThreadDatasetUnusable.
        """
        lan = self._lan
        if lan is None:
            return None
        return lambda router: border_routers.dataset_of(lan, router)

    async def missing(self) -> ThreadDatasetMissing:
        """The error of a device that needs a dataset."""
        return await dataset_missing(self._lan) if self._lan is not None else ThreadDatasetMissing()

    async def _seen(self) -> tuple[ThreadNetwork, ...]:
        return (await self._survey.seen() or ()) if self._survey is not None else ()

    async def _heard(self) -> tuple[BorderRouter, ...]:
        if self._routers is None:
            self._routers = await border_routers.heard(self._lan) if self._lan is not None else ()
        return self._routers


async def dataset_missing(lan: Lan) -> ThreadDatasetMissing:
    """The error of a device that needs a dataset, with the networks that it may be of."""
    routers = await border_routers.heard(lan, most=MOST_NAMED, seconds=LISTEN_SECONDS)
    names = sorted({each.network for each in routers})
    if not names:
        return ThreadDatasetMissing(missing=_NONE_HERE)
    return ThreadDatasetMissing(
        missing=Text(
            "Provide the active operational dataset of a network here ({networks}). The app of its border "
            "router shows it; the network itself does not reveal it.",
            {"networks": ", ".join(names)},
        )
    )

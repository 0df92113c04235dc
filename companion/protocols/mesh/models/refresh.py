"""The Key Refresh procedure from the side of who leads it: which node needs what next.

Mesh Protocol 1.1, 3.11.4. All follows from what is kept, so a run that was cut off is taken up by the next
one, and a node that is asked again for what it did already says yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum

from companion.protocols.mesh.models import requests
from companion.protocols.mesh.models.client import Request
from companion.protocols.mesh.models.key_messages import Transition
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey, Phase
from companion.secret import Secret


class Stage(IntEnum):
    """How far a node confirmed that it is."""

    UNTOUCHED = 0
    HAS_KEYS = 1
    SWITCHED = 2
    FINISHED = 3


def begin(key: NetworkKey, fresh: Secret) -> NetworkKey:
    """A network key with its successor. Raises ValueError for one that is being refreshed: its old
    key may be the one that nodes have.
    """
    if key.old is not None:
        raise ValueError(f"network key {key.index} is being refreshed")
    return replace(key, key=fresh, old=key.key, phase=Phase.DISTRIBUTION)


def begin_application(key: ApplicationKey, fresh: Secret) -> ApplicationKey:
    """An application key with its successor, in the refresh of its network key. With the end of the last one
    nodes revoked whatever was older (3.11.4.3).
    """
    return replace(key, key=fresh, old=key.key)


def wanted(key: NetworkKey, stages: Iterable[Stage]) -> Stage:
    """The stage that every node is to reach now; `UNTOUCHED` where no refresh is under way."""
    if key.phase is Phase.NORMAL:
        return Stage.UNTOUCHED
    if key.phase is Phase.DISTRIBUTION:
        return Stage.HAS_KEYS
    return Stage.FINISHED if min(stages, default=Stage.FINISHED) >= Stage.SWITCHED else Stage.SWITCHED


def steps(
    node: int, stage: Stage, key: NetworkKey, applications: Iterable[ApplicationKey]
) -> tuple[Request, ...]:
    """What brings a node to the next stage. applications: the keys that it has of this network"""
    if stage is Stage.UNTOUCHED:
        updates = (requests.update_application_key(node, each) for each in applications)
        return requests.update_network_key(node, key), *updates
    if stage is Stage.FINISHED:
        return ()
    transition = Transition.TO_SWITCH if stage is Stage.HAS_KEYS else Transition.TO_NORMAL
    return (requests.move_refresh(node, key.index, transition),)


def moved(key: NetworkKey, stages: Iterable[Stage]) -> NetworkKey:
    """The network key after what every node confirmed; itself while one of them is behind."""
    least = min(stages, default=Stage.FINISHED)
    if key.phase is Phase.DISTRIBUTION and least >= Stage.HAS_KEYS:
        return replace(key, phase=Phase.SWITCH)
    if key.phase is Phase.SWITCH and least is Stage.FINISHED:
        return replace(key, phase=Phase.NORMAL, old=None)
    return key

"""Everything that a node keeps while it is in a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.protocols.mesh.models.composition import Composition
from companion.protocols.mesh.models.identifiers import ModelId
from companion.protocols.mesh.models.model_messages import Publication
from companion.protocols.mesh.network.effects import Keys
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import ApplicationKey, NetworkKey
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.protocols.mesh.network.stack import Stack
from companion.secret import Secret


@dataclass
class NodeState:
    """What provisioning gave it, and what was configured since.

    address: of its first element; `bound`, `publications`, `subscriptions` and `lit` name elements so too
    """

    address: int
    device_key: Secret
    composition: Composition
    networks: dict[int, NetworkKey]
    iv: IvState = field(default_factory=lambda: IvState(0))
    applications: dict[int, ApplicationKey] = field(default_factory=dict)
    bound: dict[tuple[int, ModelId], set[int]] = field(default_factory=dict)
    publications: dict[tuple[int, ModelId], Publication] = field(default_factory=dict)
    subscriptions: dict[tuple[int, ModelId], set[int]] = field(default_factory=dict)
    lit: dict[int, bool] = field(default_factory=dict)

    def has(self, element: int, model: ModelId) -> bool:
        """True where the element with this address has the model."""
        number = element - self.address
        return 0 <= number < len(self.composition.elements) and (
            model in self.composition.elements[number].models
        )

    def is_element(self, address: int) -> bool:
        """True for the address of one of its elements."""
        return 0 <= address - self.address < len(self.composition.elements)


def stack_of(
    state: NodeState, used: int = 0, keep: Callable[[int, int], None] = lambda iv_index, used: None
) -> Stack:
    """Its way to the network. used, keep: as of `SequenceNumbers`"""
    keys = Keys(state.networks, state.applications, lambda address: state.device_key)
    numbers = SequenceNumbers(state.iv.sending, used, keep)
    return Stack(state.address, len(state.composition.elements), keys, state.iv, numbers, ReplayList())

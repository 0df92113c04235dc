"""Composition data, page 0: what a node is and which models it has (Mesh Protocol 1.1, 4.2.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models.identifiers import SIG_SIZE, VENDOR_SIZE, ModelId
from companion.protocols.mesh.models.identifiers import decode as model_in

_HEAD, _ELEMENT_HEAD = 10, 4


class Feature(IntFlag):
    """What a node can do for others, or needs of them."""

    RELAY = 1
    PROXY = 2
    FRIEND = 4
    LOW_POWER = 8


@dataclass(frozen=True)
class Element:
    """location: a number of the GATT namespace descriptors, 0 for none"""

    models: tuple[ModelId, ...]
    location: int = 0

    def encode(self) -> bytes:
        sig = [model for model in self.models if model.company is None]
        vendor = [model for model in self.models if model.company is not None]
        head = self.location.to_bytes(2, "little") + bytes([len(sig), len(vendor)])
        return head + b"".join(model.encode() for model in (*sig, *vendor))


@dataclass(frozen=True)
class Composition:
    """company, product, version: who made it; replay: from how many sources it can remember what it heard"""

    company: int
    product: int
    version: int
    replay: int
    features: Feature
    elements: tuple[Element, ...]

    def encode(self) -> bytes:
        """Without the page's number."""
        head = (self.company, self.product, self.version, self.replay, self.features)
        octets = b"".join(each.to_bytes(2, "little") for each in head)
        return octets + b"".join(element.encode() for element in self.elements)

    def element_with(self, model: ModelId) -> int | None:
        """Number of the first element that has a model."""
        return next((number for number, each in enumerate(self.elements) if model in each.models), None)


def decode(octets: bytes) -> Composition:
    """Of at most what one message holds. Raises ProtocolViolation; a node has at least one element."""
    if len(octets) < _HEAD + _ELEMENT_HEAD:
        raise ProtocolViolation(f"composition data of {len(octets)} octets")
    company, product, version, replay, features = (
        int.from_bytes(octets[at : at + 2], "little") for at in range(0, _HEAD, 2)
    )
    elements: list[Element] = []
    at = _HEAD
    while at < len(octets):
        element, at = _element(octets, at)
        elements.append(element)
    known = Feature(features & 0x0F)
    return Composition(company, product, version, replay, known, tuple(elements))


def _element(octets: bytes, at: int) -> tuple[Element, int]:
    head = octets[at : at + _ELEMENT_HEAD]
    if len(head) < _ELEMENT_HEAD:
        raise ProtocolViolation("composition data ends within an element")
    vendor = at + _ELEMENT_HEAD + SIG_SIZE * head[2]
    end = vendor + VENDOR_SIZE * head[3]
    if end > len(octets):
        raise ProtocolViolation("composition data ends within a model")
    places = [(each, SIG_SIZE) for each in range(at + _ELEMENT_HEAD, vendor, SIG_SIZE)]
    places += [(each, VENDOR_SIZE) for each in range(vendor, end, VENDOR_SIZE)]
    models = tuple(model_in(octets[each : each + size]) for each, size in places)
    return Element(models, int.from_bytes(head[:2], "little")), end

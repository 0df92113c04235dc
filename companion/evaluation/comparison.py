"""All methods of all protocols, side by side: a table for choosing one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from companion.claims.attacks import Criterion, Judgement
from companion.protocols.declaration import ProtocolDeclaration
from companion.protocols.evaluation import ProvisioningMethod

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Row:
    """One method. protocol: its declaration's name; judgements: by every criterion"""

    protocol: str
    protocol_title: str
    method: ProvisioningMethod
    judgements: Mapping[Criterion, Judgement]

    def as_json(self) -> dict[str, Any]:
        return {
            "protocol": self.protocol,
            "method": self.method.name,
            "title": str(self.method.title),
            "criteria": judgements_as_json(self.judgements),
        }


def rows(protocols: Iterable[ProtocolDeclaration]) -> tuple[Row, ...]:
    """The methods of these protocols, in the order of their declarations."""
    return tuple(
        Row(protocol.name, protocol.title, method, method.judgements)
        for protocol in protocols
        for method in methods(protocol)
    )


def methods(protocol: ProtocolDeclaration) -> tuple[ProvisioningMethod, ...]:
    """What a protocol declares; () of a plug-in that fails at it."""
    try:
        return protocol.methods()
    except Exception:
        log.info("the protocol %s could not say what its methods are", protocol.name, exc_info=True)
        return ()


def judgements_as_json(judgements: Mapping[Criterion, Judgement]) -> dict[str, Any]:
    """By the criterion's stable name."""
    return {
        criterion.value: {
            "rating": judgement.rating.value,
            "sentence": str(judgement.sentence),
            "measured": judgement.measured,
        }
        for criterion, judgement in judgements.items()
    }

"""A virtual device that says what a test wants instead of what is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from companion.protocols.matter.clusters.table import Attribute, Query, _Request
from companion.protocols.matter.interaction.node import Access, Answer
from companion.protocols.matter.tlv import Element
from companion.protocols.matter.virtual.clusters.model import ROOT
from companion.protocols.matter.virtual.factory import faults as wrong
from companion.protocols.matter.virtual.factory.manufacturer import published
from companion.protocols.matter.virtual.factory.options import Fault, MatterOptions
from companion.protocols.matter.virtual.factory.product import Product
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from companion.virtual.gatt import Central
from tests.protocols.matter.driver.bench import LABEL

Said = Callable[[Element | None, Access], Answer]


class Liar(VirtualMatter):
    """reads: what attributes of the root are, as elements; answers: what it does with commands there."""

    def __init__(
        self,
        *,
        reads: Mapping[Attribute[Any], Element] | None = None,
        answers: Mapping[_Request[Any], Said | Answer] | None = None,
        product: Product = LABEL,
        faults: Mapping[Fault, float] | None = None,
    ) -> None:
        self._reads, self._answers = dict(reads or {}), dict(answers or {})
        super().__init__(MatterOptions(product=product, faults=dict(faults or {})))

    def _boot(self) -> None:
        super()._boot()
        for attribute, element in self._reads.items():
            cluster = self._model.cluster(ROOT, attribute.cluster)
            cluster.readers = {**cluster.readers, attribute.id: lambda access, said=element: said}  # type: ignore[misc]  # a default is no argument of a reader
        for command, answer in self._answers.items():
            cluster = self._model.cluster(ROOT, command.cluster)
            cluster.commands = {**cluster.commands, command.id: _handler(answer)}

    def change_certificate(self) -> None:
        """From its next start on it shows another one, which is as good or as bad as that of now."""
        self._credentials = wrong.vouched(published(), self.label, self.options.faults)
        self._boot_again = True

    def on_disconnected(self, central: Central) -> None:
        super().on_disconnected(central)
        if self._boot_again:
            self._boot_again = False
            self._start("rebirth", self.reboot())

    _boot_again = False


def _handler(answer: Said | Answer) -> Said:
    return answer if callable(answer) else lambda fields, access: answer


def of(query: Query[Any, Any], answer: object) -> Answer:
    """The response of a query."""
    return query.respond(answer)

"""The protocols that are installed: those of this folder, and those that other distributions bring.

Ours are found in the folder, so that a source tree has what it holds, whatever was installed last. Others are
found by the entry-point group `companion.protocols`. One that can't be used is left out and named by
`companion doctor`; it never stops the app.
"""

from __future__ import annotations

import logging
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from companion.errors import MethodUnavailable
from companion.protocols.contract import CableDriver, Driver
from companion.protocols.declaration import GROUP, LabelDeclaration, ProtocolDeclaration

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable

    from companion.administration import AdministrationOperation
    from companion.protocols.commissioners import CommissionerDriver
    from companion.protocols.delegation import DelegationDriver
    from companion.protocols.fabrics import FabricDriver
    from companion.protocols.meshes import MeshDriver
    from companion.protocols.ownership import OwnershipOperation
    from companion.protocols.receipts import ReceiptReader

log = logging.getLogger(__name__)

_OURS = "companion.protocols"


@dataclass(frozen=True)
class BrokenPlugin:
    """A plug-in that is left out. name: of its entry point; distribution: whose it is; reason: in English."""

    name: str
    distribution: str
    reason: str


@dataclass(frozen=True)
class Installed:
    """What there is.

    protocols: by name, ours first; foreign: the distribution of each that is not ours; broken: left out
    """

    protocols: Mapping[str, ProtocolDeclaration]
    foreign: Mapping[str, str]
    broken: tuple[BrokenPlugin, ...]


@cache
def installed() -> Installed:
    """Read the declarations, once a process. Raises nothing that a plug-in causes."""
    protocols = {declaration.name: declaration for declaration in built_in()}
    foreign: dict[str, str] = {}
    points, broken = _plugins()
    for point in points:
        distribution = point.dist.name if point.dist is not None else "?"
        try:
            declaration = _declared(point)
            if declaration.name in protocols:
                raise ValueError(f"there is a protocol “{declaration.name}” already")
        except (Exception, SystemExit) as error:
            log.info("the plug-in %s of %s is left out", point.name, distribution, exc_info=True)
            broken.append(BrokenPlugin(point.name, distribution, _reason(error)))
            continue
        protocols[declaration.name] = declaration
        foreign[declaration.name] = distribution
    return Installed(protocols, foreign, tuple(broken))


def built_in(wanted: str | None = None) -> Iterator[ProtocolDeclaration]:
    """The declarations of this folder's packages, or of one; what declares nothing is no protocol yet."""
    for package in _packages():
        if wanted in (None, package):
            declaration: ProtocolDeclaration | None
            declaration = getattr(import_module(f"{_OURS}.{package}"), "PROTOCOL", None)
            if declaration is not None:
                yield declaration


@cache
def _packages() -> tuple[str, ...]:
    """This folder's packages. Who checks many proofs asks for one of them each time."""
    return tuple(each.name for each in pkgutil.iter_modules(import_module(_OURS).__path__) if each.ispkg)


def examine() -> tuple[BrokenPlugin, ...]:
    """The plug-ins that can't be used: those left out, and those whose driver does not load."""
    broken = list(installed().broken)
    for name, distribution in installed().foreign.items():
        try:
            installed().protocols[name].driver()
        except (Exception, SystemExit) as error:
            broken.append(BrokenPlugin(name, distribution, _reason(error)))
    return tuple(broken)


def driver(name: str) -> Driver:
    """The driver of a protocol by name. Raises MethodUnavailable for one that is missing or does not load."""
    declaration = installed().protocols.get(name)
    if declaration is None:
        raise MethodUnavailable(f"no protocol “{name}” is installed")
    try:
        return declaration.driver()
    except (Exception, SystemExit) as error:
        log.info("the driver of %s does not load", name, exc_info=True)
        raise MethodUnavailable(f"{name}: {_reason(error)}") from error


def proves(name: str) -> bool:
    """True if the protocol's devices sign receipts, so that something of them can be proved to others."""
    declaration = installed().protocols.get(name)
    return declaration is not None and declaration.receipts is not None


def receipt_reader(name: str) -> ReceiptReader | None:
    """What reads the receipts of a protocol's devices; None: it has none, or is not installed."""
    # The others are not read for it: a proof is checked in a moment.
    ours = next((each for each in built_in(name)), None)
    declaration = ours or installed().protocols.get(name)
    return None if declaration is None or declaration.receipts is None else declaration.receipts()


def cable_driver() -> tuple[str, CableDriver]:
    """Name and driver of the protocol that commissions over a serial port: the first that does."""
    declared = ((name, each.cable) for name, each in installed().protocols.items())
    return next((name, make()) for name, make in declared if make is not None)


def drivers() -> tuple[Driver, ...]:
    """The drivers of all protocols whose driver loads."""
    loaded = []
    for name in installed().protocols:
        try:
            loaded.append(driver(name))
        except MethodUnavailable:
            if name not in installed().foreign:
                raise
    return tuple(loaded)


def delegation_drivers() -> dict[str, DelegationDriver]:
    """The drivers of the protocols whose owners can let others act, by name."""
    from companion.protocols.delegation import DelegationDriver

    made = {name: driver(name) for name, declared in installed().protocols.items() if declared.delegation}
    return {name: each for name, each in made.items() if isinstance(each, DelegationDriver)}


def commissioner_driver() -> tuple[str, CommissionerDriver]:
    """The protocol whose devices accept only certified commissioners, and its driver. Raises
    MethodUnavailable where none is installed."""
    from companion.protocols.commissioners import CommissionerDriver

    for name, declaration in installed().protocols.items():
        if declaration.commissioners and isinstance(found := driver(name), CommissionerDriver):
            return name, found
    raise MethodUnavailable("no protocol with commissioner certificates is installed")


def mesh_driver() -> tuple[str, MeshDriver]:
    """The protocol whose devices are nodes of mesh networks, and its driver. Raises MethodUnavailable where
    none is installed."""
    from companion.protocols.meshes import MeshDriver

    for name, declaration in installed().protocols.items():
        if declaration.meshes and isinstance(found := driver(name), MeshDriver):
            return name, found
    raise MethodUnavailable("no protocol with mesh networks is installed")


def fabric_drivers() -> dict[str, FabricDriver]:
    """The drivers of the protocols whose devices join a fabric that others can be let issue for, by name."""
    from companion.protocols.fabrics import FabricDriver

    made = {name: driver(name) for name, declared in installed().protocols.items() if declared.fabric}
    return {name: each for name, each in made.items() if isinstance(each, FabricDriver)}


def operations(name: str) -> frozenset[OwnershipOperation]:
    """What an owner can do with devices of a protocol; nothing where it is not installed any more."""
    declaration = installed().protocols.get(name)
    return declaration.operations if declaration is not None else frozenset()


def imports_trust(protocol: str) -> bool:
    """A list of those who vouch for its devices can be imported."""
    declaration = installed().protocols.get(protocol)
    return declaration is not None and declaration.imports_trust


def administration(name: str) -> frozenset[AdministrationOperation]:
    """What can be done with devices of a protocol over the network; nothing where it is not installed."""
    declaration = installed().protocols.get(name)
    return declaration.administration if declaration is not None else frozenset()


def labels() -> dict[str, LabelDeclaration]:
    """How setup codes are printed, by name of the protocol. A batch is of the first whose column it has."""
    loaded = {}
    for name, declaration in installed().protocols.items():
        if declaration.label is None:
            continue
        try:
            loaded[name] = declaration.label()
        except (Exception, SystemExit):
            if name not in installed().foreign:
                raise
            log.info("the labels of %s do not load", name, exc_info=True)
    return dict(sorted(loaded.items(), key=lambda named: named[1].is_common))


def warm_up_modules() -> tuple[str, ...]:
    """The modules that runs import in their middle."""
    return tuple(module for declaration in installed().protocols.values() for module in declaration.warm_up)


def demo_label() -> Traversable:
    """The picture that the demo reads: the code of a sample device that everybody has."""
    declared = (each.virtual for each in installed().protocols.values() if each.virtual is not None)
    return next(virtual.demo_label() for virtual in declared if virtual.demo_label is not None)


def title(name: str) -> str:
    """A protocol's title for people; that of one which is not installed any more is its name."""
    declaration = installed().protocols.get(name)
    return declaration.title if declaration is not None else name


def _plugins() -> tuple[list[EntryPoint], list[BrokenPlugin]]:
    """The entry points of others in a stable order, and the distributions where they can't be read."""
    from importlib.metadata import entry_points

    unreadable: list[BrokenPlugin] = []
    try:
        found = list(entry_points(group=GROUP))
    except Exception:
        log.info("the entry points of some distribution can't be read", exc_info=True)
        found, unreadable = _one_by_one()
    theirs = {(point.name, point.value): point for point in found if not point.value.startswith(f"{_OURS}.")}
    return [theirs[key] for key in sorted(theirs)], unreadable


def _one_by_one() -> tuple[list[EntryPoint], list[BrokenPlugin]]:
    """The same distribution by distribution, which takes longer and finds the one that is to blame."""
    from importlib.metadata import distributions

    found: list[EntryPoint] = []
    unreadable = []
    for distribution in distributions():
        try:
            found += distribution.entry_points.select(group=GROUP)
        except Exception as error:
            unreadable.append(BrokenPlugin("?", distribution.name or "?", _reason(error)))
    return found, unreadable


def _declared(point: EntryPoint) -> ProtocolDeclaration:
    """What a plug-in declares. Raises whatever its import raises, and TypeError and ValueError."""
    declaration = point.load()
    if not isinstance(declaration, ProtocolDeclaration):
        raise TypeError(f"{point.value} is no ProtocolDeclaration")
    if declaration.name != point.name:
        raise ValueError(f"it declares “{declaration.name}”")
    return declaration


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

"""What a protocol is to the rest of Companion, declared once.

A package of `companion/protocols`, or of another distribution, holds one `ProtocolDeclaration` and names it
in the entry-point group `companion.protocols`. Declarations are read early, so they import nothing heavy:
what needs the radio, cryptography or Bumble stands behind a function that imports it when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from companion.link_trace import Clear, Heard
from companion.protocols.options import GivenOptions, Option, first_values

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from companion.administration import AdministrationOperation
    from companion.model import SetupCode
    from companion.protocols.contract import CableDriver, Driver, Memory
    from companion.protocols.evaluation import ProvisioningMethod
    from companion.protocols.octets import Decoder, Dissector
    from companion.protocols.ownership import OwnershipOperation
    from companion.protocols.receipts import ReceiptReader
    from companion.secret import Secret
    from companion.setup_code.manual_entry import EntryFormat
    from companion.virtual.devices import VirtualDevices

GROUP = "companion.protocols"
"""The group of entry points."""

Recogniser: TypeAlias = "Callable[[str], SetupCode | None]"
"""A text in, its setup code out, or None for a text of another kind. Raises CodeMalformed, nothing else."""


@dataclass(frozen=True)
class VirtualDeclaration:
    """A protocol's virtual devices: for the demo, the lab and tests.

    load:       the module that makes them; imports Bumble
    options:    those of `companion virtual NAME` that other protocols do not take
    demo_label: a picture of its sample device's code, which the demo reads
    faults:     `companion.lab.faults` by their name there, and what `--fault` calls them, to which "=N" is
                added where the lab's has a number
    comparing:  the method by which numbers are compared at its devices; "" where none are
    prepare:    for devices that join no Wi-Fi: keeps in its memory what runs with them need, and gives the
                Thread dataset that they are to join; None where the world's Wi-Fi is enough
    has_display: what they show has to be typed here; in the default world nobody would see it
    """

    load: Callable[[], VirtualDevices]
    options: tuple[Option, ...] = ()
    demo_label: Callable[[], Traversable] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    comparing: str = ""
    prepare: Callable[[Memory], Secret] | None = None
    has_display: bool = False


@dataclass(frozen=True)
class LabelDeclaration:
    """How a protocol's setup codes are made for a batch of devices, and printed.

    column: of a batch file; a file that has it describes devices of this protocol. help: says what they are
    is_common: batches of other protocols may have that column too, so theirs count first
    make:   a row of the file to the text of a code with fresh secrets. Raises ValueError, KeyError
    unique: what no two devices of a batch may share, by name. Raises SecretPredictable
    lines:  what people read and type of a code; it contains the secret
    `unique` gets the protocol's own codes with a payload; `lines` also those of a later version, without.
    """

    column: str
    help: str
    make: Callable[[Mapping[str, str]], str]
    unique: Callable[[SetupCode], tuple[tuple[str, Secret], ...]]
    lines: Callable[[SetupCode], tuple[str, ...]]
    is_common: bool = False


@dataclass(frozen=True)
class TrustDeclaration:
    """Where a protocol's driver finds in its `Memory` what `companion trust` stored. The names never change:
    they are on users' disks.

    roots:        the entry of manufacturers' root certificates: a list, each DER in hexadecimal
    factory_keys: how the names of factory keys begin; the key's ID in hexadecimal follows
    """

    roots: str
    factory_keys: str


def _nothing_clear(heard: Heard) -> Clear:
    return Clear()


@dataclass(frozen=True)
class ProtocolDeclaration:
    """A protocol.

    name:        stable and unique: in records, in JSON and on the command line
    title:       for people
    driver:      makes its driver; imports what that needs
    recognisers: of its setup codes, asked in this order
    code_patterns: regular expressions of its codes within other text (a log line, a link): ASCII, without
                 case, after no letter and no digit; too long for a sentence about codes to match
    entry_formats: how its setup codes are typed, for those that are; others are taken as they are
    label:       how its setup codes are made and printed for a batch, if that is Companion's to do
    art:         the usual look of its devices: one of `ui.art.KINDS`, any other is the plain box
    drawing:     a picture of its devices instead: an SVG in a square, readable on light and on dark ground
    operations:  what an owner can do with its devices; its driver is then an `OwnershipDriver`
    receipts:    reads what its devices signed, for proofs; None: they sign nothing
    delegation:  its owners can let others act for them; its driver is then a `DelegationDriver`
    clouds:      its devices can be sent to a cloud by a profile; its driver asks `CloudEndpoint`
    shows_secrets: its devices can show a fresh secret out of band, for `Order.shown`
    screen_code: writes such a secret (16 octets) as the QR code that its devices read from a screen
    commissioners: its devices accept only certified ones; then it is a `CommissionerDriver`
    meshes:      its devices are nodes of mesh networks; then it is a `MeshDriver`
    fabric:      its owners can let the holder of such a grant issue for it; then it is a `FabricDriver`
    administration: what can be done with them over the network; its driver is then an `AdministrationDriver`
    trust:       where its driver finds whom the user trusts; `companion trust` serves the first such protocol
    imports_trust: who vouches for its devices is held against a list that the user can import; its driver
                 is then a `TrustDriver`
    virtual:     its virtual devices, if there are any
    options:     of `companion commission`, that other protocols do not take
    read_options: makes `Order.extra` of those that were given. Raises ValueError, whose text says what is
                 wrong with them, and CompanionError
    cable:       makes what commissions its devices over a serial port, if that can be done
    methods:     its ways of setting a device up, for those who choose between them; () where it says nothing
    clear:       tells what of a recording of its devices means the same on every link, so that it can be
                 played again; the rest belongs to the keys of its session
    octets:      names the octets of its messages and says which may be shown; None: none of them
    decoder:     puts a recording's values together to messages, and says what they mean; None: of none
    firmware:    which of "version", "sequence" and "nonce-fix" its devices let a firmware rule see; None: not
                 known
    warm_up:     modules that a run imports in its middle, for those who want them loaded before
    """

    name: str
    title: str
    driver: Callable[[], Driver]
    recognisers: tuple[Recogniser, ...] = ()
    code_patterns: tuple[str, ...] = ()
    entry_formats: tuple[EntryFormat, ...] = ()
    label: Callable[[], LabelDeclaration] | None = None
    art: str = "box"
    drawing: Callable[[], Traversable] | None = None
    operations: frozenset[OwnershipOperation] = frozenset()
    receipts: Callable[[], ReceiptReader] | None = None
    delegation: bool = False
    clouds: bool = False
    shows_secrets: bool = False
    screen_code: Callable[[Secret], str] | None = None
    commissioners: bool = False
    meshes: bool = False
    fabric: bool = False
    administration: frozenset[AdministrationOperation] = frozenset()
    trust: TrustDeclaration | None = None
    imports_trust: bool = False
    virtual: VirtualDeclaration | None = None
    options: tuple[Option, ...] = ()
    read_options: Callable[[GivenOptions], Mapping[str, str]] = first_values
    cable: Callable[[], CableDriver] | None = None
    methods: Callable[[], tuple[ProvisioningMethod, ...]] = tuple
    clear: Callable[[Heard], Clear] = _nothing_clear
    octets: Callable[[], Dissector] | None = None
    decoder: Callable[[], Decoder] | None = None
    firmware: frozenset[str] | None = None
    warm_up: tuple[str, ...] = ()

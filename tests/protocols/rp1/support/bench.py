"""Both ends of RP1 on a bench: no radio, no clock of the machine, every message in the test's hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from companion.encoding import es256
from companion.identity.ca import IssuingCa
from companion.identity.owner import OwnerKey
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import Abort, PeerAbort
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.effects import Effect, Press
from companion.protocols.rp1.device.machine import DeviceMachine
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.storage.flash import Flash, RamFlash
from companion.protocols.rp1.handshake import Agreed, CommissionerTerms, OwnerAuthority
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import KEY_OWNER, Method, Mode
from companion.protocols.rp1.session.commissioner import (
    Answered,
    Commissioner,
    NumberShown,
    Progressed,
    Received,
    Secure,
)
from companion.protocols.rp1.session.plan import SessionKind
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction.events import NeedCertificate, NeedChoice, Session, TransactionEvent
from companion.protocols.rp1.transaction.machine import TransactionMachine
from companion.protocols.rp1.transaction.plan import ChosenItems, Endpoint, Ownership, Plan
from companion.protocols.rp1.wire import fragment
from companion.protocols.rp1.wire.info import InfoState
from companion.protocols.rp1.wire.info import decode as info_of
from companion.protocols.rp1.wire.operations import (
    Args,
    Commit,
    Csr,
    Final,
    Op,
    Stage,
    Verify,
    encode_request,
)
from companion.protocols.rp1.wire.results import Reply, decode_reply
from companion.secret import Secret
from tests.identity.requests import NAME

NOW = 1_800_000_000
TX = b"transact"
IDENTITY = es256.private_key(bytes(31) + b"\x07")
R = Secret(bytes.fromhex("5f3a91c07e11d2864bb90a2ce4f7683d"))
PRODUCT = Product(
    serial="RP1-0001", model="Sensor", firmware="1.0", disc=0x5A5, identity=IDENTITY, r=R, build_time=NOW
)
OWNER = OwnerKey.generate()
CA = IssuingCa.create("Bench CA")
PLAN = Plan(Endpoint("endpoint.example:8883", CA.anchors), Ownership(OWNER, NOW))
WIFI = items.WifiNetwork(b"Hafen 12", items.WifiKind.WPA2, Secret("correct horse"))
CHOSEN = ChosenItems(WIFI, items.Label("Lamp", "Hall"))


class LinkCut(Exception):
    """The test cut the link here."""


@dataclass
class Clock:
    """Uptime in a test's hands."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class DeviceBench:
    """A device with its host: every effect is done here. `trial` says what VERIFY comes to."""

    flash: Flash = field(default_factory=RamFlash)
    product: Product = PRODUCT
    clock: Clock = field(default_factory=Clock)
    trial: Callable[[Trial], int | None] = lambda trial: None
    button: Press | None = Press.SHORT
    mtu: int = 247
    wall: Callable[[], float] | None = None

    def __post_init__(self) -> None:
        self.boot()

    def boot(self) -> None:
        """Power on (again)."""
        self.machine = DeviceMachine(self.product, self.flash, self.clock, self.wall)
        self.notified: list[bytes] = []
        self.shown: str | None = None
        self.is_up = False
        self.seen: list[Effect] = []

    def connect(self) -> bytes:
        """A central connects and reads INFO; another one's link is gone before."""
        if self.is_up:
            self.disconnect()
        self.do(self.machine.connected())
        self.machine.mtu_changed(self.mtu)
        self.is_up = True
        return self.machine.read_info()

    def disconnect(self) -> None:
        self.is_up = False
        self.notified.clear()
        self.do(self.machine.disconnected())

    def write(self, value: bytes) -> None:
        self.do(self.machine.received(value))

    def press(self, press: Press) -> None:
        self.do(self.machine.button(press))

    def tick(self, seconds: float) -> None:
        self.clock.now += seconds
        self.do(self.machine.tick())

    def do(self, done: list[Effect]) -> None:
        for effect in done:
            self.seen.append(effect)
            match effect:
                case effects.Notify(value):
                    self.notified.append(value)
                case effects.Disconnect():
                    if self.is_up:
                        self.disconnect()
                case effects.ShowNumber(number):
                    self.shown = number
                    if self.button is not None:
                        self.press(self.button)
                case effects.StartVerify(trial):
                    self.do(self.machine.verified(self.trial(trial)))


@dataclass
class CommissionerBench:
    """An app without a radio. `operations` are ATT operations as a link would count them.

    cut: asked before each message in either direction, True cuts the link; twist: may change a reply
    """

    device: DeviceBench
    transaction: TransactionMachine = field(default_factory=lambda: TransactionMachine(PLAN, CHOSEN))
    method: Method = Method.OOB
    cut: Callable[[], bool] = lambda: False
    twist: Callable[[bytes], bytes] = lambda plaintext: plaintext
    choices: list[ChosenItems] = field(default_factory=list)
    reprovisions: bool = False
    owner: OwnerKey = OWNER
    operations: int = 0
    identity_key: bytes | None = None
    rpsk: tuple[bytes, bytes] | None = None
    told: list[TransactionEvent] = field(default_factory=list)

    def terms(self, info: bytes) -> CommissionerTerms:
        if self.method & Method.OWNER:
            trust = Trust(known=frozenset({self.device.product.fp}))
            owner = OwnerAuthority(self.owner.public, self.owner.sign)
            return CommissionerTerms(info, self.method, Mode.REPROVISION, trust=trust, owner=owner)
        oob = self.method & Method.OOB
        return CommissionerTerms(
            info,
            self.method,
            secret=self.device.product.r if oob else None,
            trust=Trust(fp=self.device.product.fp if oob else None),
        )

    def run(self) -> None:
        """From a fresh connection to FINAL, in one session. Raises what goes wrong."""
        info = self.device.connect()
        self.operations += 1
        self.secure(self.terms(info))
        self.hand_over()

    def resume(self) -> None:
        """Take up the transaction with the RPSK of its first session, and finish it."""
        assert self.rpsk is not None
        info = self.device.connect()
        rpsk, psk_id = self.rpsk
        secret = Secret(rpsk)
        terms = CommissionerTerms(info, Method.PSK, Mode.RESUME, secret=secret, psk_id=psk_id)
        self.secure(terms)
        self.hand_over()

    def carry_on(self) -> None:
        """Come back after a loss, as a driver does: resume, else finish as the owner, else start anew."""
        if self.rpsk is not None:
            try:
                return self.resume()
            except PeerAbort as refused:
                assert refused.code == Abort.NOT_AUTHENTIC
                self.device.disconnect()
        state = info_of(self.device.connect()).state
        self.device.disconnect()
        if state in (InfoState.PROVISIONAL, InfoState.OWNED):
            self.method = KEY_OWNER
            self.identity_key = self.device.product.point
        return self.run()

    def secure(self, terms: CommissionerTerms) -> None:
        """The handshake and, in NC, both presses."""
        self.machine = Commissioner(terms, room=fragment.value_size(self.device.mtu))
        self.machine.begin(0.0)
        agreed = self._until_secure()
        if agreed.peer is not None:
            self.identity_key = agreed.peer.key
        if terms.mode is not Mode.RESUME:
            self.rpsk = agreed.master.resumption()
        kinds = {Mode.RESUME: SessionKind.RESUMED, Mode.REPROVISION: SessionKind.OWNER}
        kind = SessionKind.FRESH if self.reprovisions else kinds.get(terms.mode, SessionKind.FRESH)
        max_msg = self.device.product.max_msg
        self.keep(self.transaction.begin(Session(kind, agreed.master, max_msg, self.identity_key)))

    def hand_over(self) -> None:
        while not self.transaction.done:
            request = self.transaction.next_request()
            if request is not None:
                self.machine.request(request, 1e9)
                for event in self._hear():
                    if isinstance(event, Received):
                        self.keep(self.transaction.receive(self.twist(event.plaintext)))
                    elif isinstance(event, Progressed):
                        self.keep(self.transaction.progress(event.plaintext))
                continue
            match self.transaction.need:
                case NeedCertificate(csr, serial):
                    self.transaction.certify(CA.issue(csr, serial=serial, name=NAME).chain)
                case NeedChoice() if self.choices:
                    self.transaction.choose(self.choices.pop(0))
                case need:
                    raise AssertionError(f"the hand-over stands still: {need}")

    def keep(self, events: tuple[TransactionEvent, ...]) -> None:
        """What the hand-over told."""
        self.told += events

    def _until_secure(self) -> Agreed:
        while True:
            heard = self._hear()
            while heard:
                match heard.pop(0):
                    case Answered():
                        self.machine.reveal(0.0)
                    case NumberShown():
                        heard += self.machine.confirm()
                    case Secure(agreed):
                        self._flush()
                        return agreed

    def _hear(self) -> list[object]:
        """Deliver what this side has to say, then what the device says. Raises SessionAborted, LinkCut."""
        outgoing = self._flush()
        if not self.device.is_up:
            raise LinkCut
        if self.device.notified:
            self._maybe_cut()
        heard: list[object] = []
        while self.device.notified:
            self.operations += 1
            heard += self.machine.receive(self.device.notified.pop(0), 0.0)
        if not outgoing and not heard:
            raise AssertionError("nobody has anything to say")
        return heard

    def _flush(self) -> bool:
        """Deliver what this side has to say; False if that is nothing."""
        outgoing = self.machine.outgoing()
        if outgoing:
            self._maybe_cut()
        for piece in outgoing:
            self.operations += 1
            self.device.write(piece.data)
        return bool(outgoing)

    def _maybe_cut(self) -> None:
        if self.cut():
            self.device.disconnect()
            raise LinkCut


class Requester(CommissionerBench):
    """A commissioner that asks what a test wants, in the order that a test wants."""

    reqid = 0

    def open(self) -> Requester:
        """A secure session in mode 0 (mode 1 with OWNER)."""
        self.secure(self.terms(self.device.connect()))
        self.reqid = 0
        return self

    def reopen(self) -> Requester:
        """A session resumed with the RPSK of the first one."""
        assert self.rpsk is not None
        rpsk, psk_id = self.rpsk
        info = self.device.connect()
        self.secure(CommissionerTerms(info, Method.PSK, Mode.RESUME, secret=Secret(rpsk), psk_id=psk_id))
        return self

    def ask(self, op: int, args: Args = None, tx: bytes = TX, *, reqid: int | None = None) -> Reply:
        """The reply to a request."""
        self.reqid = self.reqid + 1 if reqid is None else reqid
        return self.send(encode_request(Op(op), self.reqid, tx, args))

    def send(self, plaintext: bytes) -> Reply:
        """The reply to the plaintext of a request."""
        self.machine.request(plaintext, 1e9)
        (event,) = [one for one in self._hear() if isinstance(one, Received)]
        return decode_reply(event.plaintext)

    def stage(self, kind: int, data: bytes, tx: bytes = TX) -> int:
        """The status of a STAGE of a whole item."""
        return self.ask(Op.STAGE, Stage(kind, 0, data, len(data), crypto.sha256(data)), tx).status

    def stage_all(self, tx: bytes = TX, **changes: bytes) -> bytes:
        """CSR and all seven items, `changes` by lower-case type name; the manifest of what was taken."""
        der = self.ask(Op.CSR, Csr(), tx).result[1]
        assert isinstance(der, bytes)
        chain = CA.issue(der, serial=self.device.product.serial, name=NAME).chain
        epoch = self.device.machine._state.anti_rollback.now.epoch
        wanted = {
            **transaction_plan.certificate_items(PLAN, chain),
            **transaction_plan.owner_items(PLAN, self.device.product.fp, tx, epoch),
            **transaction_plan.chosen_items(CHOSEN),
        }
        wanted |= {ItemType[name.upper()]: data for name, data in changes.items()}
        for kind in sorted(wanted):
            assert self.stage(kind, wanted[kind], tx) == 0
        return items.manifest({kind: crypto.sha256(data) for kind, data in wanted.items()})

    def commit_all(self, tx: bytes = TX) -> bytes:
        """Everything up to COMMIT; the receipt."""
        manifest = self.stage_all(tx)
        assert self.ask(Op.VERIFY, Verify(manifest, 5), tx).status == 0
        reply = self.ask(Op.COMMIT, Commit(manifest), tx)
        assert reply.status == 0
        receipt = reply.result[1]
        assert isinstance(receipt, bytes)
        return receipt

    def finish_with(self, wanted: dict[int, bytes], tx: bytes = TX) -> None:
        """STAGE, COMMIT and FINAL of items that need no VERIFY."""
        for kind in sorted(wanted):
            assert self.stage(kind, wanted[kind], tx) == 0
        manifest = items.manifest({kind: crypto.sha256(data) for kind, data in wanted.items()})
        receipt = self.ask(Op.COMMIT, Commit(manifest), tx).result[1]
        assert isinstance(receipt, bytes)
        assert self.ask(Op.FINAL, Final(crypto.sha256(receipt)), tx).status == 0

    def own(self, tx: bytes = TX) -> None:
        """Everything up to FINAL."""
        receipt = self.commit_all(tx)
        assert self.ask(Op.FINAL, Final(crypto.sha256(receipt)), tx).status == 0


def requester(**changes: object) -> Requester:
    """A secure session in mode 0 with a new device; `changes` are the device's."""
    return Requester(DeviceBench(**changes)).open()  # type: ignore[arg-type]  # a test's shorthand


def owner_of(device: DeviceBench) -> Requester:
    """The owner's session (method 24, mode 1) with his device."""
    made = Requester(device, method=KEY_OWNER)
    made.identity_key = device.product.point
    return made.open()


def fresh(**changes: object) -> CommissionerBench:
    """A commissioner with a new device; `changes` are the device's."""
    return CommissionerBench(DeviceBench(**changes))  # type: ignore[arg-type]  # a test's shorthand


def owner_session(device: DeviceBench, transaction: TransactionMachine) -> CommissionerBench:
    """The same owner comes back to finish: method 24, mode 1."""
    made = CommissionerBench(device, transaction, KEY_OWNER)
    made.identity_key = device.product.point
    return made


def with_password(choices: ChosenItems, passphrase: str) -> ChosenItems:
    assert choices.wifi is not None
    return replace(choices, wifi=replace(choices.wifi, passphrase=Secret(passphrase)))

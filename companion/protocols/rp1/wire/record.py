"""The record layer (section 7): `type || seq(4) || ciphertext || tag(16)`, one key per direction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from companion.encoding import ccm
from companion.protocols.rp1.aborts import Abort, LocalAbort
from companion.protocols.rp1.schedule import Master, TrafficKey

HEADER_SIZE = 5
OVERHEAD = HEADER_SIZE + ccm.TAG_SIZE


class RecordType(IntEnum):
    """The types of section 7."""

    M3 = 3
    M4 = 4
    APP = 16
    CONFIRM = 17
    ABORT = 18
    KEYUPDATE = 19
    PROGRESS = 20


_IN_SESSION = frozenset(set(RecordType) - {RecordType.M3, RecordType.M4})


@dataclass(frozen=True)
class Record:
    """An opened record."""

    type: RecordType
    plaintext: bytes


@dataclass(frozen=True)
class KeyLife:
    """After how many records or octets, both directions together, new keys are due (section 7)."""

    records: int = 1 << 16
    octets: int = 1 << 20


_USUAL_LIFE = KeyLife()


class Direction:
    """One key, used in one direction, with the sequence number that comes next."""

    def __init__(self, key: TrafficKey, seq: int = 0) -> None:
        self._cipher = ccm.AesCcm(key.key)
        self._iv = key.iv
        self.seq = seq

    def seal(self, kind: int, plaintext: bytes) -> bytes:
        """The next record."""
        header = self._header(kind)
        sealed = self._cipher.seal(self._nonce(), plaintext, header)
        self.seq += 1
        return header + sealed

    def open(self, record: bytes) -> Record:
        """The next record of the peer. Raises LocalAbort ORDER for any that is not it, or does not open."""
        header = record[:HEADER_SIZE]
        if len(record) < OVERHEAD or header[1:] != self.seq.to_bytes(4, "big"):
            raise LocalAbort(Abort.ORDER, "a record out of order")
        try:
            plaintext = self._cipher.unseal(self._nonce(), record[HEADER_SIZE:], header)
            kind = RecordType(header[0])
        except ccm.NotAuthentic as error:
            raise LocalAbort(Abort.ORDER, "a record that does not open") from error
        except ValueError as error:
            raise LocalAbort(Abort.ORDER, "a record of an unknown type") from error
        self.seq += 1
        return Record(kind, plaintext)

    def _header(self, kind: int) -> bytes:
        return bytes([kind]) + self.seq.to_bytes(4, "big")

    def _nonce(self) -> bytes:
        number = int.from_bytes(self._iv, "big") ^ self.seq
        return number.to_bytes(ccm.NONCE_SIZE, "big")


class RecordLayer:
    """Both directions of a session from MASTER on, on either side."""

    def __init__(
        self, master: Master, *, commissioner: bool, max_msg: int, life: KeyLife | None = None
    ) -> None:
        self.max_plaintext = max_msg - OVERHEAD
        self._master = master
        self._commissioner = commissioner
        self._life = life or _USUAL_LIFE
        self._set_keys()

    @property
    def needs_rekey(self) -> bool:
        """True when the keys have done their share of records or octets."""
        return self._records >= self._life.records or self._octets >= self._life.octets

    def seal(self, kind: RecordType, plaintext: bytes) -> bytes:
        """The next record to send. Raises ValueError if the peer would not take one so long."""
        if len(plaintext) > self.max_plaintext:
            raise ValueError(f"{len(plaintext)} octets in a record, at most {self.max_plaintext} fit")
        record = self._out.seal(kind, plaintext)
        self._count(record)
        return record

    def open(self, record: bytes) -> Record:
        """The peer's next record. Raises LocalAbort ORDER."""
        opened = self._in.open(record)
        if opened.type not in _IN_SESSION:
            raise LocalAbort(Abort.ORDER, "a handshake record inside the session")
        self._count(record)
        return opened

    def rekey(self) -> None:
        """Both KEYUPDATEs are exchanged: go on under MASTER' from sequence number 0."""
        self._master = self._master.rekeyed()
        self._set_keys()

    def _set_keys(self) -> None:
        c2d, d2c = (Direction(key) for key in self._master.traffic())
        self._out, self._in = (c2d, d2c) if self._commissioner else (d2c, c2d)
        self._records = self._octets = 0

    def _count(self, record: bytes) -> None:
        self._records += 1
        self._octets += len(record)

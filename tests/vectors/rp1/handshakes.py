"""Whole handshakes with all intermediate values, made with `cryptography` and the messages' encoders alone.

The key schedule is written out here a second time, from section 3, so that a slip in `schedule.py` can't
hide in the vectors. Every random value is a hash of its name, so the files are the same each time they are
made; only ML-KEM's ciphertext is not, and is taken over from the file that is there.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from companion.encoding import cbor, cose, es256
from companion.protocols.rp1 import crypto
from tests.vectors.rp1.chain import IDEVID, MOMENT, ROOT

METHODS_LISTED = 31
WAYS = [
    ("nc", 1, 0),
    ("oob", 2, 0),
    ("psk", 4, 0),
    ("key", 8, 0),
    ("nc+key", 9, 0),
    ("oob+key", 10, 0),
    ("psk+key", 12, 0),
    ("resume", 4, 5),
    ("owner, reprovision", 24, 1),
    ("owner, transfer", 24, 2),
    ("owner, rotate", 24, 3),
    ("owner, reset", 24, 4),
    ("key, IDevID chain", 8, 0),
    ("oob+key, IDevID chain", 10, 0),
]
TX = bytes.fromhex("0102030405060708")
IDENTITY = es256.private_key(hashlib.sha256(b"rp1 vectors identity").digest())


def make(old: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All vectors. old: those that are there, for their ML-KEM ciphertexts."""
    kept = {vector["name"]: vector["in"] for vector in old}
    return [
        _vector(f"{name}, suite {suite}", suite, method, mode, kept)
        for suite in (1, 2)
        for name, method, mode in WAYS
    ]


class _Values:
    """Reproducible random values of one vector."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()

    def octets(self, label: str, size: int) -> bytes:
        return hashlib.sha512(b"rp1 vectors " + self._name + b" " + label.encode()).digest()[:size]


def _vector(name: str, suite: int, method: int, mode: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    given = _given(name, suite, method, mode, kept)
    out = _first_two_messages(given, suite, method, mode)
    _prks(given, out, suite)
    _last_two_messages(given, out, method)
    _session(given, out, method)
    made: dict[str, Any] = _hex(
        {"name": name, "suite": suite, "method": method, "mode": mode, "in": given, "out": out}
    )
    return made


def _given(name: str, suite: int, method: int, mode: int, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What both ends go into the handshake with, their random values included."""
    draw = _Values(name)
    owned, suites = bool(method & 16), [1] if suite == 1 else [1, 2]
    state, disc = (5, 0xFFF) if owned else (0, 0xF00)
    given: dict[str, Any] = {
        "INFO": cbor.encode([1, suites, METHODS_LISTED, 2048, state, disc, 0xCB]),
        "sid": draw.octets("sid", 8),
        "e_C_scalar": draw.octets("e_C", 32),
        "e_D_scalar": draw.octets("e_D", 32),
        "identity_scalar": IDENTITY.private_numbers().private_value.to_bytes(32, "big"),
        "N_C": draw.octets("N_C", 16),
        "N_D": draw.octets("N_D", 16),
        "suites_C": suites,
        "suites_D": suites,
        "methods_C": METHODS_LISTED,
        "methods_D": METHODS_LISTED,
    }
    if method & 2:
        given["oob"] = {"r": draw.octets("r", 16), "fp": crypto.fingerprint(es256.point(IDENTITY))}
    if method & 4:
        psk = draw.octets("psk", 32)
        given["psk"] = {"id": _hash(psk)[:8] if mode == 5 else b"factory-1", "key": psk}
    if "chain" in name:
        given |= {"chain": [IDEVID], "root": ROOT, "moment": int(MOMENT.timestamp())}
    if owned:
        given["owner_scalar"] = draw.octets("owner", 32)
    if mode == 2:
        given["token"] = _token(draw, es256.point(es256.private_key(given["owner_scalar"])))
    if suite == 2:
        given |= _kem(draw.octets("kem", 64), kept.get(name))
    return given


def _kem(seed: bytes, kept: Mapping[str, str] | None) -> dict[str, bytes]:
    kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(seed)
    ciphertext = bytes.fromhex(kept["kem_ciphertext"]) if kept else kem.public_key().encapsulate()[1]
    return {"kem_seed": seed, "kem_ciphertext": ciphertext, "kem_secret": kem.decapsulate(ciphertext)}


def _first_two_messages(given: Mapping[str, Any], suite: int, method: int, mode: int) -> dict[str, Any]:
    """M1, M2, the opening of M3, and the transcript up to there."""
    e_c, e_d = (es256.private_key(given[f"e_{end}_scalar"]) for end in "CD")
    point_c, point_d = es256.point(e_c), es256.point(e_d)
    sid, suites = given["sid"], given["suites_C"]
    com = _hash(b"rp1 commit", sid, bytes([suite, method]), point_c, given["N_C"])
    tail: list[cbor.Value] = [given["psk"]["id"]] if method & 4 else []
    answer: list[cbor.Value] = []
    if suite == 2:
        kem = mlkem.MLKEM768PrivateKey.from_seed_bytes(given["kem_seed"])
        tail.append(kem.public_key().public_bytes_raw())
        answer.append(given["kem_ciphertext"])
    digest = _hash(given["INFO"])[:16]
    m1 = cbor.encode([1, 1, sid, suites, suite, METHODS_LISTED, method, mode, digest, com, *tail])
    m2 = cbor.encode([2, sid, suite, method, suites, METHODS_LISTED, point_d, given["N_D"], *answer])
    opening = cbor.encode([3, point_c, given["N_C"]])
    th2 = _hash(_hash(_lp(m1)), _lp(m2))
    return {
        "E_C": point_c,
        "E_D": point_d,
        "com_C": com,
        "M1": m1,
        "M2": m2,
        "opening": opening,
        "th2": th2,
        "th3": _hash(th2, _lp(opening)),
        "ecdh": e_c.exchange(ec.ECDH(), e_d.public_key()),
    }


def _prks(given: Mapping[str, Any], out: dict[str, Any], suite: int) -> None:
    """PRK1 to PRK3, and the number."""
    th3 = out["th3"]
    secret = given["oob"]["r"] if "oob" in given else given["psk"]["key"] if "psk" in given else bytes(32)
    out["PRK1"] = _extract(_hash(b"rp1 v1", bytes([suite])), out["ecdh"])
    out["PRK2"] = _extract(_expand(out["PRK1"], "mix kem", th3, 32), given.get("kem_secret", bytes(32)))
    out["PRK3"] = _extract(_expand(out["PRK2"], "mix auth", th3, 32), secret)
    out["NUMBER"] = f"{int.from_bytes(_expand(out['PRK2'], 'sas', th3, 8), 'big') % 1_000_000:06}"


def _last_two_messages(given: Mapping[str, Any], out: dict[str, Any], method: int) -> None:
    """M3 and M4 with their keys and contents."""
    prk3, th3 = out["PRK3"], out["th3"]
    out["auth_C"] = cbor.encode(_auth_c(given, th3))
    out["k3"], out["iv3"] = _expand(prk3, "m3 key", th3, 16), _expand(prk3, "m3 iv", th3, 13)
    record = _record(out["k3"], out["iv3"], 3, 0, out["auth_C"])
    out["M3"] = out["opening"] + record
    out["th4"] = th4 = _hash(th3, _lp(record))
    out["auth_D"] = cbor.encode(_auth_d(method, "chain" in given, th4))
    out["k4"], out["iv4"] = _expand(prk3, "m4 key", th4, 16), _expand(prk3, "m4 iv", th4, 13)
    out["M4"] = _record(out["k4"], out["iv4"], 4, 0, out["auth_D"])
    out["th5"] = _hash(th4, _lp(out["M4"]))


def _session(given: Mapping[str, Any], out: dict[str, Any], method: int) -> None:
    """What follows from MASTER."""
    th5 = out["th5"]
    out["MASTER"] = master = _expand(out["PRK3"], "master", th5, 32)
    out["RPSK"] = _expand(master, "resume", th5, 32)
    out["RPSK_id"] = _hash(out["RPSK"])[:8]
    out |= _traffic(master, th5)
    out["EXPORT_csr"] = {"tx": TX, "value": _expand(master, "exp csr", TX, 16)}
    out["MASTER_after_rekey"] = after = _expand(master, "rekey", th5, 32)
    out["after_rekey"] = _traffic(after, th5)
    before = _records(_traffic(master, th5), given["sid"], bool(method & 1))
    out["records"] = before + _records_after(out["after_rekey"])


def _token(draw: _Values, new_owner: bytes) -> bytes:
    old_owner = es256.private_key(draw.octets("old owner", 32))
    payload = cbor.encode({1: "RP1-0001", 2: _hash(new_owner), 3: 2, 4: 1_900_000_000, 5: True})
    return cose.sign(lambda message: es256.sign(old_owner, message), payload, "rp1 xfer")


def _auth_c(given: Mapping[str, Any], th3: bytes) -> dict[int, cbor.Value]:
    if "owner_scalar" not in given:
        return {}
    owner = es256.private_key(given["owner_scalar"])
    auth: dict[int, cbor.Value] = {1: [es256.point(owner)], 2: es256.sign(owner, b"rp1 sig C" + th3)}
    if "token" in given:
        auth[3] = given["token"]
    return auth


def _auth_d(method: int, chained: bool, th4: bytes) -> dict[int, cbor.Value]:
    if not method & (2 | 8):
        return {}
    return {
        1: [IDEVID] if chained else es256.point(IDENTITY),
        2: es256.sign(IDENTITY, b"rp1 sig D" + th4),
    }


def _records(keys: Mapping[str, bytes], sid: bytes, compared: bool) -> list[dict[str, Any]]:
    """Every type, both directions."""
    request = cbor.encode([1, 1, TX, {}])
    c2d = [(16, request), (16, b""), (19, b""), (18, cbor.encode([0, sid, 11]))]
    d2c = [(20, cbor.encode([1, 4])), (16, cbor.encode([1, 1, TX, 13, {}])), (19, b"\x01"), (19, b"")]
    confirm = [(17, cbor.encode(sid))] if compared else []
    return [*_sealed("c2d", keys, confirm + c2d), *_sealed("d2c", keys, confirm + d2c)]


def _records_after(keys: Mapping[str, bytes]) -> list[dict[str, Any]]:
    one = [(16, b"under new keys")]
    both = [*_sealed("c2d", keys, one), *_sealed("d2c", keys, one)]
    return [{**record, "after_rekey": True} for record in both]


def _sealed(
    direction: str, keys: Mapping[str, bytes], plain: list[tuple[int, bytes]]
) -> list[dict[str, Any]]:
    key, iv = keys[f"{direction}_key"], keys[f"{direction}_iv"]
    return [
        {
            "direction": direction,
            "seq": seq,
            "type": kind,
            "plaintext": text,
            "record": _record(key, iv, kind, seq, text),
        }
        for seq, (kind, text) in enumerate(plain)
    ]


def _record(key: bytes, iv: bytes, kind: int, seq: int, plaintext: bytes) -> bytes:
    header = bytes([kind]) + seq.to_bytes(4, "big")
    nonce = iv[:9] + bytes(a ^ b for a, b in zip(iv[9:], header[1:], strict=True))
    return header + AESCCM(key, 16).encrypt(nonce, plaintext, header)


def _traffic(master: bytes, th5: bytes) -> dict[str, bytes]:
    sizes = {"key": 16, "iv": 13}
    return {
        f"{way}_{part}": _expand(master, f"{way} {part}", th5, size)
        for way in ("c2d", "d2c")
        for part, size in sizes.items()
    }


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _lp(message: bytes) -> bytes:
    return len(message).to_bytes(4, "big") + message


def _extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt, ikm, "sha256")


def _expand(prk: bytes, label: str, context: bytes, size: int) -> bytes:
    return HKDFExpand(hashes.SHA256(), size, cbor.encode([f"rp1 {label}", context, size])).derive(prk)


def _hex(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: _hex(item) for key, item in value.items()}
    return [_hex(item) for item in value] if isinstance(value, list) else value

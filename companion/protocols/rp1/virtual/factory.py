"""Where virtual RP1 devices are made: their serial, secret and identity key, and the text of their label."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.protocols.rp1.device.keys import ScalarKeys
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.setup_code import label_code as codes
from companion.protocols.rp1.virtual.options import Fault
from companion.protocols.rp1.wire.info import MAX_DISC, Caps
from companion.secret import Secret
from companion.tpm import keys as tpm_keys

MODEL, FIRMWARE, NAME = "Harbour sensor", "1.0.0", "Harbour"
_KEPT = ("serial", "disc", "r")
_IN_FLASH, _IN_TPM = "identity", "identity in TPM"


@dataclass(frozen=True)
class TpmKeys:
    """Operational keys in the TPM behind `tcti`: the flash keeps what is of use to that TPM alone."""

    tcti: str

    def make(self) -> bytes:
        """See `OperationalKeys.make`. Raises TpmUnavailable."""
        return tpm_keys.make(self.tcti).kept

    def open(self, kept: bytes) -> ec.EllipticCurvePrivateKey:
        """See `OperationalKeys.open`."""
        return tpm_keys.TpmKey(kept, self.tcti)


def sample() -> Product:
    """The device of the shipped sample label. Everybody has its secrets: it exists on virtual airs only."""
    return _read(
        files("companion.protocols.rp1.virtual").joinpath("samples/rp1.json").read_text(encoding="utf-8")
    )


def make(tpm: str | None = None) -> Product:
    """A new device, unlike any other. tpm: where its keys are made and stay; None: in its flash.

    Raises TpmUnavailable.
    """
    return Product(
        serial=f"HS-{secrets.randbelow(10**8):08}",
        model=MODEL,
        firmware=FIRMWARE,
        disc=secrets.randbelow(MAX_DISC),
        identity=es256.generate() if tpm is None else tpm_keys.make(tpm),
        r=Secret(secrets.token_bytes(codes.SECRET_SIZE)),
        name=NAME,
        keys=ScalarKeys() if tpm is None else TpmKeys(tpm),
    )


def product_in(folder: Path, tpm: str | None = None) -> Product:
    """The device of a state folder, made at first use. Raises OSError, ValueError, TpmUnavailable."""
    file = folder / "device.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        replace_durably(file, _write(make(tpm)).encode())
    return _read(read_own(MAX_SMALL_FILE, file).decode(), tpm)


def label(product: Product) -> str:
    """The text of the device's QR code."""
    return codes.make(
        codes.Rp1Code(
            disc=product.disc,
            fp=product.fp,
            r=product.r,
            suites=product.suites,
            methods=product.methods,
        )
    )


def printed(product: Product, faults: dict[Fault, float]) -> Product:
    """The device as its label describes it, which a fault in the factory may have changed."""
    if Fault.WEAK_SECRET in faults:
        return replace(product, r=Secret(bytes([0x11]) * codes.SECRET_SIZE))
    return product


def built(described: Product, faults: dict[Fault, float]) -> Product:
    """The device that is behind a label, which may be another one."""
    if Fault.WRONG_SECRET in faults:
        return replace(described, r=Secret(secrets.token_bytes(codes.SECRET_SIZE)))
    if Fault.WRONG_IDENTITY in faults:
        return replace(described, identity=es256.generate())
    if Fault.SINGLE_RADIO in faults:
        return replace(described, caps=described.caps & ~Caps.BLE_DURING_VERIFY)
    return described


def _read(text: str, tpm: str | None = None) -> Product:
    kept = json.loads(text)
    if not all(name in kept for name in _KEPT):
        raise ValueError("not the state of a virtual RP1 device")
    if (_IN_FLASH if tpm is None else _IN_TPM) not in kept:
        raise ValueError("this device's keys are " + ("in a TPM: give --tpm" if tpm is None else "in no TPM"))
    return Product(
        serial=str(kept["serial"]),
        model=MODEL,
        firmware=FIRMWARE,
        disc=int(kept["disc"]),
        identity=_key(kept, tpm),
        r=Secret(bytes.fromhex(kept["r"])),
        name=NAME,
        keys=ScalarKeys() if tpm is None else TpmKeys(tpm),
    )


def _key(kept: dict[str, str], tpm: str | None) -> ec.EllipticCurvePrivateKey:
    if tpm is None:
        return es256.private_key(bytes.fromhex(kept[_IN_FLASH]))
    return tpm_keys.TpmKey(kept[_IN_TPM].encode(), tpm)


def _write(product: Product) -> str:
    identity = product.identity
    if isinstance(identity, tpm_keys.TpmKey):
        place, content = _IN_TPM, identity.kept.decode("ascii")
    else:
        place, content = _IN_FLASH, f"{identity.private_numbers().private_value:064x}"
    kept = {
        "serial": product.serial,
        "disc": product.disc,
        place: content,
        "r": product.r.reveal().hex(),
    }
    return json.dumps(kept, indent=2)

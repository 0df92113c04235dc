"""The options that only RP1 devices take, and how they and the trust store reach the driver."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from companion.errors import TrustUnusable
from companion.files import read_named
from companion.protocols.declaration import TrustDeclaration
from companion.protocols.options import GivenOptions, Option, first_values

COMMISSION = (
    Option("--psk-id", "factory key to use (see `companion trust psk`)", ("ID",)),
    Option("--voucher", "the manufacturer's voucher, with --method key", ("F",)),
    Option("--reset-lock", "on: the device's button can't remove its owner", ("WHETHER",), ("on", "off")),
)

TRUST = TrustDeclaration(roots="makers", factory_keys="psk/")

VIRTUAL = (
    Option("--suites", "cipher suites it offers", ("1,2",)),
    Option(
        "--manufacturer",
        "issue it an IDevID from the virtual manufacturer in DIR",
        ("DIR",),
        aliases=("--maker",),
    ),
    Option("--tpm", "keep its keys and IDevID in a TPM, such as swtpm:path=SOCKET", ("TCTI",)),
    Option("--voucher-for", "write a voucher for this owner to DIR", ("OWNER.pub",)),
    Option("--factory-key", "pre-shared key, ID and file content in hexadecimal", ("ID", "FILE")),
    Option("--show-code", "show a setup code with a fresh secret"),
    Option("--sees", "read the secret on a screen from this picture (QR code) or video (AVI)", ("FILE",)),
    Option("--chirp", "chirp a fresh secret, and write a recording (WAV) of it", ("FILE.wav",)),
    Option("--blink", "blink a fresh secret with its LED, and write a video (AVI) of it", ("FILE.avi",)),
)


def read(given: GivenOptions) -> Mapping[str, str]:
    """`Order.extra` of the options of `commission`.

    Raises FileMissing, FileUnreadable, and TrustUnusable for a file that is no voucher.
    """
    said = first_values(given)
    extra: dict[str, str] = {}
    if psk := said.get("psk-id"):
        extra["psk_id"] = psk.lower()
    if lock := said.get("reset-lock"):
        extra["reset_lock"] = lock
    if voucher := said.get("voucher"):
        extra["voucher"] = _voucher(Path(voucher)).hex()
    return extra


def _voucher(path: Path) -> bytes:
    from companion.protocols.rp1.credentials import vouchers

    try:
        content = read_named(vouchers.MAX_VOUCHER, path)
        vouchers.look(content)
    except vouchers.BadVoucher as error:
        raise TrustUnusable(f"{path.name}: {type(error).__name__}") from error
    return content

"""Firmware files that are kept with rules: only what a rule would let a device run is kept, or sent."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from companion.errors.firmware import FirmwareFileRefused, FirmwareKeyUnusable
from companion.files import own_folder, replace_durably, unwritable
from companion.firmware import explain
from companion.firmware.image import Image
from companion.firmware.keys import is_made_by_given, read_pem
from companion.firmware.rules import KeptFile, Rule
from companion.firmware.version import version_of

FOLDER = "firmware"
"""In the data folder."""


def examine(data: bytes, rule: Rule) -> Image:
    """What the octets are, held against a rule. Raises FirmwareFileRefused with the reason, FirmwareUnknown,
    FirmwareMalformed, FirmwareKeyUnusable."""
    try:
        keys = (read_pem(rule.signer.encode()),) if rule.signer else ()
    except ValueError as error:
        raise FirmwareKeyUnusable(str(error)) from error
    image = explain(data, keys)
    if image.fault is not None:
        raise FirmwareFileRefused(f"{image.fault.claim}: {image.fault.reason}")
    if keys and not is_made_by_given(image.checks):
        raise FirmwareFileRefused("its signature is of a kind that Companion does not check")
    told, least = version_of(image.says("version") or ""), version_of(rule.at_least)
    if told is not None and least is not None and told.is_older_than(least):
        raise FirmwareFileRefused(f"it is {image.says('version')}, and the rule asks for {rule.at_least}")
    return image


def keep(data_dir: Path, name: str, data: bytes, rule: Rule) -> Rule:
    """The rule with a copy of the file. Raises as `examine`, StorageError leaves."""
    examine(data, rule)
    digest = sha256(data).hexdigest()
    path = own_folder(data_dir / FOLDER) / f"{digest}.bin"
    try:
        replace_durably(path, data)
    except OSError as error:
        raise unwritable(path, error) from error
    return replace(rule, file=KeptFile(name, str(path), digest))


def forget(rule: Rule, others: tuple[Rule, ...]) -> None:
    """The file of a rule that is gone, unless another one keeps it too."""
    if rule.file is None or any(
        other.file is not None and other.file.path == rule.file.path for other in others
    ):
        return
    Path(rule.file.path).unlink(missing_ok=True)

"""Firmware on the engine's side: what a file is, and the rules on what devices need to have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError
from companion.errors.firmware import FirmwareKeyUnusable
from companion.events import Event
from companion.files import abbreviate_home, read_named
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.firmware import Image, SignerKey
    from companion.firmware.rules import Rule, RuleBook
    from companion.services import Services

MOST_OF_A_KEY = 65_536


class FirmwareCommand(Command):
    """Something about firmware. Whoever asks is asked for no passphrase."""


@dataclass(frozen=True)
class ListRules(FirmwareCommand):
    """Which rules are there? `RulesListed`."""


@dataclass(frozen=True)
class AddRule(FirmwareCommand):
    """Keep another one: `RulesListed`, or `FirmwareFailed`."""

    model: str
    at_least: str


@dataclass(frozen=True)
class RemoveRule(FirmwareCommand):
    """Forget one (its id), with its file: `RulesListed`, or `FirmwareFailed`."""

    rule: str


@dataclass(frozen=True)
class KeepFile(FirmwareCommand):
    """Keep a firmware file with a rule (its id), in place of the one before: `RulesListed`, or
    `FirmwareFailed`."""

    rule: str
    path: Path


@dataclass(frozen=True)
class ExplainFirmware(FirmwareCommand):
    """What is this file? key: who has to have signed it, PEM. `FirmwareExplained`, or `FirmwareFailed`."""

    path: Path
    key: Path | None = None


@dataclass(frozen=True)
class RulesListed(Event):
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class FirmwareExplained(Event):
    """with_key: the file was held against a key that the user gave"""

    path: Path
    image: Image
    with_key: bool = False


@dataclass(frozen=True)
class FirmwareFailed(Event):
    """Nothing was changed."""

    error: CompanionError


def obey(command: FirmwareCommand, services: Services) -> RulesListed | FirmwareExplained | FirmwareFailed:
    """With an open registry. Blocks."""
    from companion.firmware.kept_files import forget
    from companion.firmware.rules import MEMORY, Rule, RuleBook

    book = RuleBook(services.registry.memory(MEMORY, None))
    try:
        match command:
            case ExplainFirmware(path, key):
                return _explained(path, key)
            case AddRule(model, at_least):
                book.add(Rule(model=model.strip(), at_least=at_least.strip()))
            case KeepFile(rule, path):
                _keep(book, rule, path, services.data_dir)
            case RemoveRule(rule):
                forget(book.remove(rule), book.rules())
        return RulesListed(book.rules())
    except CompanionError as error:
        return FirmwareFailed(error)


def _keep(book: RuleBook, rule: str, path: Path, folder: Path) -> None:
    from companion.firmware import MAX_SIZE
    from companion.firmware.kept_files import forget, keep

    before = book.find(rule)
    book.exchange(before, keep(folder, path.name, read_named(MAX_SIZE, path), before))
    forget(before, book.rules())


def _explained(path: Path, key: Path | None) -> FirmwareExplained:
    from companion.firmware import MAX_SIZE, explain

    keys = () if key is None else (_key(key),)
    return FirmwareExplained(path, explain(read_named(MAX_SIZE, path), keys), with_key=key is not None)


def _key(path: Path) -> SignerKey:
    from companion.firmware.keys import read_pem

    try:
        return read_pem(read_named(MOST_OF_A_KEY, path))
    except ValueError as error:
        raise FirmwareKeyUnusable(f"{abbreviate_home(str(path))}: {error}") from error

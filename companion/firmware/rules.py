"""What firmware has to be before a device gets credentials: rules that are kept with a manufacturer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from companion.errors.firmware import FirmwareRuleMissing, FirmwareRuleUnusable
from companion.firmware.version import version_of

if TYPE_CHECKING:
    from companion.protocols import Memory

MEMORY = "firmware"
"""Under this name the registry remembers them."""
NONCE_FIX_PROTOCOL = "espressif"
MOST_RULES = 1000
_KEY = "rules"
_LONGEST = 255
_LARGEST = (1 << 32) - 1


@dataclass(frozen=True)
class KeptFile:
    """A firmware file that is kept with a rule.

    name: what its user called it; path: where it is kept; digest: SHA-256 of its octets, hexadecimal
    """

    name: str
    path: str
    digest: str


@dataclass(frozen=True)
class Rule:
    """What the firmware of a model has to be. Its words are the user's.

    model:        as the device says it, whatever its case; "" for every device of the protocol
    protocol:     "" for any
    manufacturer: whose model it is, for people: nothing is compared with it
    at_least:     version; sequence: one that only grows; "" and None: not asked for
    nonce_fix:    no session by Security 2 of ESP-IDF that reuses its nonce
    signer:       public key in PEM of who has to have signed the files that are kept and sent; "" for anybody
    stops_untold: a device that does not say what is asked for is not set up; otherwise that is said
    """

    model: str = ""
    protocol: str = ""
    manufacturer: str = ""
    at_least: str = ""
    sequence: int | None = None
    nonce_fix: bool = False
    signer: str = ""
    stops_untold: bool = True
    file: KeptFile | None = None

    def __post_init__(self) -> None:
        """Raises FirmwareRuleUnusable for one that no device could be held against."""
        texts = (self.model, self.protocol, self.manufacturer, self.at_least)
        if any(len(text) > _LONGEST or not text.isprintable() for text in texts):
            raise FirmwareRuleUnusable("a word is too long, or has characters that do not print")
        if not (self.model or self.protocol):
            raise FirmwareRuleUnusable("it names neither a model nor a protocol")
        if not (self.at_least or self.sequence is not None or self.nonce_fix):
            raise FirmwareRuleUnusable("it asks for nothing")
        if self.at_least and version_of(self.at_least) is None:
            raise FirmwareRuleUnusable("the version is none that has an order")
        if self.sequence is not None and not 0 <= self.sequence <= _LARGEST:
            raise FirmwareRuleUnusable("the sequence number is none")
        if self.nonce_fix and self.protocol != NONCE_FIX_PROTOCOL:
            raise FirmwareRuleUnusable(f"the nonce fix is one of the protocol {NONCE_FIX_PROTOCOL}")

    @property
    def id(self) -> str:
        """Its stable name: eight hexadecimal digits of what it says."""
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:8]

    @property
    def subject(self) -> str:
        """For what it is, in the user's words."""
        return self.model or self.protocol

    def as_json(self) -> dict[str, Any]:
        """For the registry and for scripts."""
        return asdict(self)


class RuleBook:
    """The rules of one registry."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def rules(self) -> tuple[Rule, ...]:
        """In the order in which they were added. Raises FirmwareRuleUnusable for what is damaged: a rule that
        can't be read must not count as none."""
        return tuple(map(_rule, self._memory.get(_KEY) or ()))

    def add(self, rule: Rule) -> None:
        """Keep one; nothing happens for one that is there. Raises FirmwareRuleUnusable."""
        rules = self.rules()
        if len(rules) >= MOST_RULES:
            raise FirmwareRuleUnusable(f"there are {MOST_RULES} rules already")
        if rule not in rules:
            self._keep((*rules, rule))

    def find(self, prefix: str) -> Rule:
        """The one whose id begins with it. Raises FirmwareRuleMissing."""
        matching = [rule for rule in self.rules() if prefix and rule.id.startswith(prefix.lower())]
        if len(matching) != 1:
            raise FirmwareRuleMissing(f"{len(matching)} rules match {prefix}")
        return matching[0]

    def remove(self, prefix: str) -> Rule:
        """Forget the one whose id begins with it. Raises FirmwareRuleMissing."""
        found = self.find(prefix)
        self._keep(tuple(rule for rule in self.rules() if rule != found))
        return found

    def exchange(self, old: Rule, new: Rule) -> None:
        """Put one in another's place."""
        self._keep(tuple(dict.fromkeys(new if rule == old else rule for rule in self.rules())))

    def _keep(self, rules: tuple[Rule, ...]) -> None:
        self._memory.put(_KEY, [rule.as_json() for rule in rules] or None)


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "sequence": (int, type(None)),
    "nonce_fix": bool,
    "stops_untold": bool,
    "file": (dict, type(None)),
}


def _rule(kept: Any) -> Rule:
    if not isinstance(kept, dict) or kept.keys() != {field.name for field in fields(Rule)}:
        raise FirmwareRuleUnusable("what is kept of a rule is damaged")
    file = kept["file"]
    if not all(isinstance(value, _TYPES.get(name, str)) for name, value in kept.items()):
        raise FirmwareRuleUnusable("what is kept of a rule is damaged")
    try:
        return Rule(**{**kept, "file": None if file is None else KeptFile(**file)})
    except TypeError as error:
        raise FirmwareRuleUnusable("what is kept of a rule is damaged") from error

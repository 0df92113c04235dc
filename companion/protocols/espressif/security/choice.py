"""Which security scheme to speak: what the device says, against what its code promises.

proto-ver is not authenticated, so it may raise the protection but never lower it below the code's.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.errors import DowngradeRefused, MethodUnavailable, VersionUnsupported
from companion.protocols.espressif.dialogues.version import Version
from companion.secret import Secret

# The user name of ESP-IDF's own examples, and of the phone apps when a code has none.
DEFAULT_USERNAME = "wifiprov"
NO_SECRET = Secret(b"")


@dataclass(frozen=True)
class CodeSecurity:
    """What a setup code says about protection; all empty without a code.

    security: the code's own field, None where it has none (it is optional and often missing)
    """

    pop: Secret = NO_SECRET
    username: str = ""
    security: int | None = None

    @property
    def least(self) -> int:
        """The lowest scheme that keeps the code_security: a user name means 2, a secret at least 1."""
        by_content = 2 if self.username else 1 if self.pop else 0
        return max(by_content, self.security or 0)


@dataclass(frozen=True)
class Choice:
    """security: the scheme to speak; needs_secret, needs_username: what the code lacks for it."""

    security: int
    needs_secret: bool = False
    needs_username: bool = False


def choose(version: Version, code_security: CodeSecurity, method: str | None = None) -> Choice:
    """The scheme for this device and code. `method` ("security-1") is the user's own demand.

    Raises DowngradeRefused if the device offers less than the code promises, VersionUnsupported for a
    scheme that we do not know, MethodUnavailable if `method` is not what the device speaks.
    """
    offered = _offered(version, code_security)
    if offered > 2:
        raise VersionUnsupported(f"security {offered}")
    if offered < code_security.least:
        raise DowngradeRefused(f"the device offers security {offered}, its code means {code_security.least}")
    if method is not None and method != f"security-{offered}":
        raise MethodUnavailable(f"the device speaks security-{offered}, not {method}")
    if offered == 1:
        wants_none = version.can("no_pop")
        if wants_none and code_security.pop:
            raise DowngradeRefused("the device wants no proof of possession, its code has one")
        return Choice(1, needs_secret=not code_security.pop and not wants_none)
    if offered == 2:
        return Choice(2, needs_secret=not code_security.pop, needs_username=not code_security.username)
    return Choice(0)


def _offered(version: Version, code_security: CodeSecurity) -> int:
    """What the device offers. Before ESP-IDF 5.0 nothing says it: "no_sec" means 0, all else 1."""
    if version.security is not None:
        return version.security
    if version.can("no_sec"):
        return 0
    return max(1, code_security.least)

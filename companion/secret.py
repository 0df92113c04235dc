"""A type for bytes that must never be seen: setup secrets, passphrases, keys."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Bytes that refuse to be printed, formatted, pickled or compared in variable time.

    Takes bytes, or text that is encoded as UTF-8. The content leaves only through `reveal` and
    `reveal_text`, two names that a reviewer can search for.
    """

    __slots__ = ("_content",)

    def __init__(self, content: bytes | str) -> None:
        self._content = content.encode() if isinstance(content, str) else bytes(content)

    def reveal(self) -> bytes:
        """The content, as bytes."""
        return self._content

    def reveal_text(self) -> str:
        """The content decoded as UTF-8. Raises UnicodeDecodeError if it is not text."""
        return self._content.decode()

    def __repr__(self) -> str:
        return "<redacted>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "<redacted>"

    def __len__(self) -> int:
        return len(self._content)

    def __bool__(self) -> bool:
        return bool(self._content)

    def __eq__(self, other: object) -> bool:
        # Only now: it loads OpenSSL.
        import hmac

        return isinstance(other, Secret) and hmac.compare_digest(self._content, other._content)

    def __hash__(self) -> int:
        return hash((Secret, self._content))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled: it would leave the process in clear")

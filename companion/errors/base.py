"""The root of the tree."""

from __future__ import annotations

from typing import Any, ClassVar

from companion.model import Text
from companion.plain_text import filled


class CompanionError(Exception):
    """Root of the tree. Raise a leaf; catch a family, a leaf, or this."""

    code: ClassVar[str] = "U-900"
    title: ClassVar[str] = "Internal error in Companion"
    advice: ClassVar[str] = "Try again. If it happens again, send us the report."
    retryable: ClassVar[bool] = True
    exit_status: ClassVar[int] = 1

    def __init__(self, detail: str = "", **facts: str | int | float) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts = facts
        self.missing: Text | None = None
        """What exactly is to be done, in place of the leaf's advice."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Leaves have arguments of their own; another process gets what they made of them."""
        return _made_again, (type(self), self.args, self.__dict__)

    @property
    def title_text(self) -> str:
        """The title with its places filled."""
        return filled(self.title, self.facts)

    @property
    def sentence(self) -> Text:
        """What happened, where one sentence has to do. A leaf that knows more says that instead."""
        return Text(self.title, self.facts)

    @property
    def advice_text(self) -> str:
        """The advice with its places filled."""
        return str(self.advice_with_facts)

    @property
    def advice_with_facts(self) -> Text:
        """The advice apart from its facts, for translators. A leaf that knows more says another one."""
        return self.missing or Text(self.advice, self.facts)

    def __str__(self) -> str:
        tail = f" ({self.detail})" if self.detail else ""
        return f"{self.code} {self.title_text}{tail}"

    def as_json(self, step: str | None = None) -> dict[str, Any]:
        """For `--json`: code, title, advice, step, retryable, and the technical detail."""
        return {
            "code": self.code,
            "title": self.title_text,
            "advice": self.advice_text,
            "step": str(step) if step else None,
            "retryable": self.retryable,
            "detail": self.detail or None,
        }


def _made_again(leaf: type[CompanionError], said: tuple[Any, ...], state: dict[str, Any]) -> CompanionError:
    error = leaf.__new__(leaf, *said)
    error.__dict__.update(state)
    return error

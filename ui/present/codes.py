"""Setup codes in words: how the user tells several of them apart."""

from __future__ import annotations

from collections.abc import Sequence

from companion.model import SetupCode
from companion.setup_code.told_apart import own_facts
from ui.present.texts import kind_of


def distinct_names(codes: Sequence[SetupCode]) -> tuple[str, ...]:
    """A name for each code: its title, and the first fact that is printed on the label and differs."""
    facts = own_facts(codes)
    return tuple(f"{kind_of(code)} · {fact}" for code, fact in zip(codes, facts, strict=True))

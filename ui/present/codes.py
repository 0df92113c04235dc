"""Setup codes in words: how the user tells several of them apart."""

from __future__ import annotations

from collections.abc import Sequence

from companion.model import SetupCode
from companion.secret import Secret
from ui.present.texts import kind_of


def distinct_names(codes: Sequence[SetupCode]) -> tuple[str, ...]:
    """A name for each code: its title, and the first fact that is printed on the label and differs."""
    return tuple(
        f"{kind_of(code)} · {_own_fact(code, codes) or place}" for place, code in enumerate(codes, start=1)
    )


def _own_fact(code: SetupCode, codes: Sequence[SetupCode]) -> str:
    """The first value that no secret is and no other code has; "" if there is none."""
    for field in code.fields:
        others = [
            f.value for other in codes if other is not code for f in other.fields if f.name == field.name
        ]
        if not isinstance(field.value, Secret) and field.value not in others:
            return field.value
    return ""

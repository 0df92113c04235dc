"""Several setup codes side by side: how a person tells which is which, without a secret."""

from __future__ import annotations

from collections.abc import Sequence

from companion.model import SetupCode
from companion.secret import Secret


def distinguish(codes: Sequence[SetupCode]) -> tuple[str, ...]:
    """For each code the first fact on its label that no other code has, else its place."""
    return tuple(_distinguishing_fact(code, codes) or str(place) for place, code in enumerate(codes, start=1))


def _distinguishing_fact(code: SetupCode, codes: Sequence[SetupCode]) -> str:
    """The first value that no secret is and no other code has; "" if there is none."""
    for field in code.fields:
        others = [
            f.value for other in codes if other is not code for f in other.fields if f.name == field.name
        ]
        if not isinstance(field.value, Secret) and field.value not in others:
            return field.value
    return ""

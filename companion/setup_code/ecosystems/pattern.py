"""Kinds of code that a mark and a shape tell apart, as rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from companion.errors import CodeMalformed
from companion.model import CodeField, SetupCode, Text
from companion.secret import Secret


@dataclass(frozen=True)
class CodePattern:
    """One row.

    whole: matches all of an undamaged text. start: what announces the kind; a text that starts so and is not
    whole is damaged. None: a text that is not whole is not of the pattern. name: the kind in that sentence.
    public, hidden: labels of the fields by group of `whole`; hidden ones are secrets.
    """

    ecosystem: str
    title: str
    verdict: Text
    whole: re.Pattern[str]
    start: re.Pattern[str] | None = None
    name: str = ""
    public: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


def shape(pattern: str) -> re.Pattern[str]:
    """A pattern over any case and several lines: phones and scanners change both."""
    return re.compile(pattern, re.ASCII | re.IGNORECASE | re.DOTALL)


def recogniser(patterns: Iterable[CodePattern]) -> Callable[[str], SetupCode | None]:
    """What tells the kinds of a table. It raises CodeMalformed for a damaged code of one of them."""
    rows = tuple(patterns)

    def recognise(text: str) -> SetupCode | None:
        text = text.strip()
        for pattern in rows:
            match = pattern.whole.fullmatch(text)
            if match is not None:
                return _code(pattern, text, match)
            if pattern.start is not None and pattern.start.match(text):
                raise CodeMalformed("its parts do not have the shape that they should", kind=pattern.name)
        return None

    return recognise


def _code(pattern: CodePattern, text: str, match: re.Match[str]) -> SetupCode:
    said = {name: value for name, value in match.groupdict().items() if value}
    fields = [CodeField(name, label, said[name]) for name, label in pattern.public.items() if name in said]
    fields += [
        CodeField(name, label, Secret(said[name])) for name, label in pattern.hidden.items() if name in said
    ]
    return SetupCode(pattern.ecosystem, pattern.title, pattern.verdict, Secret(text), fields=tuple(fields))

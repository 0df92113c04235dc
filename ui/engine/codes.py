"""Setup codes for the window: what a text is, and how far one is that is still being typed."""

from __future__ import annotations

from collections.abc import Iterator

from companion.errors import SetupCodeError
from ui.engine.commands import CheckTyped, Recognise
from ui.engine.events import CodeRead, CodeRefused, Typed


def recognised(command: Recognise) -> CodeRead | CodeRefused:
    """What the text is, or why it is no code."""
    from companion.protocols import recognise

    try:
        code = recognise(command.text.reveal_text())
    except (SetupCodeError, UnicodeDecodeError) as error:
        refused = error if isinstance(error, SetupCodeError) else SetupCodeError("not text")
        return CodeRefused(refused, command.origin)
    return CodeRead(code, command.origin)


def typed(command: CheckTyped) -> Iterator[CodeRefused | Typed]:
    """How far it is; before that, what is wrong with one that is complete."""
    from companion.protocols import group_entry, recognise

    entry = group_entry(command.text.reveal_text())
    code = None
    if entry.complete:
        try:
            code = recognise(entry.canonical)
        except SetupCodeError as error:
            yield CodeRefused(error, "typed")
    yield Typed(command.text, entry, code)

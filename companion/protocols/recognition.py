"""Text to SetupCode: the codes of all installed protocols, then those of other ecosystems."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from companion.errors import CodeMalformed
from companion.model import SetupCode
from companion.protocols.declaration import Recogniser
from companion.protocols.discovery import installed

if TYPE_CHECKING:
    from companion.setup_code.manual_entry import EntryFormat, GroupedEntry

log = logging.getLogger(__name__)


def recognise(text: str) -> SetupCode:
    """What a scanned or typed text is. Unknown text has the ecosystem "unknown".

    Raises CodeMalformed, and nothing else, when a text announces itself as a known kind but is damaged.
    """
    # Later than this module: the window does not need it for its first frame.
    from companion import setup_code

    return setup_code.recognise(text, recognisers(), code_patterns())


def group_entry(text: str, kind: str | None = None) -> GroupedEntry:
    """A text that is being typed, in the groups of its label and checked so far.

    kind: the name of an entry format, for a text that does not announce it
    """
    from companion.setup_code import manual_entry

    try:
        return manual_entry.group(text, entry_formats(), recognisers(), kind)
    except Exception as error:
        if not installed().foreign:
            raise
        # Without the text and the error's own words: both may hold a secret.
        log.info("an entry format failed: %s", type(error).__name__)
        return manual_entry.group(text, entry_formats(foreign=False), recognisers(), kind)


def entry_formats(*, foreign: bool = True) -> tuple[EntryFormat, ...]:
    """Those of all protocols, then those of other ecosystems. foreign: also what plug-ins declare."""
    from companion.setup_code.entry_formats import FORMATS

    declared = (
        each
        for name, declaration in installed().protocols.items()
        if foreign or name not in installed().foreign
        for each in declaration.entry_formats
    )
    return (*declared, *FORMATS)


def recognisers() -> Iterator[Recogniser]:
    """Those of all protocols, in order; the mistakes of a plug-in's are kept from the user."""
    for name, declaration in installed().protocols.items():
        for recogniser in declaration.recognisers:
            yield _guarded(recogniser) if name in installed().foreign else recogniser


def code_patterns() -> Iterator[re.Pattern[str]]:
    """What codes of all protocols look like within other text; what a plug-in got wrong is left out."""
    from companion.setup_code import extraction

    for name, declaration in installed().protocols.items():
        for pattern in declaration.code_patterns:
            try:
                compiled = extraction.compiled(pattern)
            except re.error:
                if name not in installed().foreign:
                    raise
                log.info("a code pattern of %s is no regular expression", name)
                continue
            yield compiled


def _guarded(recogniser: Recogniser) -> Recogniser:
    """The recogniser, which knows nothing of a text where it fails."""

    def recognise(text: str) -> SetupCode | None:
        try:
            return recogniser(text)
        except CodeMalformed:
            raise
        except Exception as error:
            # Without the text and the error's own words: both may hold a secret.
            log.info("a recogniser failed: %s", type(error).__name__)
            return None

    return recognise

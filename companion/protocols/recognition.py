"""Text to SetupCode: the codes of all installed protocols, then those of other ecosystems."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from companion.errors import CodeMalformed
from companion.model import SetupCode
from companion.protocols.declaration import Recogniser
from companion.protocols.discovery import installed

log = logging.getLogger(__name__)


def recognise(text: str) -> SetupCode:
    """What a scanned or typed text is. Unknown text has the ecosystem "unknown".

    Raises CodeMalformed, and nothing else, when a text announces itself as a known kind but is damaged.
    """
    # Later than this module: the window does not need it for its first frame.
    from companion import setup_code

    return setup_code.recognise(text, recognisers())


def recognisers() -> Iterator[Recogniser]:
    """Those of all protocols, in order; the mistakes of a plug-in's are kept from the user."""
    for name, declaration in installed().protocols.items():
        for recogniser in declaration.recognisers:
            yield _guarded(recogniser) if name in installed().foreign else recogniser


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

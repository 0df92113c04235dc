"""Codes in what surrounds them: a line of a log, a web address that draws them, a sentence.

Sources: what ESP-IDF's `wifi_prov_mgr` example and the Matter SDK (OnboardingCodesUtil) print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of whole codes within other text: ASCII, without case, after no letter and no digit.

    Raises re.error.
    """
    return re.compile(f"(?<![0-9A-Za-z])(?:{pattern})", re.ASCII | re.IGNORECASE)


# Of ecosystems that no protocol of ours commissions; those that say more come first. Long enough that no
# sentence about a kind of code has it.
_CODES = tuple(
    compiled(pattern)
    for pattern in (
        r"X-HM://[0-9A-Z]{5,}",
        r"DPP:[^\r\n]{10,600}?;;",
        r"WIFI:[^\r\n]{4,400}?;;",
        r"LW:D[0-9]:[0-9A-F]{16}:[0-9A-F]{16}:\S+",
        r"LPA:1\$[0-9A-Z.\-]+\$[0-9A-Z$.\-]*",
        r"HUE:Z:[0-9A-F]{32,36} M:[0-9A-F]{16}",
        r"KNX:S:[0-9A-F]{12};P:[0-9A-Z]+",
        r"EQ01SG[0-9A-F]{24}DLK[0-9A-F]{32}",
        r"zws2dsk:[0-9\-]+",
        r"v=1&&eui=[0-9A-F]{16}&&cc=[0-9A-Z]{6,32}",
        r"30S[0-9A-F]{8,12}\+[0-9A-Z+\-]{6,}",
        r"(?:Z|G\$M):[0-9A-Z$%:.\-]{30,}",
    )
)
_LABELLED = re.compile(
    r"(?:pairing|setup|pin|homekit) ?code\W{1,4}"
    r"([0-9]{3}-[0-9]{2}-[0-9]{3}|[0-9][0-9 -]{9,30}[0-9])(?![0-9])",
    re.ASCII | re.IGNORECASE,
)
_INSTALL_CODE = re.compile(
    r"install(?:ation)? ?code\W{1,4}((?:[0-9A-F]{2}[ :-]?){7,17}[0-9A-F]{2})(?![0-9A-Z])",
    re.ASCII | re.IGNORECASE,
)


def candidates(text: str, protocols: Iterable[re.Pattern[str]]) -> Iterator[str]:
    """Pieces of a text that look like a code, without the text itself. Percent signs are decoded too.

    protocols: what codes of those that commission look like, by `compiled`; they come first
    """
    text = _COLOURS.sub("", text)
    readings = (text, unquote(text)) if "%" in text else (text,)
    for pattern in (*protocols, *_CODES):
        for reading in readings:
            for match in pattern.finditer(reading):
                if match[0] != text:
                    yield match[0]
    for labelled in (_LABELLED, _INSTALL_CODE):
        for match in labelled.finditer(text):
            yield match[1]

"""A dataset as people paste it."""

from __future__ import annotations

import pytest

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread.entry import as_text, read_text
from tests.networks.thread.samples import ANDROID, DATASET, DEMO


@pytest.mark.parametrize(
    "text",
    [
        DEMO,
        f"  {DEMO.upper()}\n",
        f'"{DEMO}"',
        f"hex:{DEMO}",
        f"0x{DEMO}",
        f"> dataset active -x\r\n{DEMO}\r\nDone\r\n",
        f"$ sudo ot-ctl dataset active -x\n{DEMO[:100]}\n{DEMO[100:]}\nDone\n",
        ":".join(DEMO[at : at + 2] for at in range(0, len(DEMO), 2)),
    ],
)
def test_however_it_was_copied(text: str) -> None:
    assert read_text(text).secret == DATASET


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (" \n Done", "is empty"),
        (DEMO[:-1], f"It has {len(DEMO) - 1} digits"),
        (DEMO[:-2], "ends in the middle"),
        (DEMO + "zz", "letters A to F"),
        ("\N{SNOWMAN}", "letters A to F"),
        ("WIFI:S:Hafen;;", "letters A to F"),
        ("ab" * 255, "more than 254 bytes"),
        ("0" * 100_000, "more than 254 bytes"),
    ],
)
def test_what_is_wrong_with_it_is_said_without_it(text: str, sentence: str) -> None:
    with pytest.raises(ThreadDatasetUnusable) as refused:
        read_text(text)
    assert sentence in refused.value.advice_text
    assert "00112233" not in str(refused.value)


def test_it_is_written_as_border_routers_show_it() -> None:
    assert as_text(read_text(ANDROID)).reveal_text() == ANDROID.lower()

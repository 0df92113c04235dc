"""The search itself finds what was put there."""

from __future__ import annotations

import base64

import pytest

from companion.secret import Secret
from tests.leaks import search
from tests.leaks.flow import Flow
from tests.leaks.search import LEAST, leaks

SECRET = b"rather well hidden"
KEY = bytes(range(200, 232))


@pytest.mark.parametrize(
    "written",
    [
        KEY,
        f"key={KEY.hex()}".encode(),
        KEY.hex(":").upper().encode(),
        f"value: {KEY!r}".encode(),
        str(list(KEY)).encode(),
        str(int.from_bytes(KEY, "big")).encode(),
        base64.b64encode(KEY),
        base64.urlsafe_b64encode(KEY).rstrip(b"="),
        base64.b64encode(b"x" + KEY + b"and more"),
        base64.b64encode(b"xy" + KEY + b"and more"),
    ],
    ids=["raw", "hex", "colons", "repr", "list", "number", "base64", "url", "shifted", "shifted twice"],
)
def test_a_key_is_found_in_every_spelling(written: bytes) -> None:
    assert leaks([KEY], {"log": b"2026 DEBUG something " + written + b" and more"})
    assert not leaks(
        [KEY], {"log": written.replace(KEY[10:20], b"").replace(b"d", b"e")[: len(written) // 2]}
    )


@pytest.mark.parametrize("size", [1, 6, 7, 16, 1000])
def test_where_a_search_goes_on_nothing_is_missed(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(search, "CHUNK", size)
    assert leaks([KEY, KEY[:LEAST]], {"log": b"between " + KEY.hex().encode(), "none": KEY[:5]}) == [
        "a secret of 32 octets in log",
        "a secret of 6 octets in log",
    ]


def test_text_is_found_in_json_and_a_report_does_not_repeat_it() -> None:
    found = leaks(["crème brûlée".encode()], {"output": b'{"passphrase": "cr\\u00e8me br\\u00fbl\\u00e9e"}'})
    assert found == ["a secret of 15 octets in output"]


async def test_a_secret_that_a_library_logs_is_heard_and_found(flow: Flow) -> None:
    """Improv sends the passphrase in clear: what Bumble tells uncut has it, what `-vv` writes does not."""
    await flow.switch_on("improv")
    done = await flow.commission("--accept-risks")
    assert done["outcome"] == "commissioned"
    assert leaks([b"seven gulls at noon"], {"uncut": flow.uncut.text.encode()})
    assert b"seven gulls at noon" in flow.spy.heard
    for logger in ("INFO companion.radio", "INFO sqlalchemy.engine", "DEBUG sqlalchemy.pool"):
        assert logger in flow.said
    assert flow.leaks() == []
    planted = Secret("planted in a log")
    flow.said += planted.reveal_text()
    assert flow.leaks() == ["a secret of 16 octets in log or output"]

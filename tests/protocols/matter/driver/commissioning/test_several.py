"""A QR code of several devices, as a bridge's: they are set up one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.outcome import Result
from companion.protocols import recognise
from companion.protocols.matter.setup_code.recogniser import rest_of
from companion.protocols.matter.virtual.factory.product import Kind, Medium, make
from tests.protocols.matter.driver.bench import bench, light


def joined(*texts: str) -> str:
    return "MT:" + "*".join(text.removeprefix("MT:") for text in texts)


async def test_each_run_leaves_the_code_of_the_others_until_none_is_left(tmp_path: Path) -> None:
    products = [make(Kind.LIGHT, Medium.WIFI), make(Kind.SENSOR, Medium.WIFI), make(Kind.LIGHT, Medium.WIFI)]
    code = recognise(joined(*(each.onboarding.qr for each in products)))
    assert code.devices == 3
    async with bench(tmp_path, *(light(product=each) for each in products)) as table:
        for left in (2, 1, 0):
            outcome = await table.commission(code, timeout=20)
            assert outcome.result is Result.COMMISSIONED, outcome.error
            assert outcome.commissioned is not None
            rest = outcome.commissioned.rest
            assert outcome.as_json().get("devices_left", 0) == (rest.devices if rest else 0) == left
            code = rest or code
        assert [len(each.state.settings.members) for each in table.devices] == [1, 1, 1]


@pytest.mark.parametrize("done", range(3))
def test_the_rest_of_a_code_is_a_code_of_the_others_in_their_order(done: int) -> None:
    texts = [make(Kind.LIGHT, Medium.WIFI).onboarding.qr for _ in range(3)]
    code = recognise(joined(*texts))
    rest = rest_of(code, code.payload[done])
    del texts[done]
    assert rest is not None and rest.text.reveal_text() == joined(*texts)
    only = recognise(texts[0])
    assert rest_of(only, only.payload[0]) is None and rest_of(None, None) is None

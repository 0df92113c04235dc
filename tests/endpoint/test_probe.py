"""A port where nobody of ours listens is no endpoint to put into a grant."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from companion.endpoint.last_port import keep_port
from companion.endpoint.probe import is_ours
from companion.services import Services


async def test_only_an_endpoint_of_ours_that_answers_is_proposed(tmp_path: Path) -> None:
    async with Services(("virtual",), data_dir=tmp_path / "here") as ours:
        ours.open_identity()
        assert ours.answering_endpoint() == ""
        await ours.open_endpoint()
        found = await asyncio.to_thread(ours.answering_endpoint)
        assert found and found == ours.usual_endpoint()
        async with Services(("virtual",), data_dir=tmp_path / "there") as other:
            assert not await asyncio.to_thread(is_ours, found, other.open_identity().ca)
        await ours.close()
        ours.open_identity()
        assert ours.usual_endpoint() == found and ours.answering_endpoint() == "", "its port is kept"


def test_what_speaks_no_tls_is_none(tmp_path: Path) -> None:
    services = Services(("virtual",), data_dir=tmp_path)
    services.open_identity()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    keep_port(tmp_path, port)
    assert services.answering_endpoint() == ""

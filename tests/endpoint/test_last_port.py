"""Devices keep the endpoint's address: it is found there again after the app was away for a while."""

from __future__ import annotations

import socket
from pathlib import Path

from companion.endpoint.last_port import last_port
from companion.services import Services

LOWEST_OF_CONNECTIONS = 32_768
"""Linux' default for `net.ipv4.ip_local_port_range`; elsewhere it is higher."""


async def started_at(folder: Path) -> int:
    async with Services(("virtual",), data_dir=folder) as services:
        services.open_identity()
        await services.open_endpoint()
        return int(str(services.usual_endpoint()).rpartition(":")[2])


async def test_no_connection_takes_its_port_while_it_is_away(tmp_path: Path) -> None:
    port = await started_at(tmp_path)
    assert 1024 <= port < LOWEST_OF_CONNECTIONS
    assert await started_at(tmp_path) == port


async def test_it_starts_elsewhere_for_once_if_its_port_is_taken(tmp_path: Path) -> None:
    usual = await started_at(tmp_path)
    with socket.create_server(("127.0.0.1", usual)):
        async with Services(("virtual",), data_dir=tmp_path) as services:
            services.open_identity()
            endpoint = await services.open_endpoint()
            assert endpoint is not None and not endpoint.address.endswith(f":{usual}")
    assert last_port(tmp_path) == usual

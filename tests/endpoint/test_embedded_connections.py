"""Connections to the embedded endpoint: noise, silence, crowds and closing shut no device out."""

import asyncio
import contextlib
import gc
import socket

import pytest

from companion.endpoint import EmbeddedEndpoint, embedded_endpoint
from companion.identity import Identity
from tests.endpoint.clients import credentials, visit


@pytest.mark.parametrize(
    "noise", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\xff\xff" + bytes(100), bytes(70_000)]
)
async def test_noise_and_port_scans_disturb_nobody(
    identity: Identity, endpoint: EmbeddedEndpoint, noise: bytes
) -> None:
    host, port = endpoint.address.split(":")
    for _ in range(5):
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(noise)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
    assert await visit(endpoint.address, credentials(identity, "SN-0001").context()) == b"hello SN-0001\n"
    assert [each.serial for each in endpoint.visits] == ["SN-0001"]


async def test_silent_connections_take_no_place_for_long(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_endpoint, "HELLO_SECONDS", 0.1)
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    silent = socket.create_connection((host, int(port)))
    silent.setblocking(False)
    async with asyncio.timeout(60):
        assert await asyncio.get_running_loop().sock_recv(silent, 1) == b""
    silent.close()
    await endpoint.close()


async def test_200_silent_connections_of_its_own_address_shut_no_device_out(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_endpoint, "HELLO_SECONDS", 3600.0)
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    silent = []
    for _ in range(200):
        each = socket.socket()
        each.setblocking(False)
        await asyncio.get_running_loop().sock_connect(each, (host, int(port)))
        silent.append(each)
    try:
        greeting = await visit(endpoint.address, credentials(identity, "SN-0001").context())
        assert greeting == b"hello SN-0001\n"
    finally:
        for each in silent:
            each.close()
        await endpoint.close()


async def test_a_guest_who_does_not_leave_is_shown_out(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_endpoint, "VISIT_SECONDS", 0.05)
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    context = credentials(identity, "SN-0001").context()
    try:
        reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
        async with asyncio.timeout(60):
            assert await reader.read() == b"hello SN-0001\n"
        writer.close()
        await writer.wait_closed()
    finally:
        await endpoint.close()


async def test_a_talkative_device_is_listened_to_until_it_hangs_up(
    identity: Identity, endpoint: EmbeddedEndpoint
) -> None:
    host, port = endpoint.address.split(":")
    context = credentials(identity, "SN-0001").context()
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    writer.write(bytes(50_000))
    assert await reader.readline() == b"hello SN-0001\n"
    writer.close()
    await writer.wait_closed()
    assert len(endpoint.visits) == 1


async def test_a_connection_that_can_not_be_accepted_does_not_end_the_service(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    accept, failures = loop.sock_accept, [OSError(24, "Too many open files")]

    async def failing_once(listener: socket.socket) -> object:
        if failures:
            raise failures.pop()
        return await accept(listener)

    monkeypatch.setattr(loop, "sock_accept", failing_once)
    endpoint = await EmbeddedEndpoint.start(identity)
    device = credentials(identity, "SN-0001")
    assert await visit(endpoint.address, device.context()) == b"hello SN-0001\n"
    assert failures == []
    await endpoint.close()


async def test_closing_ends_visits_and_frees_the_port(identity: Identity) -> None:
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    context = credentials(identity, "SN-0001").context()
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    assert await reader.readline() == b"hello SN-0001\n"
    async with asyncio.timeout(60):
        await endpoint.close()
        await endpoint.close()
    writer.close()
    await writer.wait_closed()
    again = await EmbeddedEndpoint.start(identity, port=int(port))
    assert again.address == f"{host}:{port}"
    await again.close()


@pytest.mark.parametrize("turns", range(6))
async def test_who_knocks_in_the_moment_of_closing_is_sent_away(
    identity: Identity, caplog: pytest.LogCaptureFixture, turns: int
) -> None:
    """Before, while and after the loop lets it in; an accepted socket that nobody closes is a warning."""
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    for _ in range(3):
        await asyncio.sleep(0)  # it waits for somebody
    knocking = socket.create_connection((host, int(port)))
    for _ in range(turns):
        await asyncio.sleep(0)
    knocking.close()
    await endpoint.close()
    del endpoint
    gc.collect()
    assert caplog.records == []


def test_an_endpoint_that_nobody_closed_frees_its_port_with_its_loop(identity: Identity) -> None:
    async def start() -> EmbeddedEndpoint:
        endpoint = await EmbeddedEndpoint.start(identity)
        await asyncio.sleep(0)
        return endpoint

    endpoint = asyncio.run(start())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(endpoint.address.rsplit(":", 1))


async def test_ipv6_addresses_stand_in_brackets(identity: Identity) -> None:
    try:
        endpoint = await EmbeddedEndpoint.start(identity, host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    try:
        assert endpoint.address.startswith("[::1]:")
        device = credentials(identity, "SN-0001")
        assert await visit(endpoint.address, device.context()) == b"hello SN-0001\n"
    finally:
        await endpoint.close()


async def test_only_so_many_visits_are_remembered(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_endpoint, "REMEMBERED", 2)
    endpoint = await EmbeddedEndpoint.start(identity)
    for number in range(3):
        await visit(endpoint.address, credentials(identity, f"SN-{number}").context())
    assert [each.serial for each in endpoint.visits] == ["SN-1", "SN-2"]
    await endpoint.close()


async def test_a_newcomer_whom_nobody_makes_room_for_is_sent_away_and_the_known_stay(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_endpoint, "PER_ADDRESS", 1)
    monkeypatch.setattr(embedded_endpoint, "VISIT_SECONDS", 3600.0)
    endpoint = await EmbeddedEndpoint.start(identity)
    host, port = endpoint.address.split(":")
    context = credentials(identity, "SN-0001").context()
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    assert await reader.readline() == b"hello SN-0001\n"
    with socket.create_connection((host, int(port))) as other:
        other.setblocking(False)
        async with asyncio.timeout(60):
            with contextlib.suppress(ConnectionResetError):
                assert await asyncio.get_running_loop().sock_recv(other, 1) == b""
    assert not reader.at_eof()
    writer.close()
    await writer.wait_closed()
    await endpoint.close()

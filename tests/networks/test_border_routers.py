"""Border routers that are heard, and the one that hands out its dataset, on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from companion.errors import BorderRouterSilent, ThreadDatasetUnusable
from companion.lan import Lan, Service
from companion.networks import border_routers
from companion.networks.border_routers import dataset_of, heard
from companion.virtual import thread_network

DATASET = thread_network.dataset().secret.reveal()
NAME = "Loopback mesh 7FA1"
Answer = Callable[[bytes, asyncio.StreamWriter], None]


@pytest.fixture
async def lan() -> AsyncIterator[Lan]:
    network = Lan.loopback()
    yield network
    await network.close()


def text(body: bytes, status: bytes = b"200 OK") -> Answer:
    def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        assert request.startswith(b"GET /node/dataset/active HTTP/1.0\r\n")
        assert b"Accept: text/plain\r\n" in request
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain\r\n\r\n" + body)

    return answer


@asynccontextmanager
async def router(answer: Answer) -> AsyncIterator[str]:
    """The REST interface of a border router; its HOST:PORT."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answer(await reader.readuntil(b"\r\n\r\n"), writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_what_a_border_router_says_of_its_network(lan: Lan) -> None:
    texts = {"nn": NAME.encode(), "xp": bytes(range(8)), "vn": b"OpenThread", "mn": b"BorderRouter"}
    await lan.publish(Service(border_routers.KIND, NAME, 49191, ("127.0.0.1",), "router-7fa1", texts))
    (ours,) = [each for each in await heard(lan, seconds=5.0, most=16) if each.name == NAME]
    assert (ours.network, ours.extended_pan_id) == (NAME, "0001020304050607")
    assert (ours.maker, ours.hosts) == ("OpenThread BorderRouter", ("127.0.0.1",))


async def test_an_openthread_router_hands_out_its_dataset(lan: Lan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(border_routers, "LISTEN_SECONDS", 0.0)
    async with router(text(DATASET.hex().encode() + b"\n")) as place:
        assert (await dataset_of(lan, place)).reveal() == DATASET


async def test_it_is_found_by_its_networks_name(lan: Lan, monkeypatch: pytest.MonkeyPatch) -> None:
    async with router(text(DATASET.hex().encode())) as place:
        monkeypatch.setattr(border_routers, "REST_PORT", int(place.partition(":")[2]))
        texts = {"nn": NAME.encode()}
        await lan.publish(Service(border_routers.KIND, NAME, 49191, ("127.0.0.1",), "router-7fa1", texts))
        assert (await dataset_of(lan, NAME.lower())).reveal() == DATASET


def endless(request: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 1_000_000)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (text(b"", b"404 Not Found"), BorderRouterSilent),
        (text(b"", b"204 No Content"), BorderRouterSilent),
        (text(b"not hexadecimal"), BorderRouterSilent),
        (endless, BorderRouterSilent),
        (lambda request, writer: None, BorderRouterSilent),
        (text(b"00" * 3), ThreadDatasetUnusable),
        (text(b"ab" * 1_000_000), ThreadDatasetUnusable),
    ],
)
async def test_what_is_no_dataset_is_refused_and_read_no_further(
    lan: Lan, monkeypatch: pytest.MonkeyPatch, answer: Answer, error: type[Exception]
) -> None:
    monkeypatch.setattr(border_routers, "LISTEN_SECONDS", 0.0)
    async with router(answer) as place:
        with pytest.raises(error) as refused:
            await dataset_of(lan, place)
        assert "abab" not in str(refused.value)


async def test_nobody_at_the_address_is_said_so(lan: Lan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(border_routers, "LISTEN_SECONDS", 0.0)
    async with router(text(b"")) as place:
        pass
    with pytest.raises(BorderRouterSilent, match="N-114"):
        await dataset_of(lan, place)

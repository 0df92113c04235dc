"""Thread border routers on this computer's network, and the dataset of one that hands it out.

Every border router announces the name and the extended PAN id of its network, never its key. OpenThread's own
gives the whole dataset to whoever asks its REST interface, where that is switched on; others give it to their
apps alone. The answer is neither encrypted nor authenticated.

Sources: Thread 1.3, 8.4.1.1 (MeshCoP service); OpenThread Border Router's REST interface.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from companion.errors import BorderRouterSilent
from companion.lan import Address
from companion.model import BorderRouter
from companion.networks import thread
from companion.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from companion.lan import Lan, Service

KIND = "_meshcop._udp"
LISTEN_SECONDS = 1.5
MOST_HEARD = 16
"""Anybody can announce names without end."""
REST_PORT = 8081
ASK_SECONDS = 5.0
_PATH = "/node/dataset/active"
_MOST_ANSWER = 8192
_NAME, _EXTENDED_PAN_ID, _VENDOR, _MODEL = "nn", "xp", "vn", "mn"


async def heard(
    lan: Lan, *, most: int = MOST_HEARD, seconds: float | None = None
) -> tuple[BorderRouter, ...]:
    """Those that announce themselves in a moment, by the names of their networks. Raises nothing."""
    found: dict[str, BorderRouter] = {}
    try:
        async with (
            asyncio.timeout(LISTEN_SECONDS if seconds is None else seconds),
            lan.browse(KIND) as routers,
        ):
            async for router in routers:
                if router.text(_NAME):
                    found[router.instance] = _of(router)
                if len(found) == most:
                    break
    except (TimeoutError, OSError):
        pass
    return tuple(sorted(found.values(), key=lambda each: (each.network, each.name)))


def _of(service: Service) -> BorderRouter:
    maker = " ".join(filter(None, (service.text(_VENDOR), service.text(_MODEL))))
    pan_id = service.texts.get(_EXTENDED_PAN_ID, b"")
    return BorderRouter(
        service.instance,
        service.text(_NAME) or "",
        pan_id.hex().upper() if len(pan_id) == 8 else "",
        maker,
        service.addresses,
    )


async def dataset_of(lan: Lan, wanted: str) -> Secret:
    """The active operational dataset of a network by its name, or of a border router by its HOST[:PORT].

    Raises BorderRouterSilent where none of them hands it out, ThreadDatasetUnusable for what is no dataset.
    """
    named = [
        each
        for each in await heard(lan)
        if wanted.casefold() in (each.network.casefold(), each.name.casefold())
    ]
    places: Sequence[Address] = [Address(host, REST_PORT) for each in named for host in each.hosts]
    for place in places or (_place(wanted),):
        try:
            async with asyncio.timeout(ASK_SECONDS):
                dataset = await _asked(place)
        except (OSError, ValueError, EOFError):
            continue
        return thread.read(dataset).secret
    raise BorderRouterSilent(router=wanted)


def _place(wanted: str) -> Address:
    """ "router.local", "192.0.2.1:8081", "[fe80::1%eth0]:8081"."""
    host, _, port = wanted.rpartition(":")
    if host and port.isdecimal() and len(port) <= 5 and (":" not in host or host.endswith("]")):
        return Address(host.strip("[]"), int(port))
    return Address(wanted.strip("[]"), REST_PORT)


async def _asked(place: Address) -> Secret:
    """Raises OSError, ValueError, EOFError."""
    reader, writer = await asyncio.open_connection(place.host, place.port, limit=_MOST_ANSWER)
    try:
        shown = f"[{place.host.partition('%')[0]}]" if ":" in place.host else place.host
        request = f"GET {_PATH} HTTP/1.0\r\nHost: {shown}:{place.port}\r\nAccept: text/plain\r\n\r\n"
        writer.write(request.encode("ascii"))
        head = await reader.readuntil(b"\r\n\r\n")
        status = head.split(b"\r\n", 1)[0].split()
        if len(status) < 2 or status[1] != b"200":
            raise ValueError("the answer is no dataset")
        body = await reader.read(_MOST_ANSWER)
        while not reader.at_eof() and len(body) < 2 * thread.MOST_OCTETS + 2:
            body += await reader.read(_MOST_ANSWER)
        return Secret(_octets(body))
    except asyncio.LimitOverrunError as endless:
        raise ValueError("the answer has no end") from endless
    finally:
        writer.close()


def _octets(body: bytes) -> bytes:
    """Raises ValueError, without the content in it."""
    try:
        return bytes.fromhex(body.decode("ascii").strip().strip('"'))
    except ValueError:
        raise ValueError("not hexadecimal") from None

"""Between our services and those of zeroconf: names with their dots, addresses with their scope."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from companion.lan.service import Service

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

_DOMAIN = "local."


def type_name(kind: str) -> str:
    """A kind of service as DNS names it."""
    return f"{kind}.{_DOMAIN}"


def instance_of(name: str, kind: str) -> str:
    """An instance's own label, without the kind."""
    return name.removesuffix(f".{type_name(kind)}")


def known_service(zeroconf: Zeroconf, kind: str, name: str) -> Service | None:
    """What zeroconf knows of an instance without asking anybody; None if that is not all of it."""
    from zeroconf import ServiceInfo

    info = ServiceInfo(type_name(kind), name)
    return service_of(info, kind) if info.load_from_cache(zeroconf) else None


def service_of(info: ServiceInfo, kind: str) -> Service:
    """What zeroconf learnt of one. Link-local addresses come first: they need no router."""
    found = [address for address in info.parsed_scoped_addresses() if _is_complete(address)]
    return Service(
        kind=kind,
        instance=instance_of(info.name, kind),
        port=info.port or 0,
        addresses=tuple(sorted(dict.fromkeys(found), key=_rank)),
        host=(info.server or "").removesuffix(f".{_DOMAIN}"),
        texts={key.decode(errors="replace"): value or b"" for key, value in info.properties.items()},
    )


def infos_of(service: Service) -> tuple[ServiceInfo, ...]:
    """What zeroconf announces: the service, and the same once more for each of its subtypes."""
    return tuple(_info(service, subtype) for subtype in (None, *service.subtypes))


def _info(service: Service, subtype: str | None) -> ServiceInfo:
    from zeroconf import ServiceInfo

    kind = type_name(service.kind)
    info = ServiceInfo(
        kind if subtype is None else f"{subtype}._sub.{kind}",
        f"{service.instance}.{kind}",
        port=service.port,
        addresses=[_packed(address) for address in service.addresses],
        properties=dict(service.texts),
        server=f"{service.host or service.instance}.{_DOMAIN}",
    )
    if subtype is not None:
        # zeroconf keeps one service under a key, which is its name unless it is told otherwise.
        info.key = f"{subtype}.{info.key}".lower()
    return info


def _packed(address: str) -> bytes:
    host = address.partition("%")[0]
    return socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)


def _is_complete(address: str) -> bool:
    """A link-local address without its link leads nowhere."""
    return not address.lower().startswith("fe80:") or "%" in address


def _rank(address: str) -> int:
    if ":" not in address:
        return 2
    return 0 if address.lower().startswith("fe80:") else 1

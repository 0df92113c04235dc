"""Which characteristic is which endpoint.

A characteristic's user description (descriptor 0x2901) holds the endpoint's name; the UUID table is a
guess that says which description to read first, and what to believe where there are no descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

USER_DESCRIPTION = "00002901-0000-1000-8000-00805f9b34fb"

# The provisioning manager's service (ESP-IDF 4.1 and later) and the one of the older ble_prov example.
SERVICES = ("1775244d-6b43-439b-877c-060f2d9bed07", "021a9004-0382-4aea-bff4-6b3f1c5adfb4")

# Characteristic UUID = service UUID with hex digits 5 to 8 replaced (ESP-IDF, scheme_ble.c).
TABLE = {
    "prov-ctrl": "ff4f",
    "prov-scan": "ff50",
    "prov-session": "ff51",
    "prov-config": "ff52",
    "proto-ver": "ff53",
}


def guess(service: str, endpoint: str) -> str | None:
    """The UUID that the table gives an endpoint in a service; None for an endpoint of the application."""
    digits = TABLE.get(endpoint)
    return f"{service[:4]}{digits}{service[8:]}" if digits else None


def choose_service(characteristics: Mapping[str, str], advertised: Iterable[str]) -> str | None:
    """The provisioning service among those of `characteristics` (characteristic UUID -> service UUID).

    A service that has the table's prov-session wins, then an advertised one, then a known one.
    """
    present = dict.fromkeys(characteristics.values())
    for service in present:
        if characteristics.get(guess(service, "prov-session") or "") == service:
            return service
    return next((service for service in (*advertised, *SERVICES) if service in present), None)


class Directory:
    """The endpoints of one service, learned one description at a time.

    `described`: UUID of each characteristic of the service -> whether it has a user description.
    """

    def __init__(self, service: str, described: Mapping[str, bool]) -> None:
        self._service = service
        self._names: dict[str, str] = {}
        self._unread = [uuid for uuid, has in described.items() if has]
        self._undescribed = {uuid for uuid, has in described.items() if not has}

    def find(self, endpoint: str) -> str | None:
        """The characteristic of an endpoint as far as known: by description, else by the table."""
        if endpoint in self._names:
            return self._names[endpoint]
        table = guess(self._service, endpoint)
        return table if table in self._undescribed else None

    def ask_next(self, endpoint: str) -> str | None:
        """The characteristic whose description should be read next to find `endpoint`, the table's first.

        None: it is known, or there is none left to read.
        """
        if self.find(endpoint) is not None or not self._unread:
            return None
        table = guess(self._service, endpoint)
        return table if table in self._unread else self._unread[0]

    def learn(self, uuid: str, description: bytes) -> None:
        """Note a description that was read; an empty or foreign one leaves the table's guess."""
        self._unread.remove(uuid)
        name = description.decode("ascii", errors="replace").rstrip("\0").lower()
        if name and name.isprintable() and "\ufffd" not in name:
            self._names.setdefault(name, uuid)
        else:
            self._undescribed.add(uuid)

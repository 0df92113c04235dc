"""Where a registry on a server is: an address of PostgreSQL without a password.

The password is in the key store (`password.py`), or libpq finds it in ~/.pgpass, a service file or
PGPASSWORD: it is never in an argument, a setting or a log.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from companion.errors.registry import RegistryAddressInvalid, RegistryPasswordGiven
from companion.plain_text import plain

LOCAL = "local"
"""Instead of an address: the file in the data folder."""
MOST = 500
"""Characters of an address."""
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_SECRETS = ("password", "passfile", "sslpassword", "oauth_client_secret")
"""Parameters of libpq that no address takes: secrets, and `passfile`, which libpq has a variable for."""


@dataclass(frozen=True)
class Address:
    """A PostgreSQL database. text: as `postgresql://...`, for libpq and for people; it holds no secret."""

    text: str

    @property
    def for_driver(self) -> str:
        """As SQLAlchemy takes it."""
        return "postgresql+psycopg" + self.text.removeprefix("postgresql")

    @property
    def is_local(self) -> bool:
        """True where nothing leaves this computer: a socket in a folder, or loopback. A service could be
        anywhere."""
        parts, query = urlsplit(self.text), dict(parse_qsl(urlsplit(self.text).query))
        if "service" in query and "host" not in query and not parts.hostname:
            return False
        return all(_is_local(host) for host in (query.get("host") or parts.hostname or "").split(","))

    @property
    def database(self) -> str:
        """Which database it is, whoever asks and however: what waits for it is named after this."""
        parts, query = urlsplit(self.text), dict(parse_qsl(urlsplit(self.text).query))
        named = [f"{name}={query[name]}" for name in ("host", "port", "dbname", "service") if name in query]
        return f"{parts.netloc.rpartition('@')[2]}{parts.path} {' '.join(named)}".strip()

    @property
    def user(self) -> str:
        """Who logs in; "" for whom libpq takes."""
        parts, query = urlsplit(self.text), dict(parse_qsl(urlsplit(self.text).query))
        return query.get("user") or unquote(parts.username or "")

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Address | None:
    """What an option or a setting says; None for the registry of this computer ("" or "local").

    Raises RegistryPasswordGiven, RegistryAddressInvalid, neither of which holds the text.
    """
    text = text.strip()
    if text in ("", LOCAL):
        return None
    try:
        parts = urlsplit(text)
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        has_password = parts.password is not None
    except ValueError:
        raise RegistryAddressInvalid("it can't be read") from None
    if has_password or any(name.casefold() in _SECRETS for name, _ in query):
        raise RegistryPasswordGiven
    if parts.scheme not in SCHEMES or not text.startswith(f"{parts.scheme}://"):
        raise RegistryAddressInvalid("only PostgreSQL keeps a registry for several computers")
    if len(text) > MOST or text != plain(text) or " " in text or parts.fragment:
        raise RegistryAddressInvalid("it is too long, or has characters that no address has")
    return Address("postgresql" + text.removeprefix(parts.scheme))


def _is_local(host: str) -> bool:
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""Whether others could listen between this computer and a database."""

from __future__ import annotations

import logging

from sqlalchemy import Engine

from companion.registry.database.connection import reading
from companion.registry.team.address import Address

log = logging.getLogger(__name__)


def checks_server(engine: Engine) -> bool:
    """True if TLS was only made with a server whose certificate names it (libpq's verify-full)."""
    with reading(engine).connect() as connection:
        driver = connection.connection.driver_connection
        parameters = driver.info.get_parameters()  # type: ignore[union-attr]
    return bool(parameters.get("sslmode") == "verify-full")


def protection_of(engine: Engine, address: Address) -> bool | None:
    """True for TLS, False (and logged) for none; None where nothing leaves this computer."""
    with reading(engine).connect() as connection:
        driver = connection.connection.driver_connection
        uses_tls, host = bool(driver.pgconn.ssl_in_use), driver.pgconn.host.decode()  # type: ignore[union-attr]
    if not uses_tls and (address.is_local or host.startswith("/")):
        return None
    if not uses_tls:
        log.warning("the connection to the registry's server is not encrypted: add ?sslmode=verify-full")
    return uses_tls

"""What a protocol remembers between runs and across kills: JSON in the registry, secrets in the vault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from companion.errors import RegistryBusy, StorageError
from companion.files import exclusive
from companion.registry.database.connection import durable, reading
from companion.registry.database.failures import database_errors
from companion.registry.database.tables import Memo
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.identity import Vault


class RegistryMemory:
    """`companion.protocols.Memory` of one protocol. Every `put` is on the disk when it returns."""

    def __init__(self, engine: Engine, protocol: str, vault: Vault | None) -> None:
        self._engine = engine
        self._protocol = protocol
        self._vault = vault

    def get(self, key: str) -> Any | None:
        """The JSON value kept under `key`, or None."""
        with database_errors(), Session(reading(self._engine)) as session:
            memo = session.get(Memo, (self._protocol, key))
            return None if memo is None else memo.value["value"]

    def put(self, key: str, value: Any | None) -> None:
        """Keep a JSON value; None forgets it. Raises TypeError for what is not JSON."""
        json.dumps(value)
        with database_errors(), Session(durable(self._engine)) as session, session.begin():
            if value is None:
                session.execute(delete(Memo).where(Memo.protocol == self._protocol, Memo.key == key))
            else:
                session.merge(Memo(protocol=self._protocol, key=key, value={"value": value}))

    def get_secret(self, key: str) -> bytes | None:
        """The secret kept under `key`, or None."""
        kept = self._opened().get(self._sealed_name(key))
        return None if kept is None else kept.reveal()

    def put_secret(self, key: str, value: bytes | None) -> None:
        """Keep a secret; None forgets it."""
        self._opened().put(self._sealed_name(key), None if value is None else Secret(value))

    @contextmanager
    def alone(self, purpose: str, *, seconds: float) -> Iterator[None]:
        """Hold `purpose` against every other thread and process. Raises RegistryBusy, StorageError."""
        path = self._opened().folder / f"{self._protocol}-{purpose}.lock"
        with ExitStack() as stack:
            try:
                stack.enter_context(exclusive(path, timeout=seconds))
            except TimeoutError as problem:
                raise RegistryBusy(f"{path.name} stayed locked") from problem
            except OSError as problem:
                raise StorageError(f"{path.name} can't be opened: {problem.strerror}") from problem
            yield

    def _opened(self) -> Vault:
        assert self._vault is not None, "opened for who reads no secrets"
        return self._vault

    def _sealed_name(self, key: str) -> str:
        return f"memory/{self._protocol}/{key}"

"""An app that dies at any point of a rotation: whatever its owner does next, no old certificate is believed.

With the product's own registry: what counts is what it has at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from companion import errors
from companion.link_counts import LinkCounts
from companion.model import WifiCredentials
from companion.outcome import Outcome, Result
from companion.protocols import Order, OwnershipOperation
from companion.protocols.rp1.credentials.items import ItemType
from companion.registry import Registry, open_registry
from companion.registry.database.connection import DATABASE
from companion.registry.store.run_log import DECISIONS
from companion.secret import Secret
from tests.protocols.rp1.driver.test_reset_kills import Disk
from tests.protocols.rp1.support import driver_bench
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeReporter, label
from tests.protocols.rp1.support.run_kills import At, Killed

WORK = WifiCredentials(b"Work 5", Secret("battery staple"))


@dataclass
class Recorded:
    """A bench whose runs are written into a registry, as runs are. strike: asked at each write."""

    registry: Registry
    bench: DriverBench = field(default_factory=lambda: DriverBench(memory=Disk()))

    def __post_init__(self) -> None:
        self.bench.code = label(self.bench.device)
        self.strike = lambda kind: None

    async def run(self, operation: OwnershipOperation | None) -> None:
        """Commission, or an owner's operation; forgets only what is recorded."""
        registry, later = self.registry, []
        self.bench.order = (
            Order() if operation is OwnershipOperation.ROTATE else Order(wifi=WORK, name="Lamp")
        )
        run = registry.begin_run(ecosystem="rp1", radio="virtual")

        class Reporter(FakeReporter):
            def report(reporter, event):
                if isinstance(event, DECISIONS):
                    self.strike("event")
                registry.append(run, event)

        self.bench.reporter = Reporter()
        with pytest.MonkeyPatch.context() as patched:
            plain = driver_bench.Context
            patched.setattr(
                driver_bench, "Context", lambda **given: plain(**given, when_recorded=later.append)
            )
            done = await (self.bench.commission() if operation is None else self.bench.operate(operation))
        self.strike("finish")
        outcome = Outcome(Result.DONE, run, "rp1", (), LinkCounts(), commissioned=done)
        registry.finish_run(run, outcome)
        for forget in later:
            forget()

    @property
    def leaf(self) -> str:
        """Fingerprint of the certificate that the device works with."""
        chain = self.bench.device.machine.settings.settings[ItemType.LDEVID].chain
        return hashlib.sha256(chain[0]).hexdigest()


def issued(folder: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as connection:
        return {row[0] for row in connection.execute("SELECT fingerprint FROM issued")}


async def killed(home: Recorded, at: int, where: str) -> bool:
    """True if the app died before its `at`-th ATT operation, or write to the disk."""

    def die() -> None:
        raise Killed

    strike = At(at, die)
    if where == "att":
        home.bench.spoil = strike
    else:
        home.strike = home.bench.memory.strike = strike
    try:
        await home.run(OwnershipOperation.ROTATE)
    except Killed:
        return True
    finally:
        home.bench.spoil = lambda kind: False
        home.strike = home.bench.memory.strike = lambda kind: None
    return False


@pytest.mark.parametrize("then", [OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION])
@pytest.mark.parametrize("where", ["att", "disk"])
async def test_a_rotation_whose_app_is_killed_anywhere_loses_no_revocation(tmp_path, where, then):
    left_over = 0
    for at in count(1):
        folder = tmp_path / str(at)
        with contextlib.closing(open_registry(folder)) as registry:
            home = Recorded(registry)
            await home.run(None)
            first = home.leaf
            if not await killed(home, at, where):
                break
            assert home.leaf not in {each.fingerprint for each in registry.revocations()}
            try:
                await home.run(then)
            except errors.ChangePending:
                await home.run(OwnershipOperation.QUERY)
                await home.run(then)
            revoked = {each.fingerprint for each in registry.revocations()}
            assert first != home.leaf and revoked == issued(folder) - {home.leaf}
            left_over += len(revoked) > 1
    assert left_over or then is OwnershipOperation.ROTATE, (
        "some kills left a certificate that no run had recorded"
    )

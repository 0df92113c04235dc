"""What is done with fabrics when the process is killed between two writes: repeated, it is done whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from companion.errors import CompanionError
from companion.identity import Vault, open_identity
from companion.link_counts import LinkCounts
from companion.model import Commissioned, Credential, DeviceIdentity
from companion.outcome import Outcome, Result
from companion.registry import Registry, open_registry
from companion.registry.store.fabrics import DeviceFabrics
from companion.runs.own_fabrics import OwnFabrics

Act = Callable[[OwnFabrics], object]


class Killed(BaseException):
    """As kill -9: nothing after it is done, and nothing catches it."""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    opened = open_registry(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def own(tmp_path: Path, registry: Registry) -> OwnFabrics:
    """Home with a lamp, and Office."""
    made = OwnFabrics(open_identity(tmp_path, throwaway=True), registry)
    home = made.add("Home")
    made.add("Office")
    details = {"fabric": home.id, "fabric_name": "Home", "node": f"{1:016X}", "fingerprint": "ab"}
    run = registry.begin_run(ecosystem="matter", radio="virtual")
    done = Commissioned(
        DeviceIdentity("matter-1", "Lamp"), "pase", (Credential("fabric", details),), identity_key=bytes(65)
    )
    outcome = Outcome(Result.COMMISSIONED, run, "matter", (), LinkCounts(), commissioned=done)
    registry.finish_run(run, outcome)
    return made


ACTS: dict[str, Act] = {
    "add": lambda own: own.add("Shop"),
    "rename": lambda own: own.rename("Home", "Haus"),
    "use": lambda own: own.use("Office"),
    "remove": lambda own: own.remove("Home"),
}


@pytest.mark.parametrize("moment", range(4))
@pytest.mark.parametrize("act", ACTS)
def test_a_kill_between_two_writes_leaves_what_can_be_repeated(
    own: OwnFabrics, monkeypatch: pytest.MonkeyPatch, act: str, moment: int
) -> None:
    left = moment

    def killing(write: Callable[..., object]) -> Callable[..., object]:
        def killed(*given: object, **named: object) -> object:
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            return write(*given, **named)

        return killed

    with monkeypatch.context() as patch:
        for owner, name in ((Vault, "put"), (DeviceFabrics, "rename"), (DeviceFabrics, "lose")):
            patch.setattr(owner, name, killing(getattr(owner, name)))
        with suppress(Killed):
            ACTS[act](own)
    between = {each.fabric.name: each.fabric.id for each in own.all()}
    assert len(between) >= 1 and sum(each.fabric.is_usual for each in own.all()) == 1
    # Where it was done, a name is taken or a fabric is not there any more.
    with suppress(CompanionError):
        ACTS[act](own)
    names = {each.fabric.name: each for each in own.all()}
    (lamp,) = own.registry.devices()
    shown = [each.details["fabric_name"] for each in lamp.credentials]
    match act:
        case "add":
            assert set(names) == {"Home", "Office", "Shop"} and shown == ["Home"]
        case "rename":
            own.rename("Haus", "Haus")
            assert set(names) == {"Haus", "Office"}
            assert [each.details["fabric_name"] for each in own.registry.devices()[0].credentials] == ["Haus"]
        case "use":
            assert names["Office"].fabric.is_usual
        case "remove":
            assert set(names) == {"Office"} and (lamp.state, shown) == ("removed", [])

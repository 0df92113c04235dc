"""An owner's fabrics in the vault: what is added, renamed, chosen and removed, and what never is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FabricMissing, FabricNameUnusable, KeyStoreDamaged, RecordAmbiguous
from companion.identity import Vault
from companion.protocols import Memory
from companion.protocols.matter.certificates.chain import NodeIdentity
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.driver.store import own_fabric, own_fabrics, resumptions
from companion.protocols.matter.establishment.outcome import Resumption
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.identity import FabricIdentity
from companion.secret import Secret

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MADE = [own_fabric.found(NOW + timedelta(days=age), f"Fabric {age}") for age in range(6)]
NAMES = st.sampled_from(["Home", "home ", "Office", "Büro", "", "x" * 33, "a\u202eb", MADE[0].id])


class Drawer:
    """A vault without a file."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> Secret | None:
        return Secret(self.kept[key]) if key in self.kept else None

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted(key for key in self.kept if key.startswith(prefix)))

    def put(self, key: str, value: Secret | None) -> None:
        self.kept.pop(key, None)
        if value is not None:
            self.kept[key] = value.reveal()


class _Sealed:
    """What a protocol keeps sealed between runs."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes | None] = {}

    def get_secret(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put_secret(self, key: str, value: bytes | None) -> None:
        self.kept[key] = value


@pytest.fixture
def vault() -> Vault:
    return cast(Vault, Drawer())


@pytest.fixture(autouse=True)
def made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys take their time: each is made once."""
    monkeypatch.setattr(own_fabrics, "found", _Founder())


class _Founder:
    def __init__(self) -> None:
        self.left = list(MADE)

    def __call__(self, now: datetime, name: str = own_fabric.HOME) -> own_fabric.OwnFabric:
        return replace(self.left.pop(0), name=name)


def test_a_folder_of_before_opens_with_its_fabric_as_the_first_one(vault: Vault) -> None:
    before = json.loads(own_fabric.written(MADE[0]).reveal())
    del before["name"]
    vault.put(own_fabrics.FIRST, Secret(json.dumps(before)))
    (first,) = own_fabrics.known(vault)
    assert (first.id, first.name) == (MADE[0].id, "Home")
    assert own_fabrics.usual(vault).id == first.id
    own_fabrics.add(vault, "Office")
    assert own_fabrics.usual(vault).id == first.id, "another one does not take its place"


def test_a_name_out_of_somebodys_backup_steers_nothing(vault: Vault) -> None:
    vault.put(own_fabrics.FIRST, own_fabric.written(replace(MADE[0], name="\x1b[2J\u202eemoH")))
    (first,) = own_fabrics.known(vault)
    assert first.name == "\ufffd[2J\ufffdemoH"


def test_the_first_use_founds_one_and_only_one(vault: Vault) -> None:
    assert own_fabrics.known(vault) == ()
    assert own_fabrics.usual(vault).id == own_fabrics.usual(vault).id
    assert [each.name for each in own_fabrics.known(vault)] == ["Home"]


@given(st.lists(st.tuples(st.sampled_from(["add", "rename", "use", "remove"]), NAMES), max_size=6))
def test_whatever_is_done_all_are_told_apart_by_name_and_one_is_usual(steps: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_fabrics, "found", _Founder())
        drawer = Drawer()
        vault = cast(Vault, drawer)
        own_fabrics.usual(vault)
        for action, name in steps:
            before = dict(drawer.kept)
            try:
                _do(vault, action, name)
            except (FabricMissing, FabricNameUnusable):
                assert drawer.kept == before, "what is refused changes nothing"
        known = own_fabrics.known(vault)
        names = [each.name.casefold() for each in known]
        assert len(set(names)) == len(names) and all(0 < len(each.encode()) <= 32 for each in names)
        for each in known:
            assert own_fabrics.find(known, each.name).id == own_fabrics.find(known, each.id).id == each.id
        if known:
            assert own_fabrics.usual(vault).id in {each.id for each in known}


def _do(vault: Vault, action: str, name: str) -> None:
    if action == "add":
        own_fabrics.add(vault, name)
        return
    known = own_fabrics.known(vault)
    if action == "rename":
        own_fabrics.rename(vault, known[-1] if known else MADE[5], name)
    elif action == "use":
        own_fabrics.use(vault, own_fabrics.find(known, name))
    else:
        own_fabrics.remove(vault, own_fabrics.find(known, name))


def test_each_keeps_its_keys_whatever_it_is_called(vault: Vault) -> None:
    home, office = own_fabrics.usual(vault), own_fabrics.add(vault, "Office")
    renamed = own_fabrics.rename(vault, office, "Werk")
    assert renamed.authority.issuer.key.scalar.reveal() == office.authority.issuer.key.scalar.reveal()
    assert renamed.authority.ipk.reveal() == office.authority.ipk.reveal() != home.authority.ipk.reveal()
    assert renamed.own.noc == office.own.noc
    with pytest.raises(FabricMissing):
        own_fabrics.find(own_fabrics.known(vault), "Office")


def test_two_fabrics_of_one_number_are_two_fabrics(vault: Vault) -> None:
    number = MADE[0].authority.number
    root = MADE[1].authority
    twin = FabricAuthority(root.root, root.issuer, number, root.ipk)
    own = own_fabric.admitted(twin, MADE[1].own.key, 7, own_fabric.device_validity(NOW))
    vault.put(own_fabrics.FIRST, own_fabric.written(MADE[0]))
    vault.put("matter/fabric/twin", own_fabric.written(own_fabric.OwnFabric(twin, own, "Twin")))
    home, other = own_fabrics.known(vault)
    assert home.authority.number == other.authority.number and home.id != other.id
    assert home.authority.identity.instance(7) != other.authority.identity.instance(7)
    with pytest.raises(BadCertificate):
        home.own.verify_peer(other.own.noc, None)


def test_a_beginning_of_an_id_that_two_have_means_neither() -> None:
    class Named:
        def __init__(self, id: str, name: str) -> None:
            self.id, self.name = id, name

    known = cast(Any, (Named("ABCD0000", "Home"), Named("ABCD1111", "home"), Named("ABCE0000", "x")))
    for wanted in ("abcd", "HOME"):
        with pytest.raises(RecordAmbiguous):
            own_fabrics.find(known, wanted)
    assert own_fabrics.find(known, "abce").name == "x"
    for short in ("", "abc", "A"):
        with pytest.raises(FabricMissing):
            own_fabrics.find(known, short)


def test_there_is_an_end_to_how_many(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_fabrics, "MOST", 2)
    own_fabrics.usual(vault)
    own_fabrics.add(vault, "Office")
    with pytest.raises(FabricNameUnusable):
        own_fabrics.add(vault, "Shop")


def test_a_fabric_that_is_kept_nowhere_is_not_written_by_a_rename_or_a_removal(vault: Vault) -> None:
    own_fabrics.usual(vault)
    for action in (
        lambda: own_fabrics.rename(vault, MADE[4], "X"),
        lambda: own_fabrics.remove(vault, MADE[4]),
    ):
        with pytest.raises(FabricMissing):
            action()
    assert len(own_fabrics.known(vault)) == 1


def test_one_that_is_damaged_is_said_to_be_and_not_replaced(vault: Vault) -> None:
    vault.put(own_fabrics.FIRST, Secret("{}"))
    with pytest.raises(KeyStoreDamaged):
        own_fabrics.usual(vault)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(1, 2)), max_size=12),
    st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(1, 2)),
)
def test_no_session_of_one_fabric_is_gone_on_from_in_another(
    kept: list[tuple[int, int, int]], wanted: tuple[int, int, int]
) -> None:
    """Node ids and numbers of fabrics may be the same; roots are not."""
    memory = cast(Memory, _Sealed())
    for root, number, node in kept:
        resumptions.keep(memory, _resumption(root, number, node))
    root, number, node = wanted
    taken = resumptions.take(memory, _fabric(root, number), node)
    assert (taken is not None) == (wanted in kept)
    if taken is not None:
        assert (taken.fabric, taken.peer.node) == (_fabric(root, number), node)
        assert taken.shared.reveal() == bytes([root, number, node])
    assert resumptions.take(memory, _fabric(root, number), node) is None, "each is used once"
    resumptions.forget_all(memory, _fabric(0, 1))
    left = {each for each in kept if each != wanted and each[:2] != (0, 1)}
    for each in {(r, f, n) for r in range(3) for f in range(1, 4) for n in (1, 2)}:
        found = resumptions.take(memory, _fabric(*each[:2]), each[2])
        assert (found is not None) == (each in left)


def _fabric(root: int, number: int) -> FabricIdentity:
    return FabricIdentity(bytes([4]) + bytes([root]) * 64, number)


def _resumption(root: int, number: int, node: int) -> Resumption:
    peer = NodeIdentity(node, number, (), bytes(65))
    return Resumption(b"id", Secret(bytes([root, number, node])), _fabric(root, number), 9, peer)

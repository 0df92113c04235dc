"""Statements are taken in the order in which their delegate signed them, whichever comes home first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from companion.encoding import cbor
from companion.identity import open_identity
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.times import matter_time
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.driver.store import held_fabrics, statements
from companion.registry import open_registry
from companion.registry.lookup import by_id
from companion.trust.anomalies.alarms import Rule
from companion.trust.grants import accounts
from companion.trust.grants.actions import Grants
from companion.trust.grants.terms import GrantTerms, Places, Right

NOW = datetime.now(UTC).replace(microsecond=0)
ONBOARD = GrantTerms(frozenset({Right.ONBOARD}), Places(True), NOW + timedelta(days=14))


class Delegate:
    """With a grant of an owner's, and what it says of one device."""

    def __init__(self, folder: Path) -> None:
        self.owner, self.holder = (
            Grants(open_identity(folder / name, throwaway=True), open_registry(folder / name))
            for name in ("anna", "bert")
        )
        request = self.holder.ask("Bert", fabrics=["matter"])
        self.grant = self.holder.take(self.owner.issue(request, ONBOARD, fabrics=("matter",)).text)
        self.device = KeyPair.generate().public

    def say(self, node: int, device: bytes = b"") -> bytes:
        """The next statement: the device has a new certificate."""
        held = held_fabrics.held_fabric(self.holder.identity.vault, self.grant.id)
        validity = Validity(matter_time(NOW), matter_time(NOW) + 3600)
        noc = held.authority.issue(KeyPair.generate().public, node, validity).noc
        about: list[cbor.Value] = ["Lamp", "L1", "SN-1", "1.0"]
        payload: cbor.Value = {
            1: 1,
            2: self.grant.id,
            3: noc.as_tlv(),
            4: device or self.device,
            5: about,
            6: "",
            7: int(NOW.timestamp()),
        }
        memory = self.holder.memory("matter")
        statements.keep(memory, self.grant.id, cbor.encode(payload), self.holder.identity.owner.sign)
        *_, (_, signed) = statements.read(statements.export(memory, self.grant.id) or b"") or ()
        return signed

    def lose(self) -> None:
        """What it said, as whoever restores an older copy does."""
        self.holder.memory("matter").put("statements", None)

    def bring_home(self, *signed: bytes) -> list[str | None]:
        """Why each was refused."""
        report = b"Matter statements\n" + cbor.encode([1, list(signed)])
        told = accounts.bring_home(self.owner, report)
        return [each.refused for each in told if isinstance(each, accounts.BroughtHome)]

    def alerts(self) -> list[str]:
        self.owner.registry.alerts.check()
        found = self.owner.registry.alerts.all()
        return sorted(str(each.sentence) for each in found if each.rule is Rule.HELD_BACK)

    def node(self) -> str:
        (device,) = self.owner.registry.devices()
        credentials = self.owner.registry.device(by_id(device.id)).credentials
        (current,) = [each for each in credentials if each.replaced is None]
        return current.details["node"][-1]

    def close(self) -> None:
        for each in (self.owner, self.holder):
            each.registry.close()


def test_one_that_was_held_back_replaces_nothing_and_is_an_alert(tmp_path: Path) -> None:
    bert = Delegate(tmp_path)
    first, second = bert.say(1), bert.say(2)
    assert bert.bring_home(second) == [None] and bert.node() == "2"
    assert bert.alerts() == ["The report before the one on device SN-1 is missing."]
    assert bert.bring_home(first) == ["older"] and bert.node() == "2"
    assert "A report on device SN-1 arrived after a newer one." in bert.alerts()
    assert bert.bring_home(first, second) == [None, None] and len(bert.alerts()) == 2, "both are known"
    bert.close()


def test_in_their_order_they_replace_each_other(tmp_path: Path) -> None:
    bert = Delegate(tmp_path)
    assert bert.bring_home(bert.say(1), bert.say(2)) == [None, None]
    assert bert.bring_home(bert.say(3)) == [None]
    assert bert.node() == "3" and not bert.alerts()
    bert.close()


def test_a_chain_that_was_written_twice_is_an_alert_from_either_end(tmp_path: Path) -> None:
    bert = Delegate(tmp_path)
    bert.bring_home(bert.say(1), bert.say(2))
    bert.lose()
    other, after = bert.say(3), bert.say(4)
    assert bert.bring_home(other) == ["order"] and bert.node() == "2"
    assert bert.bring_home(after) == ["order"], "its own predecessor is not the one that came home"
    assert (
        bert.alerts()
        == ["The delegate signed two different reports in the place of the one on device SN-1."] * 2
    )
    bert.close()

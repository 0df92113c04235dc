"""The trust of a device as the window shows it: with a delegate, by the owner alone, broken, and none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from companion.errors import ProofImpossible
from companion.model import Check, Text, Verdict
from companion.protocols import Acknowledged, GrantLink
from companion.registry.lists import DeviceRow
from companion.registry.records import DeviceRecord
from companion.trust.grants.terms import GrantTerms, Places, Right
from companion.trust.proof import checks
from companion.trust.proof.checks import Checked
from companion.trust.proof.document import DeviceProof
from companion.trust.transparency.entries import LogHead
from ui.engine.trust import TrustChecked
from ui.pages.devices.page import DevicesPage
from ui.present.registry import devices, trust

NOW = datetime(2026, 11, 26, 9, 34, tzinfo=UTC)
OWNER, STATION, KEY = (bytes((4, *(number,) * 64)) for number in (1, 2, 3))
SENSOR = DeviceRecord(
    "sensor",
    "Sensor L2-12",
    "rp1",
    "oob",
    "commissioned",
    NOW,
    NOW,
    model="Climate sensor",
    serial="LS2-0048-93A",
    identity_key=KEY,
    room="Hall 2",
)
HEAD = LogHead(1210, bytes(32), NOW, "companion.internal/log/1")
WITNESS = "companion.internal/witness/1"


def link(until: datetime) -> GrantLink:
    terms = GrantTerms(
        frozenset({Right.ONBOARD, Right.NETWORKS}),
        Places(sites=frozenset({"hall-2"})),
        until,
        since=until - timedelta(days=30),
    )
    return GrantLink("07c2a911", STATION, "", terms)


def passed(name: str, claim: Text, reason: str) -> Check:
    return Check(name, claim, Text(reason), Verdict.PASSED)


def checked(*, delegate: bool = True, ended: bool = False, revoked: bool = False) -> Checked:
    until = NOW - timedelta(days=1) if ended else NOW + timedelta(days=18)
    found = [
        passed("grants", checks.GRANTS, "1 in a row, the last one until 18 December"),
        passed("receipt", checks.RECEIPT, "Serial number LS2-0048-93A, identity key 77:1E:D0:3B"),
        passed("revoked", checks.REVOKED, "By the owner's list of 25 November"),
        passed("bounds", checks.BOUNDS, "At 26 November by the device's clock"),
        passed("certificate", checks.CERTIFICATE, "Valid until 22 December"),
        passed("entry", checks.ENTRY, "Entry 1,204 of 1,210"),
        passed("witness-1", checks.WITNESS, "Office PC, 3 minutes ago"),
    ]
    if ended:
        reason = Text("At 26 November by the device's clock. The grant had expired at 25 November")
        found[3] = Check("bounds", checks.BOUNDS, reason, Verdict.FAILED)
    if revoked:
        reason = Text("Grant 1 of 1 is revoked in the owner's list of 25 November. Since when is unknown")
        found[2] = Check("revoked", checks.REVOKED, reason, Verdict.REMARK)
    if not delegate:
        found = [each for each in found if each.name not in ("grants", "bounds")]
    proof = DeviceProof("rp1", OWNER, KEY, (), b"", (b"leaf",), b"", 1203, (), b"", b"", "")
    return Checked(
        tuple(found),
        proof,
        Acknowledged("LS2-0048-93A", bytes(32), NOW, None),
        (link(until),) if delegate else (),
        HEAD,
        (NOW - timedelta(days=4), NOW + timedelta(days=26)),
        ((WITNESS, NOW - timedelta(minutes=3)),),
    )


def page(told: TrustChecked) -> DevicesPage[DeviceRow]:
    shown: DevicesPage[DeviceRow] = DevicesPage(
        lambda row: devices.device(row.record, now=NOW), devices.state_words()
    )
    shown.show_list(1, 1, 0, [DeviceRow(told.record, None)], 0, keep=False)
    shown.open_inspection(shown.trust, told.record.name, told.record.room)
    shown.trust.show_trust(trust.trust(told, NOW))
    return shown


def _sample(found: Checked) -> Callable[[], QWidget]:
    return lambda: page(TrustChecked(SENSOR, found, 0.04, {STATION.hex(): "Line 2 station"}))


delegated = _sample(checked())
own = _sample(checked(delegate=False))
broken = _sample(checked(ended=True))
revoked = _sample(checked(revoked=True))


def nothing() -> QWidget:
    return page(TrustChecked(SENSOR, None, 0.0, {}, ProofImpossible("the device acknowledged nothing")))

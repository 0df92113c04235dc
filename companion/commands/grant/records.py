"""`companion grant list` and `show`: grants in a line, and in words."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

from companion.clouds.profile import granted
from companion.commands.terminal import numbers, streams
from companion.protocols import DelegationDriver
from companion.services import Services
from companion.trust.grants.actions import driver_of, read_grant
from companion.trust.grants.names import key_ending
from companion.trust.grants.record import GrantRecord, GrantState
from companion.trust.grants.terms import Right
from companion.trust.grants.words import Summary, reporting, sentence, shown, summary

_STATES = {
    GrantState.NOT_YET: "not valid yet",
    GrantState.IN_FORCE: "valid",
    GrantState.ENDED: "expired",
    GrantState.REVOKED: "revoked",
}
"""As people read it; documents keep the values."""


def list_all(services: Services, arguments: argparse.Namespace) -> None:
    """Every grant, those that are held first."""
    now, kept = datetime.now(UTC), services.registry.grants.all()
    kept.sort(key=lambda each: not each.held)
    if arguments.json:
        streams.print_json({"grants": [each.as_json(now) for each in kept]})
        return
    for each in kept:
        who = f"from {each.owner_name}" if each.held else f"to {each.holder_name}"
        streams.print_line(
            f"{each.id}  {_STATES[each.state(now)]:<13}  {who}  until {shown(each.terms.until)}  "
            f"{', '.join(right.value for right in sorted(each.terms.rights))}"
        )
    if not kept:
        streams.print_line(
            "No grants. To let someone act for you, ask for a request (`companion grant request FILE`), "
            "then run `companion grant issue`."
        )


def show(services: Services, arguments: argparse.Namespace) -> None:
    """One grant, with the chain that leads to it."""
    record = services.registry.grants.one(arguments.subject)
    driver, now = driver_of(record.protocol), datetime.now(UTC)
    if arguments.json:
        streams.print_json(document(record, driver))
        return
    who = f"from {record.owner_name}" if record.held else f"to {record.holder_name}"
    streams.print_line(f"Grant {record.id} {who}, {_STATES[record.state(now)]}.")
    written = read_grant(record.text)
    for link in written.links[:-1]:
        streams.print_line(f"Issued under: {sentence(link.terms, link.name)}")
    print_summary(summary(record.terms, record.holder_name, driver.enforcement))
    if Right.ONBOARD in record.terms.rights:
        profile = granted(written.cloud).name if written.cloud else ""
        streams.print_line(reporting(written.endpoint, profile=profile))
    for delivery in record.terms.deliveries:
        where = f" at {delivery.site}" if delivery.site else ""
        streams.print_line(
            f"Delivery announced: {numbers.devices(delivery.devices)} on {delivery.day}{where}."
        )


def print_summary(said: Summary, *, key: bytes | None = None) -> None:
    """A grant in words. key: of its holder, to be compared (point)."""
    streams.print_line(said.sentence)
    for line in (*said.denied, *said.limits):
        streams.print_line(f"  {line}")
    for line in said.warnings:
        streams.print_line(f"! {line}")
    if key is not None:
        streams.print_line(f"The holder's key ends in {key_ending(key)}: ask the holder to confirm this.")


def document(record: GrantRecord, driver: DelegationDriver) -> dict[str, Any]:
    """One grant for scripts."""
    said = summary(record.terms, record.holder_name, driver.enforcement)
    written = read_grant(record.text)
    return {
        **record.as_json(datetime.now(UTC)),
        "summary": said.as_json(),
        "endpoint": written.endpoint or None,
        "cloud": granted(written.cloud).document() if written.cloud else None,
        "chain": [{"id": link.id, "holder": link.name, **link.terms.as_json()} for link in written.links],
    }

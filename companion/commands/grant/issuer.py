"""`companion grant issue`, `export` and `revoke`: what an owner, or a delegate who passes rights on, does."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from companion.clouds.delegates import DelegateCas
from companion.clouds.profile import CloudProfile, granted
from companion.clouds.store import ProfileStore
from companion.commands.arguments.options import add_fabric, address
from companion.commands.grant import terms
from companion.commands.grant.holder import MATTER
from companion.commands.grant.records import document, print_summary
from companion.commands.grant.usage import WrongUsage, confirm, grants_of
from companion.commands.terminal import streams
from companion.protocols import GrantRequest
from companion.runs.own_fabrics import OwnFabrics
from companion.services import Services
from companion.trust.grants.actions import driver_of, fabrics_until, narrowed, read_grant, read_request
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import GrantTerms, Right
from companion.trust.grants.texts import read_text, write_text
from companion.trust.grants.words import fabric_revocation, fabric_warnings, reporting, shown, summary


def configure(parser: argparse.ArgumentParser) -> None:
    """`--under`, `--out`, `--endpoint`, `--yes`."""
    group = parser.add_argument_group("issue, export and revoke")
    group.add_argument("--under", metavar="GRANT", help="issue: pass on part of a grant that you hold")
    group.add_argument(
        "--out", type=Path, metavar="FILE", help="file for the grant: QR code if .png, otherwise text"
    )
    group.add_argument(
        "--endpoint",
        type=_endpoint_words,
        metavar="HOST:PORT|none",
        help="issue: where new devices report, or none; default: this computer's endpoint, if it is running",
    )
    group.add_argument(
        "--cloud", metavar="NAME", help="issue: new devices connect to a cloud by this profile"
    )
    add_fabric(
        group,
        "issue: with --matter, the fabric that the grant is for; default: see `companion fabric`",
    )
    group.add_argument("--yes", action="store_true", help="sign or revoke without asking")


def _endpoint_words(text: str) -> str:
    return "" if text == "none" else address(text)


def issue(services: Services, arguments: argparse.Namespace) -> None:
    """Say the grant back in words, ask, sign it and write it."""
    if arguments.out is None:
        raise WrongUsage("grant issue needs --out FILE")
    text = read_text(Path(arguments.subject), "-grant-request")
    _, driver, asked = read_request(text)
    grants, now = grants_of(services), datetime.now(UTC)
    if arguments.under:
        held = services.registry.grants.one(arguments.under)
        if not held.held:
            raise WrongUsage("--under takes a grant that you hold")
        grants.check_alive(held)
        wanted = terms.terms_request(arguments, now)
        allowed = narrowed(held, wanted)
    else:
        allowed = terms.terms(arguments, now)
    fabrics = _fabrics(services, arguments, asked, allowed)
    said = summary(allowed, asked.name, driver.enforcement)
    if not arguments.json:
        print_summary(said, key=asked.holder)
        if fabrics:
            for line in fabric_warnings(allowed):
                streams.print_line(f"! {line}")
        elif asked.parts:
            streams.print_line(
                "Without --matter the holder can't set up Matter devices for you, as requested."
            )
    profile = _cloud(services, arguments, allowed)
    endpoint = profile.endpoint if profile is not None else _endpoint(services, arguments)
    if not arguments.under and Right.ONBOARD in allowed.rights and not arguments.json:
        streams.print_line(reporting(endpoint, profile=profile.name if profile is not None else ""))
        if not endpoint and arguments.endpoint is None:
            streams.print_line(
                "No endpoint of yours is running here. --endpoint HOST:PORT names another one."
            )
    confirm(arguments, "Sign this grant?")
    if arguments.under:
        record = grants.issue_under(held, text, wanted)
    else:
        record = grants.issue(
            text, allowed, endpoint=endpoint, fabrics=fabrics, fabric=arguments.fabric, cloud=profile
        )
    write_text(record.text, arguments.out)
    done = f"Grant {record.id} written to {arguments.out}. Send it to {record.holder_name}."
    if profile is not None:
        done += f" First let its CA in: companion cloud setup {profile.name} --delegate {record.id}"
    _done(arguments, record, done)


def _cloud(services: Services, arguments: argparse.Namespace, allowed: GrantTerms) -> CloudProfile | None:
    """Raises WrongUsage, CloudProfileMissing, CloudProfileInvalid."""
    if not arguments.cloud:
        return None
    if arguments.under or arguments.endpoint is not None:
        raise WrongUsage(
            "--cloud replaces --endpoint, and a grant under another one keeps what that one says"
        )
    if Right.ONBOARD not in allowed.rights:
        raise WrongUsage("--cloud needs --right onboard")
    return granted(ProfileStore(services.data_dir).find(arguments.cloud).as_text())


def _fabrics(
    services: Services, arguments: argparse.Namespace, asked: GrantRequest, allowed: GrantTerms
) -> list[str]:
    """For which fabrics the holder may issue. Raises WrongUsage, FabricMissing, RecordAmbiguous."""
    if not arguments.matter:
        if arguments.fabric:
            raise WrongUsage("--fabric needs --matter")
        return []
    if arguments.under:
        raise WrongUsage(
            "--matter can't be passed on: only the owner of the fabric lets others set up devices"
        )
    if Right.ONBOARD not in allowed.rights:
        raise WrongUsage("--matter needs --right onboard")
    if MATTER not in asked.parts:
        raise WrongUsage("the request was written without --matter: ask for another one")
    if arguments.fabric:
        OwnFabrics(services.open_identity(), services.registry).one(arguments.fabric)
    return [MATTER]


def export(services: Services, arguments: argparse.Namespace) -> None:
    """Write an issued grant again."""
    if arguments.out is None:
        raise WrongUsage("grant export needs --out FILE")
    record = services.registry.grants.one(arguments.subject)
    if record.held:
        raise WrongUsage("only the issuer can export a grant")
    if record.parent is None:
        grants, named = grants_of(services), read_grant(record.text).endpoint
        given: str | None = arguments.endpoint
        if given is not None and bool(given) is not bool(named):
            raise WrongUsage("whether new devices report anywhere is signed in the grant: issue another one")
        record = grants.renew(record, endpoint=_endpoint(services, arguments) if named else "")
    write_text(record.text, arguments.out)
    _done(arguments, record, f"Grant {record.id} written to {arguments.out}.")


def _switch_off_at_clouds(services: Services, record: GrantRecord, arguments: argparse.Namespace) -> None:
    """A cloud knows no grants: it admits whatever a CA issued that was registered there."""
    certificate = read_grant(record.text).certificate
    for each in DelegateCas(services.data_dir).switch_off(record.id, certificate) if certificate else ():
        if each.error is None:
            if not arguments.json:
                streams.print_line(f"Its CA is switched off at the cloud of {each.profile}.")
            continue
        streams.print_error(f"companion: {each.profile}: {each.error.title_text} ({each.error.code})")
        if each.command:
            streams.print_error(f"companion: until this is done, its devices are let in: {each.command}")


def revoke(services: Services, arguments: argparse.Namespace) -> None:
    """End an issued grant. Each device learns of it when it is next met."""
    record = services.registry.grants.one(arguments.subject)
    if record.held or record.parent is not None:
        raise WrongUsage("only the owner of the devices revokes a grant: ask the owner")
    if record.revoked is not None:
        _done(arguments, record, f"Grant {record.id} was revoked before, at {shown(record.revoked)}.")
        return
    if not arguments.json:
        streams.print_line(
            f"{record.holder_name} loses grant {record.id}, and so does everyone it was passed on to."
        )
    left = fabrics_until([record])
    if left is not None and not arguments.json:
        streams.print_line(f"! {fabric_revocation(left)}")
    confirm(arguments, "Revoke it?")
    grants_of(services).revoke(record)
    services.renew_crl()
    _switch_off_at_clouds(services, record, arguments)
    record = services.registry.grants.one(f"id:{record.id}")
    _done(
        arguments,
        record,
        "Revoked. Each device accepts it until its next run: see `companion trust revocation`.",
    )


def _endpoint(services: Services, arguments: argparse.Namespace) -> str:
    given: str | None = arguments.endpoint
    return services.answering_endpoint() if given is None else given


def _done(arguments: argparse.Namespace, record: GrantRecord, sentence: str) -> None:
    if arguments.json:
        shown: dict[str, Any] = document(record, driver_of(record.protocol))
        streams.print_json({**shown, "file": str(arguments.out) if arguments.out else None})
        return
    streams.print_line(sentence)

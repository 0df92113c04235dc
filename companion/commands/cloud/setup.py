"""`companion cloud setup`: what has to be done once at a cloud, from here or by an administrator."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.clouds.delegates import DelegateCas, delegate_order
from companion.clouds.providers import open_setup
from companion.clouds.setup import CloudSetup, SetupOrder, SetupPlan
from companion.commands.arguments.services import offline_services
from companion.commands.cloud.profiles import store
from companion.commands.terminal import streams
from companion.files import unwritable
from companion.services import Services
from companion.trust.grants.actions import read_grant

NOTHING = "Nothing has to be set up there by Companion: see `companion cloud broker`."


def configure(parser: argparse.ArgumentParser) -> None:
    """`--print`, `--out`, `--code`, `--delegate`, `--off`, `--yes`."""
    group = parser.add_argument_group("setup")
    group.add_argument(
        "--print", action="store_true", help="print the commands for an administrator; change nothing"
    )
    group.add_argument("--out", type=Path, metavar="DIR", help="folder for the files that the commands read")
    group.add_argument(
        "--code", default="", metavar="CODE", help="registration code of the account, for --print"
    )
    group.add_argument(
        "--delegate", metavar="GRANT", help="for the CA of the holder of this grant, instead of yours"
    )
    group.add_argument("--off", action="store_true", help="with --delegate: switch that CA off")


def setup(arguments: argparse.Namespace) -> int:
    """Do it or print it. Raises CloudError and StorageError leaves, RecordMissing."""
    if arguments.off and not arguments.delegate:
        streams.print_error("companion: --off needs --delegate GRANT")
        return 2
    profile = store(arguments).find(arguments.words[0])
    with offline_services(arguments) as services:
        found, folder = _order(arguments, services), services.data_dir
    if found is None:
        streams.print_error("companion: the holder of this grant can't set up devices, and has no CA")
        return 2
    grant, order = found
    made = open_setup(profile, order)
    if made is None:
        streams.print_line(NOTHING)
        return 0
    if arguments.off:
        return _switch_off(made, arguments)
    plan = made.plan()
    if arguments.out is not None:
        _write(plan, arguments.out)
    if arguments.print:
        _print(plan, arguments)
    else:
        _perform(plan, arguments)
    if grant:
        DelegateCas(folder).note(grant, profile.name)
    return 0


def _order(arguments: argparse.Namespace, services: Services) -> tuple[str, SetupOrder] | None:
    """The grant, "" for none, and for whose CA; None for a grant without one."""
    ca = services.open_identity().ca
    if not arguments.delegate:
        return "", SetupOrder(ca.anchors[0], ca.prove, arguments.code)
    record = services.registry.grants.one(arguments.delegate)
    certificate = read_grant(record.text).certificate
    return (record.id, delegate_order(record.id, certificate)) if certificate else None


def _switch_off(made: CloudSetup, arguments: argparse.Namespace) -> int:
    if arguments.print:
        streams.print_line(made.off_command())
        return 0
    known = made.switch(on=False)
    if arguments.json:
        streams.print_json({"off": known})
    elif known:
        streams.print_line("✓ Switched off there. New devices of this delegate are not let in.")
    else:
        streams.print_line("The cloud does not know this delegate's CA.")
    return 0


def _write(plan: SetupPlan, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in plan.files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error


def _print(plan: SetupPlan, arguments: argparse.Namespace) -> None:
    if arguments.json:
        steps = [{"text": str(step.text), "command": step.command} for step in plan.steps]
        streams.print_json({"files": dict(plan.files), "steps": steps})
        return
    if arguments.out is None and plan.files:
        streams.print_line("# Write the files with --out DIR, and run these commands there:")
    for step in plan.steps:
        streams.print_line(f"# {step.text}")
        streams.print_line(step.command)


def _perform(plan: SetupPlan, arguments: argparse.Namespace) -> None:
    done = []
    for step in plan.steps:
        made = step.perform()
        done.append({"text": str(step.text), "made": made})
        if not arguments.json:
            streams.print_line(f"✓ {step.text}" + ("" if made else ", there already"))
    if arguments.json:
        streams.print_json({"steps": done})

"""`companion network check`: a company network proved from this computer, phase by phase."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from companion.commands.arguments.services import offline_services
from companion.commands.network import ways
from companion.commands.network.networks import company_network
from companion.commands.terminal import interrupts, streams
from companion.networks.company.check import check
from companion.networks.company.report import CheckReport, Phase, PhaseState

_NAMES = {
    Phase.NETWORK: "Network found",
    Phase.SERVER_CERTIFICATE: "Server certificate",
    Phase.SERVER_NAME: "Server name",
    Phase.OWN_CERTIFICATE: "Our certificate",
    Phase.ADDRESS: "Address",
}
_ASKED = "RADIUS server answers"
_MARKS = {
    PhaseState.PASSED: "✓",
    PhaseState.FAILED: "✗",
    PhaseState.OPEN: "·",
    PhaseState.NOT_CHECKED: "·",
}
_WITHOUT_WORDS = {PhaseState.OPEN: "not reached", PhaseState.NOT_CHECKED: "can't be checked this way"}


def configure(group: argparse._ActionsContainer) -> None:
    """`--radius`, `--secret-file`, `--interface`."""
    group.add_argument("--radius", metavar="HOST[:PORT]", help="ask this RADIUS server itself (eapol_test)")
    group.add_argument(
        "--secret-file", type=Path, metavar="F", help="the secret that it shares with this computer"
    )
    group.add_argument(
        "--interface", metavar="NAME", help="log in over this Wi-Fi interface (wpa_supplicant)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 if all works, else the exit status of what does not. Raises CheckUnavailable."""
    wifi = company_network(arguments)
    way = ways.way_of(arguments, wifi.name)
    with offline_services(arguments) as services:
        report = interrupts.run(check(wifi, services.open_identity().ca, way))
    if arguments.json:
        streams.print_json(_as_json(report))
    else:
        _print(report, asked=bool(way.radius))
    return 0 if report.problem is None else report.problem.exit_status


def _print(report: CheckReport, *, asked: bool) -> None:
    for result in report.phases:
        name = _ASKED if asked and result.phase is Phase.NETWORK else _NAMES[result.phase]
        words = str(result.words) if result.words is not None else _WITHOUT_WORDS.get(result.state, "")
        time = f"  {result.seconds:.1f} s" if result.seconds is not None else ""
        streams.print_line(f"{_MARKS[result.state]} {name:<22}{words}{time}".rstrip())
    if report.problem is None:
        streams.print_line("Devices of your CA can log in to this network.")
    else:
        problem = report.problem
        streams.print_line(f"{problem.title_text} ({problem.code})")
        streams.print_line(problem.advice_text)


def _as_json(report: CheckReport) -> dict[str, Any]:
    return {
        "passed": report.passed,
        "at": report.at.isoformat(timespec="milliseconds"),
        "phases": [
            {
                "phase": result.phase.value,
                "state": result.state.value,
                "found": str(result.words) if result.words is not None else None,
                "seconds": round(result.seconds, 3) if result.seconds is not None else None,
            }
            for result in report.phases
        ],
        "server": [
            {"depth": each.depth, "subject": each.subject, "fingerprint": each.fingerprint}
            for each in report.server
        ],
        "error": report.problem.as_json() if report.problem is not None else None,
    }

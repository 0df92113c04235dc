"""`companion lab`: a flow many times over a world of virtual devices, or over real ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from companion.commands.arguments.options import (
    add_json,
    add_passphrase_file,
    add_radio,
    add_wifi_file,
    address,
    passphrase_source,
    pin_source,
    place,
    radios,
    wifi,
)
from companion.commands.terminal import interrupts, streams
from companion.errors import FileUnwritable
from companion.files import replace_named
from companion.lab.examples import STARTER
from companion.lab.faults import AMOUNTS, LabFault, is_possible
from companion.lab.results import Ending, Results
from companion.lab.scenario import Scenario
from companion.lab.source import Source, is_possible_source
from companion.plain_text import plain
from companion.protocols import installed
from companion.services import DEFAULT_RADIO, Services

DESCRIPTION = """Set virtual devices up many times, with faults, and see how often that fails, where and why.

actions:
  run FILE    do what a scenario says; its runs are kept like any others (`companion runs`)
  new FILE    write a scenario to begin with
  list        list the protocols, the faults that their virtual devices can have, and how these show a secret

Without --radio, `run` uses the radio that the scenario's devices need: virtual, or this computer's.
"""
_MARKS = {Ending.GOOD: "✓", Ending.RETRIED: "↻", Ending.FAILED: "✗", Ending.STOPPED: "–"}


def configure(parser: argparse.ArgumentParser) -> None:
    """`lab (run FILE | new FILE | list) [options]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", choices=("run", "new", "list"), metavar="ACTION")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the scenario, as TOML")
    add_radio(parser)
    add_json(parser, lines=True)
    parser.add_argument("--junit", type=Path, metavar="FILE", help="run: also write JUnit XML")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="run: also write a line for each run as CSV")
    parser.add_argument("--force", action="store_true", help="new: overwrite the file")
    add_wifi_file(parser)
    parser.add_argument("--endpoint", type=address, metavar="HOST:PORT", help="run: use an external endpoint")
    add_passphrase_file(parser, action="run: ")


def run(arguments: argparse.Namespace) -> int:
    """Run a scenario, write one, or list what there is. The exit status of `run` is its first failure's."""
    if arguments.action == "list":
        _list(as_json=arguments.json)
        return 0
    if arguments.file is None:
        streams.print_error(f"companion: lab {arguments.action} needs a FILE")
        return 2
    if arguments.action == "new":
        return _new(arguments)
    return interrupts.run(_run(arguments))


async def _run(arguments: argparse.Namespace) -> int:
    from companion.lab.lab import Lab, LabEvent, LabRunEnded
    from companion.lab.reports import junit, table
    from companion.lab.scenario_file import read

    scenario = read(arguments.file)

    def tell(event: LabEvent) -> None:
        if not isinstance(event, LabRunEnded) or arguments.json:
            return
        if arguments.json_lines:
            streams.print_json_line(event.run.as_json())
            return
        told = event.run
        failed = f"  {plain(told.title)} ({told.code})" if told.code else ""
        where = f" in {told.failed_step}" if told.failed_step else ""
        streams.print_line(
            f"{_MARKS[told.ending]} {told.number:>5}  {told.seconds:7.2f} s  {told.device}{where}{failed}"
        )

    async with Services(
        _radios(arguments, scenario),
        **place(arguments),
        endpoint=arguments.endpoint,
        ask_passphrase=passphrase_source(arguments),
        ask_pin=pin_source(arguments),
    ) as services:
        services.open_identity()
        services.open_registry()
        await services.open_endpoint()
        if not scenario.is_virtual:
            await (await services.open_radio()).check()
        elif services.radios != ("virtual",):
            await services.open_radio()
        results = await Lab(services, scenario, wifi=wifi(arguments), tell=tell).run()
    for path, write in ((arguments.junit, junit), (arguments.csv, table)):
        if path is not None:
            _write(path, write(results))
    if arguments.json or arguments.json_lines:
        (streams.print_json if arguments.json else streams.print_json_line)(results.as_json())
    else:
        _summarise(results)
    return results.exit_status


def _radios(arguments: argparse.Namespace, scenario: Scenario) -> list[str]:
    """Those asked for; else what the devices need."""
    asked = radios(arguments)
    return ["virtual"] if scenario.is_virtual and asked == [DEFAULT_RADIO] and not arguments.radio else asked


def _summarise(results: Results) -> None:
    counts = {ending: results.count(ending) for ending in Ending}
    streams.print_line("")
    streams.print_line(
        f"{results.scenario}: {len(results.runs)} of {results.wanted} runs, {results.at_a_time} at a time, "
        f"{results.seconds:.1f} s, {len(results.runs) / results.seconds:.2f} runs a second, "
        f"seed {results.seed}"
    )
    streams.print_line(
        f"{counts[Ending.GOOD]} first try, {counts[Ending.RETRIED]} after a retry, "
        f"{counts[Ending.FAILED]} failed, {counts[Ending.STOPPED]} stopped"
    )
    for step, times in results.spreads().items():
        box = f"{times.first:7.2f} to {times.third:.2f} s half of them" if times.has_box else ""
        streams.print_line(
            f"  {step:<10} {times.median:7.2f} s median  {box}  {times.times[-1]:.2f} s longest"
        )
    failed = results.first_failure
    if failed is not None:
        where = f" in {failed.failed_step}" if failed.failed_step else ""
        streams.print_line(f"Run {failed.number} failed first{where}: {plain(failed.title)} ({failed.code})")
        good = results.nearest_good(failed)
        if good is not None and failed.run:
            streams.print_line(
                f"  failed run {failed.run}, nearest good run {good.run} (number {good.number})"
            )


def _new(arguments: argparse.Namespace) -> int:
    from companion.lab.scenario_file import written

    if arguments.file.exists() and not arguments.force:
        raise FileUnwritable("it exists already; --force overwrites it", file=arguments.file.name)
    _write(arguments.file, written(STARTER))
    if arguments.json:
        streams.print_json({"scenario": str(arguments.file)})
    else:
        streams.print_line(f"Written: {arguments.file}. Run it with `companion lab run {arguments.file}`.")
    return 0


def _list(*, as_json: bool) -> None:
    protocols = [name for name, each in installed().protocols.items() if each.virtual is not None]
    known = {name: [fault for fault in LabFault if is_possible(name, fault)] for name in protocols}
    if as_json:
        document: dict[str, Any] = {
            "protocols": [
                {
                    "name": name,
                    "faults": [fault.value for fault in faults],
                    "from": [source.value for source in _sources(name)],
                }
                for name, faults in known.items()
            ],
            "amounts": {
                fault.value: {"least": amount.least, "most": amount.most, "usual": amount.usual}
                for fault, amount in AMOUNTS.items()
            },
        }
        streams.print_json(document)
        return
    for name, faults in known.items():
        streams.print_line(
            f"{name:<10} "
            + ", ".join(
                f"{fault} = {AMOUNTS[fault].usual}" if fault in AMOUNTS else fault for fault in faults
            )
        )
        streams.print_line(f"{'':<10} from {', '.join(_sources(name))}")


def _sources(protocol: str) -> list[Source]:
    return [source for source in Source if is_possible_source(protocol, source)]


def _write(path: Path, text: str) -> None:
    """Raises FileUnwritable."""
    replace_named(path, text.encode())

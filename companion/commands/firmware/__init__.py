"""`companion firmware`: what a file is, what devices need to have, and new firmware for boards."""

from __future__ import annotations

import argparse

from companion.commands.arguments.options import add_json, add_radio
from companion.commands.firmware import explain, push, rules
from companion.commands.terminal import streams

DESCRIPTION = """\
Explain firmware files (ESP-IDF with Secure Boot v2, MCUboot, SUIT manifests), and keep rules on firmware.

actions:
  explain FILE        show for what it is, which version, whether it is whole, and who signed it
  rule list           show your rules (default of `rule`)
  rule add            stop every run with a device whose firmware is not what the rule asks for, before the
                      device gets credentials
  rule remove ID      forget a rule: ID is the beginning of its id in the list

  push BOARD FILE     send an MCUboot image to a Zephyr board over Bluetooth (SMP), restart it, and confirm it
                      once it runs: BOARD is its Bluetooth name or address. Run again, it goes on where
                      it was interrupted

A rule is held against what the device itself says in the run; each run tells what stands behind that.
Nothing of a file is run. Exit status 6 if something in it is wrong.
"""
_USAGE = "usage: firmware explain FILE | rule [list] | rule add OPTIONS | rule remove ID | push BOARD FILE"
_USAGE_STATUS = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """`firmware explain FILE | rule [list | add ... | remove ID] | push BOARD FILE`."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "action", choices=["explain", "rule", "push"], metavar="ACTION", help="explain, rule, push"
    )
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what the action takes, as above")
    explain.add_options(parser)
    rules.add_options(parser.add_argument_group("rule add"))
    push.add_options(parser.add_argument_group("push"))
    add_radio(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    match [arguments.action, *arguments.words]:
        case ["explain", file]:
            return explain.run(arguments, file)
        case ["rule"] | ["rule", "list"]:
            return rules.show(arguments)
        case ["rule", "add"]:
            return rules.add(arguments)
        case ["push", board, file]:
            return push.run(arguments, board, file)
        case ["rule", "remove", prefix]:
            return rules.remove(arguments, prefix)
    streams.print_error(f"companion: {_USAGE}")
    return _USAGE_STATUS

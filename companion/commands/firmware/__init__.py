"""`companion firmware`: what a firmware file is, and what firmware has to be before a device is set up."""

from __future__ import annotations

import argparse

from companion.commands.arguments.options import add_json, add_radio
from companion.commands.firmware import explain, rules
from companion.commands.terminal import streams

DESCRIPTION = """\
Explain firmware files (ESP-IDF with Secure Boot v2, MCUboot, SUIT manifests), and keep rules on firmware.

actions:
  explain FILE        show for what it is, which version, whether it is whole, and who signed it
  rule list           show your rules (default of `rule`)
  rule add            stop every run with a device whose firmware is not what the rule asks for, before the
                      device gets credentials
  rule remove ID      forget a rule: ID is the beginning of its id in the list

A rule is held against what the device itself says in the run; each run tells what stands behind that.
Nothing of a file is run. Exit status 6 if something in it is wrong.
"""
_USAGE = "usage: firmware explain FILE | rule [list] | rule add OPTIONS | rule remove ID"
_USAGE_STATUS = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """`firmware explain FILE [--key KEY.pem]... | rule [list | add ... | remove ID]`."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("action", choices=["explain", "rule"], metavar="ACTION", help="explain, rule")
    parser.add_argument("words", nargs="*", metavar="ARGUMENT", help="what the action takes, as above")
    explain.add_options(parser)
    rules.add_options(parser.add_argument_group("rule add"))
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
        case ["rule", "remove", prefix]:
            return rules.remove(arguments, prefix)
    streams.print_error(f"companion: {_USAGE}")
    return _USAGE_STATUS

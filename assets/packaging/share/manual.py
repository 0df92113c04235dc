"""The manual pages, from the parsers of the command line: companion(1), and one for each command."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from companion.cli import COMMANDS, command_parser


def write(folder: Path, version: str, date: str) -> None:
    """Write `companion.1.gz` and the others. date: ISO 8601"""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"companion": (command_parser(None), "commission Bluetooth LE devices")}
    pages |= {f"companion-{name}": (_parser_of(name), purpose) for name, purpose in COMMANDS.items()}
    for name, (parser, purpose) in pages.items():
        text = "\n".join(_page(name, parser, purpose, version, date)) + "\n"
        # Without a time, so that the same commit makes the same file.
        (folder / f"{name}.1.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _parser_of(name: str) -> argparse.ArgumentParser:
    parser = command_parser(name)
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    found: argparse.ArgumentParser = commands.choices[name]
    return found


def _page(name: str, parser: argparse.ArgumentParser, purpose: str, version: str, date: str) -> Iterator[str]:
    yield f'.TH "{name.upper()}" 1 "{date}" "Companion {_escaped(version)}" "Companion"'
    yield ".SH NAME"
    yield f"{_escaped(name)} \\- {_escaped(purpose)}"
    yield ".SH SYNOPSIS"
    yield from (".nf", _escaped(parser.format_usage().removeprefix("usage: ").rstrip()), ".fi")
    if parser.description:
        yield ".SH DESCRIPTION"
        yield from (".nf", _escaped(parser.description.strip()), ".fi")
    for group in parser._action_groups:
        shown = [each for each in group._group_actions if each.help is not argparse.SUPPRESS]
        if shown:
            yield f".SH {_escaped((group.title or 'options').upper())}"
            for action in shown:
                yield from _option(parser, action)
    if parser.epilog:
        yield from (".SH NOTES", ".nf", _escaped(parser.epilog.strip()), ".fi")


def _option(parser: argparse.ArgumentParser, action: argparse.Action) -> Iterator[str]:
    formatter = parser._get_formatter()
    if isinstance(action, argparse._SubParsersAction):
        for choice in action._choices_actions:
            yield from (".TP", f"\\fB{_escaped(choice.dest)}\\fR", _escaped(choice.help or ""))
        return
    words = formatter._format_action_invocation(action)
    help_text = formatter._expand_help(action) if action.help else ""
    yield from (".TP", f"\\fB{_escaped(words)}\\fR", _escaped(help_text))


def _escaped(text: str) -> str:
    """As roff takes it: a backslash, hyphens of options, and lines that begin like requests."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in lines)


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], sys.argv[3])

"""Pages that are made from the code while the site is built: command line, errors, specification."""

from __future__ import annotations

import argparse
import importlib
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from companion.cli import COMMANDS, ENVIRONMENT, command_parser
from companion.errors import CompanionError

ROOT = Path(__file__).parents[2]
FAMILIES = {
    "C": "Setup codes",
    "R": "Radio",
    "A": "Authentication",
    "D": "Device",
    "N": "Network",
    "S": "Storage and key store",
    "U": "Outcome unknown",
    "X": "Cancelled",
}
COPIES = {
    "reference/rp1.md": "companion/protocols/rp1/SPEC.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to the ones that stand in the folder."""
    pages = {
        "reference/cli.md": command_line(),
        "reference/errors.md": errors(),
        "explanation/terms.md": terms(),
        **{page: without_links((ROOT / source).read_text("utf-8")) for page, source in COPIES.items()},
    }
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    for picture in sorted((ROOT / "assets/screenshots").glob("*-light.png")):
        files.append(File.generated(config, f"screenshots/{picture.name}", abs_src_path=str(picture)))
    return files


def command_line() -> str:
    """Every command with its help, as the terminal shows it."""
    parts = ["# Command line\n", "`companion COMMAND --help` prints the same.\n"]
    for name in COMMANDS:
        parts.append(f"## companion {name}\n")
        parts.append(f"```text\n{help_of(name).split('environment:')[0].rstrip()}\n```\n")
    parts.append(f"## For every command\n\n```text\n{ENVIRONMENT.rstrip()}\n```\n")
    return "\n".join(parts)


def help_of(name: str) -> str:
    """The help of one command, with its own options."""
    for action in command_parser(name)._actions:
        if isinstance(action, argparse._SubParsersAction):
            return str(action.choices[name].format_help())
    raise ValueError(f"there is no command {name}")


def errors() -> str:
    """The whole tree: code, title, advice, exit status."""
    importlib.import_module("companion.errors")
    parts = [
        "# Errors\n",
        "Codes stay what they are for ever. The first letter is the family; the number of the",
    ]
    parts.append("family's first error (`R-100`) stands for any of it.\n")
    leaves = sorted(set(tree(CompanionError)), key=lambda error: error.code)
    for letter, title in FAMILIES.items():
        parts.append(f"## {letter}: {title}\n")
        parts.append(
            "| code | what failed | what to do | exit status | worth a retry |\n|---|---|---|---|---|"
        )
        for error in leaves:
            if error.code.startswith(letter):
                again = "yes" if error.retryable else "no"
                cells = (
                    error.code,
                    filled_in(error.title),
                    filled_in(error.advice),
                    str(error.exit_status),
                    again,
                )
                parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts)


def filled_in(template: str) -> str:
    """A template with its places in italics: in braces Markdown would take some for attributes."""
    return re.sub(r"\{(\w+)\}", r"*\1*", template)


def tree(root: type[CompanionError]) -> Iterator[type[CompanionError]]:
    """The product's error classes below and with `root`."""
    yield root
    for leaf in root.__subclasses__():
        if leaf.__module__.startswith("companion."):
            yield from tree(leaf)


def terms() -> str:
    """The table of terms, which CONTRIBUTING.md keeps."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = re.search(r"^## Terms\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if table is None:
        raise ValueError("CONTRIBUTING.md has no terms")
    return "# Terms\n" + textwrap.dedent(table[1])


def without_links(text: str) -> str:
    """Links into the source tree become plain words: the site has no such files."""
    return re.sub(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)", r"\1", text)

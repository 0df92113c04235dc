"""`companion completion`: what makes a shell complete Companion's commands, options and their values."""

from __future__ import annotations

import argparse
import os
from typing import NoReturn

from companion.commands.terminal import streams

PROGRAM = "companion"
SHELLS = ("bash", "zsh", "fish")
HOW_TO = """\
to complete in every new shell:
  bash  companion completion bash > ~/.local/share/bash-completion/completions/companion
  zsh   companion completion zsh > ~/.zfunc/_companion       (with fpath+=~/.zfunc before compinit)
  fish  companion completion fish > ~/.config/fish/completions/companion.fish"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `companion completion`."""
    parser.epilog = HOW_TO
    parser.add_argument("shell", choices=SHELLS)


def run(options: argparse.Namespace) -> int:
    """Print the script of a shell. Returns the exit status."""
    from argcomplete.shell_integration import shellcode

    streams.print_piece(shellcode([PROGRAM], shell=options.shell) + "\n")
    return 0


def complete() -> NoReturn:
    """Answer the shell on descriptor 8 what a line may go on with, and end the process.

    The shell says by the variable _ARGCOMPLETE that it asks, and has the line in COMP_LINE.
    """
    import argcomplete

    from companion.cli import COMMANDS, command_parser

    words = os.environ.get("COMP_LINE", "").split()
    chosen = next((word for word in words[1:] if word in COMMANDS), None)
    argcomplete.autocomplete(command_parser(chosen), always_complete_options=False)
    raise SystemExit(1)  # only where the variable came from no shell

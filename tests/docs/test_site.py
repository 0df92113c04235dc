"""The documentation builds without a warning, and the program takes each command that it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from companion.cli import COMMANDS, command_parser

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "assets/docs/pages").rglob("*.md"), ROOT / "README.md"])
COMMAND = re.compile(r"^\s*(?:\.venv/bin/)?companion +([^#>\n]*?)(?: +#.*| *&| +> .*)?$", re.MULTILINE)
INLINE = re.compile(r"`companion ([^`\n]+)`")


def commands(page: Path) -> list[str]:
    """The command lines on a page, in blocks and in sentences."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^\s*```(?:sh)?\n(.*?)^\s*```", text, re.MULTILINE | re.DOTALL))
    return [line for line in (*COMMAND.findall(blocks), *INLINE.findall(text)) if "COMMAND" not in line]


CASES = [(page, line) for page in SOURCES for line in commands(page)]


def test_the_pages_show_commands() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize(("page", "line"), CASES, ids=[line for _, line in CASES])
def test_a_command_on_a_page_is_one_that_exists(
    page: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(line)
    assert words[0] in COMMANDS, f"{page.name}: there is no `companion {words[0]}`"
    if words[1:] == []:
        return
    try:
        command_parser(words[0]).parse_args(words)
    except SystemExit as stop:
        said = capsys.readouterr().err
        # A sentence may name a command without all that it needs, never one that does not exist.
        assert stop.code == 0 or "required" in said, f"{page.name}: {line}\n{said}"


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    mkdocs = Path(sys.executable).with_name("mkdocs")
    if not mkdocs.exists():
        pytest.skip("the extra `docs` is not installed")
    built = subprocess.run(
        [mkdocs, "-q", "build", "--strict", "-f", "assets/docs/mkdocs.yml", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    errors = (tmp_path / "reference" / "errors" / "index.html").read_text(encoding="utf-8")
    assert "R-103" in errors and "U-100" in errors
    assert "Can't open the serial port <em>port</em>" in errors
    line = (tmp_path / "reference" / "cli" / "index.html").read_text(encoding="utf-8")
    assert "--same-serial" in line
    assert [line.count(f"usage: companion {name} ") for name in COMMANDS] == [1] * len(COMMANDS)
    assert "owner_record" in (tmp_path / "reference" / "rp1" / "index.html").read_text(encoding="utf-8")
    # A formatter that knows Python and not MkDocs once took the example's line apart.
    tutorial = (tmp_path / "tutorials" / "python" / "index.html").read_text(encoding="utf-8")
    assert "Sensor " in tutorial, "the example is not on its page"

"""The table of claims as text: `python -m tests.claims` renews TABLE.md, which is read before it is kept."""

from __future__ import annotations

from pathlib import Path

from companion import claims
from companion.model import Possession
from tests.claims.cases import DEVICE, SESSIONS, Case, cases

FILE = Path(__file__).with_name("TABLE.md")
HEAD = """# What may be claimed

Generated from the code by `python -m tests.claims`; a test compares both. For each case, window, terminal,
JSON and report say what is written here for it, and nothing from other cases. Before there is a session,
everything else is an expectation of the protocol's driver, and worded as one.
"""


def made() -> str:
    """The whole table in Markdown."""
    everything = cases()
    parts = [HEAD]
    parts += [_of(name, [case for case in everything if case.name == name]) for name in SESSIONS]
    return "\n".join(parts)


def _of(name: str, endings: list[Case]) -> str:
    known = endings[0].known
    lines = [f"## {name}", ""]
    lines += [f"- who: **{said.claim}.** {said.sentence}" for said in claims.identity(known)]
    lines += [f"- how: **{said.claim}.** {said.sentence}" for said in claims.channel(known)]
    lines += [
        f"- overall: {claims.STRENGTHS[claims.strength(known)]}",
        f"- step “Secure”: {claims.session(known)}",
        f"- asking for a passphrase: {claims.reach(known)}",
        "",
        "| the run ended | what the device has | what it is |",
        "|---|---|---|",
    ]
    lines += [f"| {case.how} | {claims.delivery(case.known)} | {what_it_is(case)} |" for case in endings]
    return "\n".join([*lines, ""])


def what_it_is(case: Case) -> str:
    """The headline of the done page, "" where there is none."""
    if case.commissioned is None:
        return ""
    words = claims.possession(case.known, Possession.COMMISSIONED)
    return words.template.format(name=DEVICE.name)

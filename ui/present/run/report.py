"""The report that a user can send: what ran and where it ended, and nothing that points at anyone.

Only listed facts are in it: no names, addresses, serials, networks or secrets.
"""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

import companion
from companion import claims
from companion.claims import RunFacts
from companion.errors import CompanionError
from companion.outcome import Outcome
from companion.registry.privacy.safe_forms import detail, empty
from ui.flow.core import Flow


def report(flow: Flow) -> str:
    """The report in Markdown, in English whatever the user's language."""
    lines = [
        "# Companion report",
        "",
        f"- Companion {companion.__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"- System: {platform.system()} {platform.release()} {platform.machine()}",
        f"- Radio: {flow.radio.spec.split(':')[0] if flow.radio else 'not opened'}",
        f"- Code: {flow.code.ecosystem if flow.code else 'none'}",
    ]
    if flow.error is not None:
        lines += ["", f"## {flow.error.code} {empty(flow.error.title)}", ""]
        lines += [f"- Detail: {_detail(flow.error)}", f"- Retryable: {flow.error.retryable}"]
    if flow.outcome is not None:
        lines += _of_outcome(flow.outcome)
    lines += [f"- Also: {surprise.code} {_detail(surprise)}" for surprise in flow.surprises]
    return "\n".join(lines) + "\n"


def _detail(error: CompanionError) -> str:
    """An unforeseen error's type; other details may name a file or a network."""
    return detail(error.code, error.detail) or "none"


def _claims(known: RunFacts) -> list[str]:
    """What was measured, in the sentences that the pages have."""
    who = ", ".join(said.claim.template for said in claims.identity(known))
    how = ", ".join(said.claim.template for said in claims.channel(known))
    return [
        f"- Protection: {claims.STRENGTHS[claims.strength(known)].template}. {who}. {how}.",
        f"- Handed over: {claims.delivery(known).template}",
        f"- Passed over: {len(known.passed_over)}",
    ]


def _of_outcome(outcome: Outcome) -> list[str]:
    link = outcome.link
    lines = [
        f"- Run {outcome.run}: {outcome.result.value}, protocol {outcome.protocol}",
        f"- Failed step: {outcome.failed_step.value if outcome.failed_step else 'none'}",
        f"- Link: MTU {link.mtu}, {link.operations} operations, {link.bytes_out} B out, {link.bytes_in} B in",
        "",
        "| step | seconds |",
        "|---|---|",
    ]
    lines += [f"| {time.step.value} | {time.seconds:.2f} |" for time in outcome.steps]
    lines += ["", *_claims(outcome.facts)]
    lines += [
        f"- {'expected' if finding.expected else finding.severity.value}: {finding.claim.template}"
        for finding in outcome.findings
    ]
    return lines

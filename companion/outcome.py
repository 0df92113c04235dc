"""How a run ended: the record that the terminal prints, the window shows and the registry keeps."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from companion import claims
from companion.administration import Administered
from companion.claims import RunFacts
from companion.errors import CompanionError
from companion.link_counts import LinkCounts
from companion.model import Check, Commissioned, DeviceSettings, Finding, Severity, Step
from companion.trust.grants.record import GrantRecord


class Result(StrEnum):
    """How a run ended, in one word."""

    COMMISSIONED = "commissioned"
    DONE = "done"
    """An ownership operation succeeded."""
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


@dataclass(frozen=True)
class StepTime:
    step: Step
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """Everything that is known at the end of a run; `run` and `record` are ids in the registry.

    operation: the ownership operation that the run was for ("reset"), None for commissioning
    administered: what an administration run learned
    settings: what its owner calls the device, and its room; without its network. None: nobody said
    grant: the held one under which it was done for another owner; None: for ourselves
    site: where a new device was said to stand, "" for nowhere
    facts: all that may be claimed about the device and what it has
    """

    result: Result
    run: str
    protocol: str | None
    steps: tuple[StepTime, ...]
    link: LinkCounts
    findings: tuple[Finding, ...] = ()
    commissioned: Commissioned | None = None
    record: str | None = None
    error: CompanionError | None = None
    failed_step: Step | None = None
    operation: str | None = None
    facts: RunFacts = field(default_factory=RunFacts)
    settings: DeviceSettings | None = None
    grant: GrantRecord | None = None
    site: str = ""
    administered: Administered | None = None

    @classmethod
    def refused(cls, error: CompanionError) -> Outcome:
        """The outcome of a run that could not start."""
        return cls(Result.FAILED, run="", protocol=None, steps=(), link=LinkCounts(), error=error)

    @property
    def exit_status(self) -> int:
        """The command line's exit status: 0 done, else by the error's family."""
        return 0 if self.error is None else self.error.exit_status

    def as_json(self) -> dict[str, Any]:
        """The document that `commission --json` prints."""
        done = self.commissioned
        document: dict[str, Any] = {
            "outcome": self.result.value,
            "run": self.run,
            "protocol": self.protocol,
            "method": done.method if done else None,
            "device": _device(done) if done else None,
            "steps": [{"name": s.step.value, "seconds": round(s.seconds, 3)} for s in self.steps],
            "link": {
                name: getattr(self.link, name)
                for name in (
                    "mtu",
                    "writes",
                    "write_commands",
                    "notifications",
                    "reads",
                    "bytes_out",
                    "bytes_in",
                )
            },
            "handshake": (
                {"messages": done.handshake.messages, "bytes": done.handshake.bytes}
                if done and done.handshake
                else None
            ),
            "credentials": [{"kind": c.kind, **c.details} for c in done.credentials] if done else [],
            "security": [
                {
                    "finding": str(f.claim),
                    "sentence": str(f.sentence),
                    "severity": "warning" if f.severity is Severity.WARNING else "info",
                    "expected": f.expected,
                }
                for f in self.findings
            ],
            "claims": claims.as_json(self.facts),
            "record": self.record,
            "receipt": (base64.b64encode(done.receipt.signed).decode() if done and done.receipt else None),
            "error": self.error.as_json(self.failed_step) if self.error else None,
        }
        if self.operation is not None:
            document["act"] = self.operation
            document["state"] = done.possession.value if done else None
        if self.administered is not None:
            document.update(self.administered.as_json())
        if self.grant is not None:
            document["grant"] = {"id": self.grant.id, "owner": self.grant.owner_name}
        if done and done.checks:
            document["checks"] = [check_json(check) for check in done.checks]
        if done and done.proof:
            document["proof"] = {
                "endpoint": done.proof.endpoint,
                "tls": done.proof.tls,
                "peer_serial": done.proof.peer_serial,
                "seconds": round(done.proof.seconds, 3),
            }
        if done and done.rest is not None:
            document["devices_left"] = done.rest.devices
        if done and done.redirect_url:
            document["redirect_url"] = done.redirect_url
        return document


def check_json(check: Check) -> dict[str, str]:
    """A check as scripts and people read it."""
    return {
        "check": check.name,
        "verdict": check.verdict.value,
        "claim": str(check.claim),
        "reason": str(check.reason),
    }


def _device(done: Commissioned) -> dict[str, str | None]:
    device = done.device
    return {
        "id": device.id,
        "name": device.name,
        "model": device.model,
        "serial": device.serial,
        "firmware": device.firmware,
    }

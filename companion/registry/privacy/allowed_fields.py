"""What is kept of each event: the fields named here, and nothing else.

A new event type that is not named is kept as its name alone; a value that is not plain text, number or
truth is hidden. So no `Secret` and no answer to a question can get in. The number that two people
compare is left out too: it belongs to the two screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from companion import events, questions
from companion.claims.run_facts import Evidence, SessionFacts
from companion.link_counts import LinkCounts
from companion.model import (
    Check,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    Proof,
    Text,
    Verdict,
)

Facts = dict[str, Any]
HIDDEN = "<hidden>"


def stored_facts(event: events.Event) -> tuple[str, Facts]:
    """The event's kind ("step_started") and its facts as JSON."""
    rule = _RULES.get(type(event))
    if rule is None:
        return type(event).__name__, {}
    kind, facts = rule
    return kind, facts(event)


def text_facts(text: Text) -> Facts:
    """A sentence as its template and facts, so that a reader can translate it."""
    return {"template": text.template, "facts": plain(text.facts)}


def text_of(fact: Any) -> Text | None:
    """The sentence that `text_facts` made a fact of, for readers; None for any other fact."""
    return kept_text(fact) if isinstance(fact, Mapping) and "template" in fact else None


def kept_text(facts: Mapping[str, Any]) -> Text:
    """The sentence that `text_facts` made these facts of."""
    return Text(facts["template"], facts["facts"])


def plain(mapping: Mapping[str, Any]) -> Facts:
    """The mapping with every value that is not text, number or truth hidden."""
    return {str(key): _plain(value) for key, value in mapping.items()}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else HIDDEN


def _finding(finding: Finding) -> Facts:
    return {
        "claim": text_facts(finding.claim),
        "sentence": text_facts(finding.sentence),
        "severity": finding.severity.value,
        "expected": finding.expected,
    }


def check_facts(check: Check) -> Facts:
    """A check as JSON, its sentences so that a reader can translate them."""
    return {
        "check": check.name,
        "verdict": check.verdict.value,
        "claim": text_facts(check.claim),
        "reason": text_facts(check.reason),
    }


def check_of(facts: Mapping[str, Any]) -> Check:
    """The check that `check_facts` made facts of."""
    return Check(
        facts["check"],
        Text(**facts["claim"]),
        Text(**facts["reason"]),
        Verdict(facts["verdict"]),
    )


def _checks(event: events.AttestationChecked | questions.ReviewAttestation) -> Facts:
    return {"checks": [check_facts(check) for check in event.checks]}


def _found(device: FoundDevice) -> Facts:
    return {
        "protocol": device.protocol,
        "name": device.name,
        "address": device.address,
        "rssi": device.rssi,
        "ownership": device.ownership.value,
        "discriminator": device.discriminator,
    }


def _identified(event: events.Identified) -> Facts:
    return {**_device(event.device), **({} if event.sequence is None else {"sequence": event.sequence})}


def _device(device: DeviceIdentity) -> Facts:
    return {
        "id": device.id,
        "name": device.name,
        "model": device.model,
        "serial": device.serial,
        "firmware": device.firmware,
    }


def _session(session: SessionFacts | None) -> Facts | None:
    """What a session was measured to be; the evidence as text, in its own order."""
    if session is None:
        return None
    return {
        "channel": session.channel.value,
        "evidence": [each.value for each in Evidence if each in session.evidence],
        "hybrid": session.hybrid,
        "owned": session.owned,
    }


def _handshake(handshake: Handshake | None) -> Facts | None:
    return None if handshake is None else {"messages": handshake.messages, "bytes": handshake.bytes}


def _counts(counts: LinkCounts) -> Facts:
    return {
        "mtu": counts.mtu,
        "reads": counts.reads,
        "writes": counts.writes,
        "write_commands": counts.write_commands,
        "notifications": counts.notifications,
        "bytes_out": counts.bytes_out,
        "bytes_in": counts.bytes_in,
    }


def _credential(credential: Credential) -> Facts:
    return {"credential": credential.kind, "details": plain(credential.details)}


def _proof(proof: Proof) -> Facts:
    return {
        "endpoint": proof.endpoint,
        "tls": proof.tls,
        "peer_serial": proof.peer_serial,
        "seconds": proof.seconds,
    }


def _revocation(event: events.CertificateRevoked) -> Facts:
    return {
        "fingerprint": event.fingerprint,
        "serial_number": event.serial_number,
        "reason": event.reason.value,
    }


def _issue(event: events.CertificateIssued) -> Facts:
    return {
        "fingerprint": event.fingerprint,
        "serial_number": event.serial_number,
        "not_after": event.not_after.isoformat(),
    }


def _token(event: events.TokenOffered) -> Facts:
    token = event.token
    return {
        "token": token.id,
        "expires": token.expires.isoformat(),
        "bearer": token.bearer,
        "wipe": token.wipe,
    }


def _status(event: events.StatusReported) -> Facts:
    status, network = event.status, event.status.network
    return {
        "firmware": status.firmware,
        "uptime": status.uptime,
        "starts": status.starts,
        "medium": network.medium.value if network else None,
        "rssi": network.rssi if network else None,
        "role": network.role if network else None,
        "faults": [text_facts(each) for each in status.faults],
        "is_on": status.is_on,
        "is_shared": status.is_shared,
    }


def _controllers(event: events.ControllersReported) -> Facts:
    return {"used": len(event.controllers.entries), "places": event.controllers.places}


def _controller(event: events.ControllerJoined | events.ControllerRemoved) -> Facts:
    return {"vendor": event.controller.vendor, "name": event.controller.name}


def _secret(question: questions.EnterSecret) -> Facts:
    return {
        "needs_username": question.needs_username,
        "problem": text_facts(question.problem) if question.problem else None,
        "prompt": text_facts(question.prompt) if question.prompt else None,
    }


def _network(question: questions.ChooseNetwork) -> Facts:
    return {
        "networks": len(question.networks),
        "needs_wifi": question.needs_wifi,
        "needs_thread": question.needs_thread,
        "problem": text_facts(question.problem) if question.problem else None,
    }


def _ending(event: events.RunFinished) -> Facts:
    outcome = event.outcome
    return {
        "result": outcome.result.value,
        "error": outcome.error.code if outcome.error else None,
        "failed_step": outcome.failed_step.value if outcome.failed_step else None,
        "record": outcome.record,
    }


_Rule = tuple[str, Callable[[Any], Facts]]
_RULES: Mapping[type[events.Event], _Rule] = {
    events.RunStarted: ("run_started", lambda e: {"ecosystem": e.code.ecosystem if e.code else None}),
    events.StepStarted: ("step_started", lambda e: {"step": e.step.value}),
    events.StepFinished: (
        "step_finished",
        lambda e: {"step": e.step.value, "seconds": e.seconds, "summary": text_facts(e.summary)},
    ),
    events.Progress: ("progress", lambda e: {"step": e.step.value, "text": text_facts(e.text)}),
    events.Found: ("found", lambda e: _found(e.device)),
    events.Connected: ("connected", lambda e: {"mtu": e.mtu, "again": e.again}),
    events.LinkLost: ("link_lost", lambda e: {"attempt": e.attempt}),
    events.Secured: (
        "secured",
        lambda e: {
            "method": e.method,
            "handshake": _handshake(e.handshake),
            "session": _session(e.session),
        },
    ),
    events.Identified: ("identified", _identified),
    events.SecurityFound: ("security_found", lambda e: _finding(e.finding)),
    events.AttestationChecked: ("attestation_checked", _checks),
    events.InLab: (
        "in_lab",
        lambda e: {"scenario": e.scenario, "number": e.number, "seed": e.seed, "faults": list(e.faults)},
    ),
    events.Captured: ("captured", lambda e: {"file": e.file}),
    events.ActionNeeded: ("action_needed", lambda e: {"text": text_facts(e.text)}),
    events.ShowPasskey: ("passkey_shown", lambda e: {}),
    events.Sending: ("sending", lambda e: {"kind": e.kind}),
    events.Withdrawn: ("withdrawn", lambda e: {}),
    events.Dismissed: ("dismissed", lambda e: {}),
    events.CredentialDelivered: ("handed_over", lambda e: _credential(e.credential)),
    events.Proven: ("proven", lambda e: _proof(e.proof)),
    events.CertificateIssued: ("certificate_issued", _issue),
    events.ListHeard: ("list_heard", lambda e: {"counter": e.counter}),
    events.TokenOffered: ("token_offered", _token),
    events.TokenCancelled: ("token_cancelled", lambda e: {"token": e.token}),
    events.TokenEnded: ("token_ended", lambda e: {"token": e.token, "end": e.end.value}),
    events.CertificateRevoked: ("certificate_revoked", _revocation),
    events.StatusReported: ("status_reported", _status),
    events.ControllersReported: ("controllers_reported", _controllers),
    events.SharingOpened: ("sharing_opened", lambda e: {"until": e.sharing.until.isoformat()}),
    events.ControllerJoined: ("controller_joined", _controller),
    events.ControllerRemoved: ("controller_removed", _controller),
    events.SharingEnded: ("sharing_ended", lambda e: {"end": e.end.value}),
    events.Switched: ("switched", lambda e: {"on": e.on}),
    events.Counted: (
        "counted",
        lambda e: {**_counts(e.counts), "links": [link.as_json() for link in e.links]},
    ),
    events.RunFinished: ("run_finished", _ending),
    questions.ConfirmDevice: ("asked_device", lambda e: _found(e.device)),
    questions.ChooseDevice: ("asked_which_device", lambda e: {"devices": len(e.devices)}),
    questions.CompareNumbers: ("asked_numbers", lambda e: {"seconds": e.seconds}),
    questions.AcceptRisk: ("asked_risk", lambda e: _finding(e.finding)),
    questions.ReviewAttestation: ("asked_attestation", _checks),
    questions.TryAgain: (
        "asked_try_again",
        lambda e: {"problem": text_facts(e.problem), "advice": text_facts(e.advice)},
    ),
    questions.SerialKnown: ("asked_serial", lambda e: {"known": len(e.known)}),
    questions.EnterSecret: ("asked_secret", _secret),
    questions.ChooseNetwork: ("asked_network", _network),
}

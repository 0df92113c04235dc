"""The success page: what the device has now, and how well that was protected."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import RunFacts, Strength
from companion.model import (
    Check,
    Commissioned,
    Credential,
    SetupCode,
    Verdict,
)
from companion.outcome import Outcome
from ui.flow.core import Flow
from ui.flow.owned_device import Owned
from ui.pages.run.success import Fact, SuccessView, Validity
from ui.present import times
from ui.present.attestation import counts
from ui.present.devices import device_art, device_name
from ui.present.texts import translated, translated_with
from ui.present.units import grouped_hex, seconds
from ui.widgets import Level

STRENGTHS = {
    Strength.UNKNOWN: Level.PLAIN,
    Strength.NONE: Level.REMARK,
    Strength.WEAK: Level.REMARK,
    Strength.FAIR: Level.PLAIN,
    Strength.STRONG: Level.GOOD,
}


def success(outcome: Outcome, flow: Flow, *, can_open: bool) -> SuccessView:
    """All that the page shows."""
    commissioned = outcome.commissioned
    assert commissioned is not None
    name = device_name(flow)
    place = " · ".join(
        part
        for part in (flow.settings.room if flow.settings else "", commissioned.device.model or "")
        if part
    )
    numbers = [(seconds(sum((time.seconds for time in outcome.steps), 0.0)), _("in total"))]
    if commissioned.handshake is not None:
        numbers.append((_("{count} B").format(count=commissioned.handshake.bytes), _("handshake")))
    numbers.append((str(flow.losses), _("retries")))
    return SuccessView(
        title=translated_with(claims.possession(outcome.facts, commissioned.possession), name=name),
        lead=_lead(outcome),
        name=name,
        place=place,
        art=device_art(flow),
        numbers=tuple(numbers),
        facts=(*_facts(commissioned), *_attestation(commissioned.checks), _protection(outcome.facts)),
        can_open=can_open,
        goes_on=_goes_on(commissioned.rest),
    )


def _goes_on(rest: SetupCode | None) -> str:
    return "" if rest is None else _("Set up the next device ({count} left)").format(count=rest.devices)


def examined(outcome: Outcome, flow: Flow) -> Owned:
    """The device, for the page of what was examined about who vouches for it."""
    done = outcome.commissioned
    assert done is not None
    room = flow.settings.room if flow.settings else ""
    kind, protocol = device_art(flow), flow.found.protocol if flow.found else ""
    return Owned(outcome.record or "", device_name(flow), room, kind, protocol, checks=done.checks)


def _attestation(checks: tuple[Check, ...]) -> list[Fact]:
    """Who vouches for it, counted; what did not simply pass can be looked at."""
    if not checks:
        return []
    verdicts = {check.verdict for check in checks}
    level = (
        Level.GOOD
        if verdicts == {Verdict.PASSED}
        else Level.REMARK
        if Verdict.FAILED in verdicts
        else Level.PLAIN
    )
    return [
        Fact(
            "shield-check" if level is Level.GOOD else "info" if level is Level.PLAIN else "warning",
            _("Who vouches for it"),
            _("Checks: {counts}.").format(counts=counts(checks)),
            level,
            opens="" if level is Level.GOOD else _("Show checks"),
        )
    ]


def _lead(outcome: Outcome) -> str:
    """What is known of its end, and where that is written."""
    kept = [_("It is in your registry.")] if outcome.record else []
    return " ".join([translated(claims.delivery(outcome.facts)), *kept])


def _protection(known: RunFacts) -> Fact:
    """By what the device was known in this run, and how what it got was protected on its way."""
    who, how = claims.identity(known)[0], claims.channel(known)[0]
    level = STRENGTHS[claims.strength(known)]
    icon = "lock" if level is Level.GOOD else "info" if level is Level.PLAIN else "warning"
    chosen = claims.choice(known)
    sentences = (who.sentence, how.sentence, *(() if chosen is None else (chosen,)))
    return Fact(icon, translated(who.claim), " ".join(map(translated, sentences)), level)


def _facts(commissioned: Commissioned) -> list[Fact]:
    certificate = next((each for each in commissioned.credentials if each.details.get("not_after")), None)
    facts = [] if certificate is None else [_validity(certificate)]
    given = ", ".join(_given(each) for each in commissioned.credentials)
    if given:
        facts.append(Fact("transfer", _("Handed over"), f"{_upper(given)}."))
    if commissioned.receipt is not None:
        signed = commissioned.receipt.signed
        facts.append(
            Fact(
                "receipt",
                _("Receipt, signed by the device"),
                _("It records what the device accepted and from whom."),
                excerpt=grouped_hex(hashlib.sha256(signed).digest()),
                copies=base64.b64encode(signed).decode(),
            )
        )
    if commissioned.proof is not None:
        proof = commissioned.proof
        sentence = _("{tls} to {endpoint}, with the certificate it just got.")
        facts.append(
            Fact(
                "shield-check",
                _("Verified at its endpoint"),
                sentence.format(tls=proof.tls.replace("v", " "), endpoint=proof.endpoint),
                Level.GOOD,
                note=seconds(proof.seconds),
            )
        )
    return facts


def _validity(certificate: Credential) -> Fact:
    ends = datetime.fromisoformat(certificate.details["not_after"])
    days = max(0, (ends - datetime.now(ends.tzinfo)).days + 1)
    validity = Validity(
        begins=times.date(datetime.now(ends.tzinfo)),
        ends=times.date(ends),
        left=1.0 if days else 0.0,
        spoken=_("{days} days left").format(days=days),
    )
    claim = _("Certificate, valid for {days} days").format(days=days)
    return Fact("certificate", claim, _("Issued by your own CA for this device."), Level.GOOD, life=validity)


def _given(credential: Credential) -> str:
    names = {
        "ldevid": _("its certificate"),
        "anchors": _("your trust anchors"),
        "trust_anchors": _("your trust anchors"),
        "fabric": _fabric(credential),
        "thread": _("network {name}").format(name=credential.details.get("network", "")).strip(),
        "mesh": _("network {name}").format(name=credential.details.get("network", "")).strip(),
        "wifi": _("network {name}").format(name=credential.details.get("ssid", "")).strip(),
        "endpoint": _("its endpoint"),
        "owner": _("your owner key"),
        "time": _("the time"),
        "time_floor": _("the time"),
        "label": _("its name"),
    }
    return names.get(credential.kind, credential.kind)


def _fabric(credential: Credential) -> str:
    """A node's certificate, with who issued it: the fabric's root, or a delegate under it."""
    if credential.details.get("intermediate"):
        return _("its certificate, issued by a delegate's intermediate certificate under the fabric's root")
    return _("its certificate")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _(words: str) -> str:
    return QCoreApplication.translate("success", words)

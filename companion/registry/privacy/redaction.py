"""Reports that leave the house: what is listed here, in a form that tells nothing of a person or a home.

Nothing else leaves. A new event or a new field is left out until somebody gives it a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companion.registry.privacy.safe_forms import (
    Form,
    Placeholders,
    StandIns,
    called,
    error,
    error_code,
    every,
    fields,
    link,
    moment,
    number,
    product,
    radio,
    run_id,
    sentence,
    tls,
    word,
)

_DEVICE: Mapping[str, Form] = {
    # The id is a fingerprint of its key: with it anyone could recognise the device on the air for life.
    "id": called("device"),
    "name": called("name"),
    "model": product,
    "serial": called("serial"),
    "firmware": product,
}
_FOUND: Mapping[str, Form] = {
    "protocol": word,
    "name": called("name"),
    "address": called("address"),
    "rssi": number,
    "ownership": word,
}
_CREDENTIAL: Mapping[str, Form] = {
    "fabric": called("fabric"),
    "fingerprint": called("fingerprint"),
    "serial_number": called("certificate"),
    "not_before": moment,
    "not_after": moment,
    "ssid": called("network"),
    "address": called("address"),
}
_PROOF: Mapping[str, Form] = {
    "endpoint": called("endpoint"),
    "tls": tls,
    "peer_serial": called("serial"),
    "seconds": number,
}
_COUNTS: Mapping[str, Form] = dict.fromkeys(
    ("mtu", "reads", "writes", "write_commands", "notifications", "bytes_out", "bytes_in"), number
)
_HANDSHAKE = fields({"messages": number, "bytes": number})
_FINDING: Mapping[str, Form] = {"claim": sentence, "sentence": sentence, "severity": word, "expected": number}
_SESSION = fields({"channel": word, "evidence": every(word), "hybrid": number, "owned": number})
_CLAIMS = fields(
    {
        "strength": word,
        "identity": fields({"evidence": every(word)}),
        "channel": fields({"protection": word}),
        "handed_over": fields({"state": word}),
    }
)
# Without the sentences: serial numbers of certificates are in them.
_CHECK = fields({"check": word, "verdict": word})
_CHECKS: Mapping[str, Form] = {"checks": every(_CHECK)}
_TOKEN: Mapping[str, Form] = {"token": called("token")}

EVENTS: Mapping[str, Mapping[str, Form]] = {
    "run_started": {"ecosystem": word},
    "step_started": {"step": word},
    "step_finished": {"step": word, "seconds": number, "summary": sentence},
    "progress": {"step": word, "text": sentence},
    "found": _FOUND,
    "connected": {"mtu": number, "again": number},
    "link_lost": {"attempt": number},
    "secured": {"method": word, "handshake": _HANDSHAKE, "session": _SESSION},
    "identified": {**_DEVICE, "sequence": number},
    "security_found": _FINDING,
    "attestation_checked": _CHECKS,
    "in_lab": {"scenario": called("scenario"), "number": number, "seed": number, "faults": every(word)},
    "captured": {"file": called("file")},
    "action_needed": {"text": sentence},
    "passkey_shown": {},
    "sending": {"kind": word},
    "withdrawn": {},
    "dismissed": {},
    "handed_over": {"credential": word, "details": fields(_CREDENTIAL)},
    "proven": _PROOF,
    "certificate_issued": {
        "fingerprint": called("fingerprint"),
        "serial_number": called("certificate"),
        "not_after": moment,
    },
    "token_offered": {**_TOKEN, "expires": moment, "bearer": number, "wipe": number},
    "token_cancelled": _TOKEN,
    "token_ended": {**_TOKEN, "end": word},
    "list_heard": {"counter": number},
    "certificate_revoked": {
        "fingerprint": called("fingerprint"),
        "serial_number": called("certificate"),
        "reason": word,
    },
    "status_reported": {
        "firmware": product,
        "uptime": number,
        "starts": number,
        "medium": word,
        "rssi": number,
        "role": word,
        "faults": every(sentence),
        "is_on": number,
        "is_shared": number,
    },
    "controllers_reported": {"used": number, "places": number},
    "sharing_opened": {"until": moment},
    # Which apps somebody uses, and what they are called, is nobody else's concern.
    "controller_joined": {},
    "controller_removed": {},
    "sharing_ended": {"end": word},
    "switched": {"on": number},
    "counted": {**_COUNTS, "links": every(link)},
    "run_finished": {"result": word, "error": error_code, "failed_step": word, "record": called("device")},
    "asked_device": _FOUND,
    "asked_which_device": {"devices": number},
    "asked_numbers": {"seconds": number},
    "asked_risk": _FINDING,
    "asked_attestation": _CHECKS,
    "asked_try_again": {"problem": sentence, "advice": sentence},
    "asked_serial": {"known": number},
    "asked_secret": {"needs_username": number, "problem": sentence, "prompt": sentence},
    "asked_network": {"networks": number, "needs_wifi": number, "needs_thread": number, "problem": sentence},
}
"""What may leave of each kind of event (`allowed_fields` says what is kept of it)."""


def _event(value: Any, names: Placeholders) -> Any:
    kind = value.get("kind")
    forms = EVENTS.get(kind)
    told: dict[str, Any] = {
        "number": number(value.get("number"), names),
        "at": moment(value.get("at"), names),
        "kind": "other" if forms is None else kind,
        "facts": {} if forms is None else fields(forms)(value.get("facts"), names) or {},
    }
    return told


_OUTCOME = fields(
    {
        "outcome": word,
        "run": run_id,
        "protocol": word,
        "method": word,
        "device": fields(_DEVICE),
        "steps": every(fields({"name": word, "seconds": number})),
        "link": fields(_COUNTS),
        "handshake": _HANDSHAKE,
        "credentials": every(fields({"kind": word, **_CREDENTIAL})),
        # The sentences are in the events, as templates.
        "security": every(fields({"severity": word, "expected": number})),
        "claims": _CLAIMS,
        "checks": every(_CHECK),
        "record": called("device"),
        "error": error,
        "act": word,
        "state": word,
        "proof": fields(_PROOF),
    }
)
_RUN = fields(
    {
        "id": run_id,
        "started": moment,
        "ended": moment,
        "state": word,
        "ending": word,
        "ecosystem": word,
        "radio": radio,
        "protocol": word,
        "method": word,
        "device": called("device"),
        "subject": called("device"),
        "name": called("name"),
        "model": product,
        "firmware": product,
        "operation": word,
        "error": error_code,
        "step": word,
        "outcome": _OUTCOME,
        "steps": every(fields({"step": word, "started": moment, "seconds": number, "summary": sentence})),
        "events": every(_event),
    }
)


def redacted(run: dict[str, Any], shared: StandIns | None = None) -> dict[str, Any]:
    """What may leave of a run (`RunRecord.as_json`).

    Every value that points to somebody reads "<network 1>", "<serial 2>" and so on, the same throughout, and
    the same in all runs with `shared`.
    """
    names = Placeholders(shared)
    # Once to know all of them: a model's name may hold a value that is met only later.
    _RUN(run, names)
    clean: dict[str, Any] = _RUN(run, names)
    return clean

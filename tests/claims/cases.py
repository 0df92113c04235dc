"""The cases: sessions as drivers measure them, and ways in which a run may end, as drivers tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.claims import Channel, Evidence, RunFacts, SessionFacts
from companion.claims.tracker import follow
from companion.errors import CompanionError, LinkLostError, OutcomeUnknown, WrongPassphrase
from companion.events import CredentialDelivered, Event, Found, RunFinished, Secured, Sending, Withdrawn
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Commissioned,
    Credential,
    DeviceIdentity,
    FoundDevice,
    Proof,
    Step,
    Text,
)
from companion.outcome import Outcome, Result, StepTime

SEALED = Channel.SEALED


def _rp1(method: str, *evidence: Evidence, owned: bool = False) -> SessionFacts:
    return SessionFacts(method, SEALED, frozenset(evidence), hybrid=True, owned=owned)


def _espressif(security: int, channel: Channel, *evidence: Evidence) -> SessionFacts:
    return SessionFacts(f"security-{security}", channel, frozenset(evidence))


SESSIONS: Mapping[str, SessionFacts | None] = {
    "no session": None,
    "RP1 oob": _rp1("oob", Evidence.LABEL_KEY),
    "RP1 oob, by its light": _rp1("oob", Evidence.SHOWN_SECRET),
    "RP1 oob, by its sound": _rp1("oob", Evidence.HEARD_SECRET),
    "RP1 oob, by this screen": _rp1("oob", Evidence.SCREEN_SECRET),
    "RP1 oob+key": _rp1("oob+key", Evidence.LABEL_KEY, Evidence.MANUFACTURER),
    "RP1 nc": _rp1("nc", Evidence.COMPARISON),
    "RP1 nc+key": _rp1("nc+key", Evidence.COMPARISON, Evidence.MANUFACTURER),
    "RP1 psk": _rp1("psk", Evidence.SHARED_KEY),
    "RP1 psk+key": _rp1("psk+key", Evidence.SHARED_KEY, Evidence.MANUFACTURER),
    "RP1 key, with the label": _rp1("key", Evidence.LABEL_KEY),
    "RP1 key, known before": _rp1("key", Evidence.KNOWN_KEY),
    "RP1 owner": _rp1("owner", Evidence.KNOWN_KEY, owned=True),
    "RP1 owner, by a token": _rp1("owner", Evidence.TOKEN_KEY, owned=True),
    "RP1 resumed from an earlier run": _rp1("psk", Evidence.RESUMED),
    "RP1 resumed from an earlier run, by the label": _rp1("psk", Evidence.LABEL_KEY, Evidence.RESUMED),
    "ESP-IDF security 2, code": _espressif(2, SEALED, Evidence.CODE_SECRET),
    "ESP-IDF security 2, typed": _espressif(2, SEALED, Evidence.TYPED_SECRET),
    "ESP-IDF security 2 before patch 1": _espressif(2, Channel.NONCE_REUSED, Evidence.CODE_SECRET),
    "ESP-IDF security 1, code": _espressif(1, Channel.UNAUTHENTICATED, Evidence.CODE_SECRET),
    "ESP-IDF security 1, typed": _espressif(1, Channel.UNAUTHENTICATED, Evidence.TYPED_SECRET),
    "ESP-IDF security 1, no secret": _espressif(1, Channel.UNAUTHENTICATED),
    "ESP-IDF security 0": _espressif(0, Channel.CLEAR),
    "Mesh, a number that it shows": SessionFacts("output-oob", SEALED, frozenset({Evidence.TYPED_SECRET})),
    "Mesh, its public key was given": SessionFacts("no-oob", SEALED, frozenset({Evidence.GIVEN_KEY})),
    "Mesh, without proof": SessionFacts("no-oob", SEALED),
    "Improv over Bluetooth": SessionFacts("improv", Channel.CLEAR),
    "Improv over a serial port": SessionFacts("improv-serial", Channel.SERIAL),
}
"""None stands for a run that ended before there was a session."""

DEVICE = DeviceIdentity("d1", "Lamp")
FOUND = FoundDevice("any", Advertisement("C0:00:00:00:00:01", "Lamp", -48), "Lamp")
WIFI = Credential("wifi", {"ssid": "Hafen 12"})
OWNER = Credential("owner", {"key": "aa"})
PROOF = Proof("endpoint.example:8883", "TLSv1.3", "LS2-0048")
SILENT = Text("The device did not report whether it joined")


@dataclass(frozen=True)
class Ending:
    """How a run ends: what its driver tells after the session, and what it hands back."""

    told: tuple[Event, ...]
    result: Result
    confirmed: bool = True
    proof: Proof | None = None
    error: CompanionError | None = None
    only: str = ""
    """The protocol's beginning of a session's name, where no other ends so."""


SENT = Sending("wifi")
ENDINGS: Mapping[str, Ending] = {
    "cancelled or refused before anything was sent": Ending((), Result.FAILED),
    "cancelled, refused or lost after sending": Ending((SENT,), Result.FAILED),
    "failed after the device took it": Ending((SENT, CredentialDelivered(WIFI)), Result.FAILED),
    "the device said that it does not work": Ending(
        (SENT, CredentialDelivered(WIFI)), Result.FAILED, error=WrongPassphrase(ssid="Hafen 12")
    ),
    "the device dropped it": Ending(
        (SENT, CredentialDelivered(WIFI), Withdrawn()), Result.FAILED, only="RP1"
    ),
    "unconfirmed": Ending((SENT, CredentialDelivered(WIFI)), Result.UNCONFIRMED, confirmed=False),
    "unconfirmed, taken or not": Ending((SENT,), Result.UNCONFIRMED, confirmed=False),
    "success": Ending((SENT, CredentialDelivered(WIFI)), Result.COMMISSIONED),
    "success, seen at the endpoint": Ending(
        (SENT, CredentialDelivered(WIFI), CredentialDelivered(OWNER)),
        Result.COMMISSIONED,
        proof=PROOF,
        only="RP1",
    ),
}


@dataclass(frozen=True)
class Case:
    """A session and the ending of its run."""

    name: str
    session: SessionFacts | None
    how: str
    ending: Ending
    before: tuple[Event, ...] = ()

    @property
    def events(self) -> Sequence[Event]:
        """The run, up to its last event."""
        told: list[Event] = [*self.before, Found(FOUND)]
        if self.session is not None:
            told.append(Secured(self.session.method, None, self.session))
        return (*told, *self.ending.told)

    @property
    def commissioned(self) -> Commissioned | None:
        """What the driver hands back."""
        if self.ending.result is Result.FAILED:
            return None
        given = tuple(
            event.credential for event in self.ending.told if isinstance(event, CredentialDelivered)
        )
        return Commissioned(
            DEVICE,
            self.session.method if self.session is not None else "",
            given,
            proof=self.ending.proof,
            confirmed=self.ending.confirmed,
            unconfirmed_reason=None if self.ending.confirmed else SILENT,
        )

    @property
    def known(self) -> RunFacts:
        """What is known at the end."""
        known = RunFacts()
        for event in (*self.events, RunFinished(self._outcome(RunFacts()))):
            known = follow(known, event)
        return known

    def outcome(self) -> Outcome:
        return self._outcome(self.known)

    def _outcome(self, known: RunFacts) -> Outcome:
        errors = {Result.FAILED: LinkLostError(), Result.UNCONFIRMED: OutcomeUnknown(str(SILENT))}
        return Outcome(
            self.ending.result,
            "run-1",
            "any",
            (StepTime(Step.FIND, 0.5),),
            LinkCounts(),
            commissioned=self.commissioned,
            error=self.ending.error or errors.get(self.ending.result),
            record="record-1" if self.commissioned is not None else None,
            facts=known,
        )


def cases() -> list[Case]:
    """All of them. Without a session nothing is sent."""
    return [
        Case(name, session, how, ending)
        for name, session in SESSIONS.items()
        for how, ending in ENDINGS.items()
        if name.startswith(ending.only) and (session is not None or not ending.told)
    ]

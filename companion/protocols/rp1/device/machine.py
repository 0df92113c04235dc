"""The device end of RP1 as one sans-IO machine: GATT values, presses and time in, effects out.

    link:     down -> up -> down
    session:  none -> `Opening` (M1 to M4) -> a `DeviceSession` -> none

A host calls the inputs, does every effect that they return, in order, and calls `tick` at `next_tick`.
Whatever is durable is durable before the effect that speaks of it is returned.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import Abort, AbortMessage, LocalAbort, SessionAborted
from companion.protocols.rp1.device import session as sessions
from companion.protocols.rp1.device.admission.admission import Admission
from companion.protocols.rp1.device.admission.attempts import Attempts
from companion.protocols.rp1.device.admission.handshake import Opening
from companion.protocols.rp1.device.admission.oob_window import OobWindow
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.effects import (
    AdvertisingChanged,
    CancelVerify,
    ClearDisplay,
    Committed,
    Disconnect,
    Effect,
    Notify,
    Owned,
    Press,
    StartVerify,
    StateLost,
)
from companion.protocols.rp1.device.link import Link
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.session import (
    Answered,
    Confirmed,
    DeviceSession,
    Ended,
    LastReply,
    Output,
)
from companion.protocols.rp1.device.state import DeviceState
from companion.protocols.rp1.device.storage.flash import Flash
from companion.protocols.rp1.methods import Mode, Standing
from companion.protocols.rp1.wire import info, messages
from companion.protocols.rp1.wire.record import RecordLayer
from companion.secret import Secret

log = logging.getLogger(__name__)

LINK_IDLE_SECONDS = 60.0
ADVERTISING_SECONDS = 900.0
SALT_SECONDS = 900.0
_ENDS_RESUMPTION = (Abort.NOT_AUTHENTIC, Abort.NUMBERS_DIFFER, Abort.CANCELLED)
_ABORT, _M1 = 0, 1


class DeviceMachine:
    """One powered-on device. Making it is booting it.

    uptime: seconds of a clock that only rises and that this boot alone uses
    wall:   Unix seconds of a real clock, None on a device that has none
    """

    def __init__(
        self,
        product: Product,
        flash: Flash,
        uptime: Callable[[], float],
        wall: Callable[[], float] | None = None,
    ) -> None:
        self.product = product
        self._uptime = uptime
        self._state = DeviceState(product, flash, uptime, wall)
        self._attempts = Attempts(self._state.anti_rollback, uptime)
        self._window = OobWindow(uptime)
        self._admission = Admission(product, self._state, self._attempts, self._window)
        self._link: Link | None = None
        self._opening: Opening | None = None
        self._session: DeviceSession | None = None
        self._away: DeviceSession | None = None
        self._last = LastReply()
        self._salt = secrets.token_bytes(2)
        self._salt_since = self._window_since = uptime()
        self._advertised = self.service_data, self.is_advertising

    # --- what it shows ------------------------------------------------------------------------------

    @property
    def info(self) -> info.Info:
        """INFO at this moment."""
        product, state = self.product, self._state
        return info.Info(
            suites=product.suites,
            methods=product.offered_methods,
            max_msg=product.max_msg,
            state=state.state(in_session=self._session is not None or self._opening is not None),
            disc=info.HIDDEN_DISC if state.is_hidden else product.disc,
            caps=product.caps,
            nc_locked=self._attempts.is_locked,
        )

    @property
    def service_data(self) -> bytes:
        """The service data of the advertisement (9 octets)."""
        return info.encode_beacon(self.info, self.product.fp, self._salt)

    @property
    def is_away(self) -> bool:
        """True while BLE is down for a trial, on a device that can't do both."""
        return self._away is not None

    @property
    def is_advertising(self) -> bool:
        """True while it is to be found: always once owned, else for 15 minutes after power-on or a press."""
        if self._away is not None:
            return False
        owned = self._state.standing is not Standing.UNOWNED
        return owned or self._uptime() - self._window_since < ADVERTISING_SECONDS

    @property
    def settings(self) -> Trial:
        """What the device works with: the active slot."""
        return self._state.transactions.settings()

    @property
    def uptime(self) -> float:
        """Seconds of its clock."""
        return self._uptime()

    @property
    def standing(self) -> Standing:
        """Whose the device is."""
        return self._state.standing

    # --- inputs: the link ---------------------------------------------------------------------------

    def connected(self) -> list[Effect]:
        """A central connected."""
        self._link = Link(self.product.max_msg, self._uptime())
        return []

    def mtu_changed(self, mtu: int) -> None:
        """The ATT MTU of the link is `mtu` octets now."""
        if self._link is not None:
            self._link.mtu = mtu

    def disconnected(self) -> list[Effect]:
        """The link is gone: the session ends at once."""
        self._link = None
        return self._changes(self._end_session())

    def read_info(self) -> bytes:
        """INFO is read."""
        value = info.encode(self.info)
        if self._link is not None:
            self._link.served = value
        return value

    def received(self, value: bytes) -> list[Effect]:
        """RX is written."""
        if self._link is None:
            return []
        try:
            message = self._link.feed(value)
            return self._changes(self._dispatch(message) if message is not None else [])
        except SessionAborted as abort:
            self._link.forget_fragments()
            return self._changes(self._aborted(abort))

    # --- inputs: people, the host, time -------------------------------------------------------------

    def button(self, press: Press) -> list[Effect]:
        """The button was pressed. While a number is shown, anything but a short press says "differ"."""
        self._window_since = self._uptime()
        session = self._session
        comparing = session is not None and session.phase is sessions.SessionPhase.COMPARING
        if press is Press.RESET:
            return self._changes(self._reset())
        if comparing:
            assert session is not None
            return self._within(session.press if press is Press.SHORT else session.refuse)
        if press is Press.LONG:
            self._attempts.press_long()
        else:
            self._attempts.press()
        return self._changes([])

    def open_window(self) -> Secret:
        """Show a fresh OOB secret (16 octets): for five minutes no other one counts (section 5)."""
        return self._window.open()

    def read_screen(self, secret: Secret) -> None:
        """A commissioner's screen showed this secret (16 octets), and the device's button was pressed before:
        on the terms of `open_window`.
        """
        self._window.open(secret)

    @property
    def window(self) -> Secret | None:
        """The OOB secret that is to be shown, None when that is over."""
        return self._window.secret

    def progress(self, phase: int) -> None:
        """The trial reached this phase (1 join, 2 dhcp, 3 dns, 4 tls, 5 cloud)."""
        if self._session is not None:
            self._session.progress(phase)

    def verified(self, failure: int | None, cause: int | None = None) -> list[Effect]:
        """The trial is over. failure: a `VerifyFailure`, None: it works; cause: a `WifiRefusal`, if known."""
        away, self._away = self._away, None
        if away is not None:
            away.verified(failure, cause)
            return self._changes([])
        session = self._session
        return self._within(lambda: session.verified(failure, cause)) if session is not None else []

    def tick(self) -> list[Effect]:
        """Time has passed."""
        now = self._uptime()
        effects: list[Effect] = []
        if self._opening is not None and now >= self._opening.deadline:
            late = LocalAbort(Abort.TIMEOUT, "M3 did not come", sid=self._opening.sid)
            effects += [*self._aborted(late), Disconnect()]
        if self._session is not None:
            effects += self._within(self._session.tick, drop=True)
        if self._away is not None:
            effects += self._outputs(self._away.tick_offline())
            if self._away.phase is not sessions.SessionPhase.TRYING:
                self._away = None  # and a result that comes later is nobody's
        if self._state.tick():
            effects.append(StateLost())
        if self._is_idle and self._link is not None and now - self._link.since >= LINK_IDLE_SECONDS:
            effects.append(Disconnect())
        if now - self._salt_since >= SALT_SECONDS:
            self._salt, self._salt_since = secrets.token_bytes(2), now
        return self._changes(effects)

    @property
    def next_tick(self) -> float:
        """Uptime at which `tick` is due at the latest."""
        due = [self._salt_since + SALT_SECONDS, self._uptime() + 30.0]
        if self._opening is not None:
            due.append(self._opening.deadline)
        if self._session is not None:
            due.append(self._session.next_tick)
        if self._away is not None:
            due.append(self._away.trial_ends)
        return min(due)

    # --- messages -----------------------------------------------------------------------------------

    def _dispatch(self, message: bytes) -> list[Effect]:
        kind = messages.kind_of(message)
        if self._session is not None:
            if messages.is_cbor(message):
                return self._busy(message) if kind != _ABORT else []
            return self._outputs(self._session.receive(message))
        if self._opening is not None:
            return self._busy(message) if kind == _M1 else self._third_message(self._opening, message)
        if kind == _ABORT:
            return []
        if kind != _M1:
            raise LocalAbort(Abort.ORDER, "no handshake is open")
        return self._first_message(message)

    def _busy(self, m1: bytes) -> list[Effect]:
        return self._send(aborts.encode(AbortMessage(messages.sid_of(m1), Abort.BUSY)))

    def _first_message(self, message: bytes) -> list[Effect]:
        served = self._link.served if self._link is not None else None
        self._opening = Opening(self._admission, self._window, self.info, served, self._uptime)
        return self._send(self._opening.receive_m1(message))

    def _third_message(self, opening: Opening, message: bytes) -> list[Effect]:
        m4, agreed = opening.receive_m3(message)
        self._opening = None
        authority = self._admission.authority(agreed)
        if agreed.mode is Mode.RESUME:
            self._state.resumption.begin_session()
        else:
            self._last = LastReply()
        records = RecordLayer(agreed.master, commissioner=False, max_msg=self.product.max_msg)
        self._session = DeviceSession(
            agreed, authority, records, self._state.transactions, self._last, self._uptime
        )
        moved: list[Effect] = []
        if agreed.mode is Mode.TRANSFER and self._state.turned() is not None:
            moved = [StateLost(), Owned()]
        return [*self._send(m4), *self._outputs(self._session.begin()), *moved]

    # --- what a session brings about ----------------------------------------------------------------

    def _within(self, step: Callable[[], list[Output]], *, drop: bool = False) -> list[Effect]:
        """Do a step of the session; it may end it. drop: the link goes with it."""
        try:
            return self._changes(self._outputs(step()))
        except SessionAborted as abort:
            ending = self._aborted(abort)
            return self._changes([*ending, Disconnect()] if drop else ending)

    def _outputs(self, outputs: list[Output]) -> list[Effect]:
        effects: list[Effect] = []
        for output in outputs:
            match output:
                case sessions.Outgoing(message):
                    effects += self._send(message)
                case Confirmed():
                    self._attempts.succeed()
                case Answered():
                    effects += self._turns()
                case Ended():
                    assert self._session is not None
                    sid = self._session.sid
                    effects += self._aborted(LocalAbort(Abort.GRANT, "the owner revoked it", sid=sid))
                case StartVerify() if not self.product.stays_up:
                    effects += [output, *self._go_away()]
                case _:
                    effects.append(output)
        return effects

    def _turns(self) -> list[Effect]:
        """What a request may have turned the device into."""
        turned = self._state.turned()
        if turned is Standing.PROVISIONAL:
            return [Committed()]
        if turned is Standing.OWNED and self._state.slots.active.tx is not None:
            return [Owned()]
        return [StateLost()] if turned is not None else []

    def _go_away(self) -> list[Effect]:
        """This device can't keep BLE up while it tries: it comes back with the result."""
        self._away, self._session = self._session, None
        self._state.resumption.end_session()
        return [Disconnect()]

    def _reset(self) -> list[Effect]:
        ending = self._end_session()
        if self._away is not None:
            self._away = None
            ending.append(CancelVerify())
        self._state.slot_flip.reset(frees=False)
        self._attempts.press()
        self._state.turned()
        return [*ending, Disconnect(), StateLost()]

    # --- how a session ends -------------------------------------------------------------------------

    def _aborted(self, abort: SessionAborted) -> list[Effect]:
        """Tell the peer, unless it was the peer who said so, and end the session."""
        log.info("session over: code %d, %s", abort.code, abort.why or "reported by the commissioner")
        told: list[Effect] = []
        if isinstance(abort, LocalAbort):
            if self._session is not None:
                told = self._send(self._session.abort_record(abort).message)
            else:
                told = self._send(aborts.encode(AbortMessage(abort.sid, abort.code, abort.detail)))
        if self._session is not None and abort.code in _ENDS_RESUMPTION:
            self._state.resumption.erase_if_in_use()
        return [*told, *self._end_session()]

    def _end_session(self) -> list[Effect]:
        session, self._session, self._opening = self._session, None, None
        if self._link is not None:
            self._link.since = self._uptime()
        if session is None:
            return []
        self._state.resumption.end_session()
        if session.phase is sessions.SessionPhase.COMPARING:
            return [ClearDisplay()]
        if session.phase is sessions.SessionPhase.TRYING:
            self._last = LastReply()
            return [CancelVerify()]
        return []

    @property
    def _is_idle(self) -> bool:
        return self._session is None and self._opening is None

    def _send(self, message: bytes) -> list[Effect]:
        if self._link is None:
            return []
        return [Notify(value) for value in self._link.values(message)]

    def _changes(self, effects: list[Effect]) -> list[Effect]:
        """The effects, and whether the advertisement is another one now."""
        advertised = self.service_data, self.is_advertising
        if advertised != self._advertised:
            self._advertised = advertised
            effects = [*effects, AdvertisingChanged()]
        return effects

"""What a virtual Matter device is at a moment: what it keeps, its fail-safe, its window, who talks to it.

Sans-IO: times come from the clock that it is given, and what is to be done goes to `do`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from companion.protocols.matter.attestation.issuance import DeviceCredentials
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.access import AuthMode
from companion.protocols.matter.interaction.node import Access, Later
from companion.protocols.matter.virtual.factory.options import Fault
from companion.protocols.matter.virtual.factory.product import Medium, Product
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.effects import Deferred, Effect
from companion.protocols.matter.virtual.state.sessions import Session, Sessions
from companion.protocols.matter.virtual.state.settings import Settings
from companion.protocols.matter.virtual.state.window import Invitation

MOST_SECONDS = 900
"""That a fail-safe can be armed for in all."""


@dataclass
class FailSafe:
    """An armed fail-safe, and what was done under it.

    longest: time at which it ends in any case; fabric: index of whom it belongs to, 0 while nobody on the
    device is meant; root: that was added (TLV); key: of the last certificate request; renewing: that request
    is for UpdateNOC; added: a fabric was added or its certificate replaced
    """

    until: float
    longest: float
    fabric: int
    root: bytes | None = None
    key: KeyPair | None = None
    renewing: bool = False
    added: bool = False


class DeviceState:
    """See above. save: called with what is to survive the process."""

    def __init__(
        self,
        product: Product,
        credentials: DeviceCredentials,
        settings: Settings,
        *,
        clock: Callable[[], float],
        do: Callable[[Effect], None],
        save: Callable[[Settings], None] = lambda settings: None,
        faults: dict[Fault, float] | None = None,
    ) -> None:
        self.product, self.credentials = product, credentials
        self.faults = faults or {}
        self.sessions = Sessions()
        self.kept = self.settings = settings
        self.fail_safe: FailSafe | None = None
        self.breadcrumb = 0
        self.last_network: tuple[int, bytes | None] | None = None
        self.online = product.medium is Medium.ETHERNET or settings.connected is not None
        self.identifies_until = 0.0
        self.started = clock()
        self.deferred: Deferred | None = None
        self.do = do
        self._clock, self._save = clock, save
        self.invitation = self._first_invitation()

    @property
    def now(self) -> float:
        return self._clock()

    @property
    def next_deadline(self) -> float:
        """When `tick` has something to do, infinite if it never has."""
        dues = [self.invitation.until if self.invitation is not None else math.inf]
        if self.fail_safe is not None:
            dues.append(self.fail_safe.until)
        return min(dues)

    def tick(self) -> None:
        """Time has passed."""
        if self.fail_safe is not None and self.now >= self.fail_safe.until:
            self.revert()
        if self.invitation is not None and self.now >= self.invitation.until:
            self.close_window()

    # --- settings --------------------------------------------------------------------------------------

    def change(self, settings: Settings) -> None:
        """Set something; under a fail-safe it counts when the commissioner has finished."""
        self.settings = settings
        if self.fail_safe is None:
            self._keep(settings)

    def forget_fabric(self, index: int) -> None:
        """At once, whatever else happens."""
        self.sessions.close(fabric=index)
        self.settings = self.settings.without_member(index)
        self._keep(self.kept.without_member(index))
        if self.settings.members:
            self.do(effects.Changed())
        else:
            self.reset()

    def reset(self) -> None:
        """All is as it left the factory."""
        self.sessions.close()
        self.settings, self.fail_safe, self.breadcrumb = Settings(), None, 0
        self._keep(self.settings)
        self.online = self.product.medium is Medium.ETHERNET
        self.invitation = self._first_invitation()
        self.do(effects.Forgotten())
        self.do(effects.Changed())

    def _keep(self, settings: Settings) -> None:
        self.kept = settings
        self._save(settings)

    # --- fail-safe -------------------------------------------------------------------------------------

    def arm(self, seconds: int, fabric: int) -> None:
        """Arm it, or prolong it."""
        if self.fail_safe is None:
            longest = self.now + self.faults.get(Fault.FAIL_SAFE_EXPIRY, MOST_SECONDS)
            self.fail_safe = FailSafe(math.inf, longest, fabric)
            self.do(effects.Changed())
        self.fail_safe.until = min(self.now + seconds, self.fail_safe.longest)

    def complete(self) -> None:
        """The commissioner has finished: what was set stays."""
        assert self.fail_safe is not None
        fabric, self.fail_safe = self.fail_safe.fabric, None
        self.breadcrumb = 0
        self._keep(self.settings)
        self.sessions.close(mode=AuthMode.PASE)
        self.close_window()
        self.do(effects.Commissioned(fabric))
        self.do(effects.Changed())

    def revert(self) -> None:
        """The fail-safe ends: all is as before it was armed."""
        self.fail_safe, self.breadcrumb = None, 0
        gone = {each.index for each in self.settings.members} - {each.index for each in self.kept.members}
        self.settings = self.kept
        self.online = self.product.medium is Medium.ETHERNET or self.settings.connected is not None
        for index in gone:
            self.sessions.close(fabric=index)
        self.sessions.close(mode=AuthMode.PASE)
        self.do(effects.Reverted())
        self.do(effects.Changed())

    # --- window ----------------------------------------------------------------------------------------

    def invite(self, invitation: Invitation) -> None:
        """Let commissioners in."""
        self.invitation = invitation
        self.do(effects.Changed())

    def close_window(self) -> None:
        """Let nobody in any more; who is in goes on."""
        if self.invitation is not None:
            self.invitation.attempts.close()
        self.invitation = None
        self.do(effects.Changed())

    @property
    def advertises(self) -> bool:
        """Whether a commissioner finds it over Bluetooth: not while one has taken it in already."""
        taken = self.fail_safe is not None and self.fail_safe.added
        return (
            not taken
            and self.product.medium is not Medium.ETHERNET
            and self.invitation is not None
            and not self.invitation.by_administrator
            and self.invitation.attempts.is_open(self.now)
        )

    def pase_ended(self) -> None:
        """A session or an attempt by passcode is over."""
        if self.invitation is not None:
            self.invitation.attempts.finish()

    def _first_invitation(self) -> Invitation | None:
        if self.settings.members:
            return None
        made = self.product
        return Invitation.of_factory(made.verifier, made.pbkdf, made.discriminator)

    # --- network ---------------------------------------------------------------------------------------

    def joined(self, network: bytes, status: int) -> None:
        """What became of joining. status: 0 for success."""
        self.last_network = (status, network)
        if status == 0:
            self.online = True
            self.change(replace(self.settings, connected=network))
        self.do(effects.Changed())

    # --- commands ----------------------------------------------------------------------------------------

    def later(self) -> tuple[Later, Deferred]:
        """For a command that takes its time: what it answers now, and where its answer goes."""
        self.deferred = Deferred()
        return Later.LATER, self.deferred

    def asking(self, access: Access) -> Session:
        """By which session a command comes."""
        return self.sessions.of(access)

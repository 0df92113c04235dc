"""The connection to one device: its link, what it says of itself, and the session, all of them renewable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from companion import claims
from companion.claims.protection import CHANNELS
from companion.errors import (
    AttributeFailure,
    CompanionError,
    DeviceNotFound,
    DowngradeRefused,
    LinkLostError,
    MethodUnavailable,
    OperationTimeout,
    ServiceMissing,
    WrongSetupSecret,
    WrongTypedSecret,
    WrongUsername,
)
from companion.model import Handshake, Text
from companion.protocols import Context
from companion.protocols.espressif.dialogues.exchange import Exchange
from companion.protocols.espressif.dialogues.version import Version, ask_version
from companion.protocols.espressif.driver.carrier import Carrier
from companion.protocols.espressif.security.choice import DEFAULT_USERNAME, Choice, CodeSecurity, choose
from companion.protocols.espressif.security.security0 import Security0
from companion.protocols.espressif.security.security1 import Security1
from companion.protocols.espressif.security.security2 import Security2
from companion.protocols.espressif.security.session import Phase, SecuritySession
from companion.protocols.risk import require_acceptance
from companion.questions import EnterSecret, SetupSecret
from companion.secret import Secret

T = TypeVar("T")

IN_CLEAR = CHANNELS[claims.Channel.CLEAR]
LOSSES = (LinkLostError, OperationTimeout)
"""What a new link may fix."""
MOST_LOSSES = 4


@dataclass(frozen=True)
class Login:
    """What opens a session. `variant` is the private key that turned out to be the device's."""

    security: int
    pop: Secret
    username: str
    variant: int = 0


class Connection:
    """Opened with `open` and `secure`; afterwards `run` carries dialogues, and `renew` restores what broke.

    version: what the device says of itself, known after `open`
    """

    def __init__(
        self, context: Context, code_security: CodeSecurity, renewed: Callable[[], None] = lambda: None
    ) -> None:
        self.version = Version()
        self.links = 0
        self._renewed = renewed
        self._context = context
        self._code_security = code_security
        self._carrier: Carrier | None = None
        self._session: SecuritySession | None = None
        self._login: Login | None = None

    @property
    def method(self) -> str:
        return f"security-{self._established.security}"

    @property
    def handshake(self) -> Handshake:
        return Handshake(self._established.messages, self._established.octets)

    @property
    def measured(self) -> claims.SessionFacts:
        """What the session that was agreed is worth."""
        return claims.SessionFacts(self.method, self._channel, self._evidence)

    @property
    def _channel(self) -> claims.Channel:
        session = self._established
        if session.security < 2:
            return claims.Channel.UNAUTHENTICATED if session.security else claims.Channel.CLEAR
        reuses = isinstance(session, Security2) and session.reuses_nonce
        if reuses or self.version.patch == 0:
            return claims.Channel.NONCE_REUSED
        return claims.Channel.SEALED

    @property
    def _evidence(self) -> frozenset[claims.Evidence]:
        """The secret that both ends proved to know, if one took part."""
        login = self._login
        if login is None or not login.pop or not login.security:
            return frozenset()
        from_code = login.pop == self._code_security.pop
        return frozenset({claims.Evidence.CODE_SECRET if from_code else claims.Evidence.TYPED_SECRET})

    async def open(self) -> None:
        """Dial, and ask the device about itself. Raises RadioError leaves."""
        await self._dial()
        lost = 0
        while True:
            try:
                self.version = await self._link.run(ask_version())
                return
            except ServiceMissing:
                self.version = Version()
                return
            except LOSSES as loss:
                lost += 1
                if lost > MOST_LOSSES:
                    raise
                await self._back_on_air(loss)

    async def secure(self) -> None:
        """Agree on a session with the best protection that device and code have in common.

        Raises DowngradeRefused, MethodUnavailable, VersionUnsupported, WrongSetupSecret, WrongUsername,
        WrongIdentity, Cancelled, RadioError and DeviceError leaves.
        """
        choice = choose(self.version, self._code_security, self._context.order.method)
        if choice.security == 0:
            await require_acceptance(self._context.order, self._context.reporter, IN_CLEAR)
        login = Login(
            choice.security, self._code_security.pop, self._code_security.username or DEFAULT_USERNAME
        )
        if choice.needs_secret:
            await self._secure_with_typed_secret(choice)
        else:
            await self._establish(login)

    async def run(self, exchange: Exchange[T]) -> T:
        """Drive a dialogue through the session."""
        return await self._link.run(exchange, self._established)

    async def has(self, endpoint: str) -> bool:
        return await self._link.has(endpoint)

    async def run_again(self, exchange: Callable[[], Exchange[T]]) -> T:
        """Drive a dialogue that may be repeated, each time over a new link and session if those went."""
        for _ in range(MOST_LOSSES):
            try:
                return await self.run(exchange())
            except LOSSES:
                await self.renew()
        return await self.run(exchange())

    async def renew(self) -> None:
        """A new session, over a new link if the old one is gone: after a request that failed."""
        assert self._login is not None
        lost, before = 0, self.links
        while True:
            try:
                if not self._link.is_up:
                    await self._redial()
                session = _session(self._login)
                await self._link.run(session.establish())
            except LOSSES:
                lost += 1
                if lost > MOST_LOSSES:
                    raise
            else:
                self._session = session
                if self.links != before:
                    self._renewed()
                return

    # --- the link ---------------------------------------------------------------------------------

    @property
    def _link(self) -> Carrier:
        assert self._carrier is not None
        return self._carrier

    @property
    def _established(self) -> SecuritySession:
        assert self._session is not None
        return self._session

    async def _dial(self) -> None:
        link = await self._context.dialer.dial()
        self.links += 1
        self._carrier = Carrier(link, self._context.dialer.found.advertisement.service_uuids)

    async def _redial(self) -> None:
        await self._context.dialer.rediscover()
        await self._dial()

    # --- the session ------------------------------------------------------------------------------

    async def _secure_with_typed_secret(self, choice: Choice) -> None:
        """Ask for the secret, and again while the device refuses it, over the same link if that stays."""
        refused: CompanionError | None = None
        while True:
            given = await self._ask_for_secret(choice, refused)
            username = given.username or self._code_security.username or DEFAULT_USERNAME
            try:
                await self._establish(Login(choice.security, given.secret, username))
            except WrongSetupSecret as wrong:
                refused = WrongTypedSecret(wrong.detail)
            except WrongUsername as wrong:
                refused = wrong
            else:
                return
            if not self._link.is_up:
                await self._redial()

    async def _ask_for_secret(self, choice: Choice, refused: CompanionError | None) -> SetupSecret:
        """refused: why the last one was. Raises it where nobody can be asked for another one."""
        question = EnterSecret(
            self._context.dialer.found,
            needs_username=choice.needs_username,
            suggested_username=DEFAULT_USERNAME if choice.needs_username else "",
            problem=Text(refused.title) if refused is not None else None,
        )
        try:
            return await self._context.reporter.ask(question)
        except MethodUnavailable as nobody:
            raise (refused or nobody) from None

    async def _establish(self, login: Login) -> None:
        """Try every private key that the credentials may stand for, each in a session of its own.

        A link that ends at the proof is Bluedroid's way to refuse, or radio noise: the first end is tried
        once more. One that ends before the proof, or where the device does not answer, is noise.
        """
        variant, lost, noise = 0, 0, 0
        while True:
            attempt = Login(login.security, login.pop, login.username, variant)
            session = _session(attempt)
            try:
                await self._link.run(session.establish())
            except (AttributeFailure, *LOSSES) as failure:
                proving = session.phase is Phase.AWAITING_PROOF
                if isinstance(failure, OperationTimeout) or not (proving or self._link.is_up):
                    noise += 1
                    if noise > MOST_LOSSES:
                        raise
                    await self._back_on_air(failure)
                    continue
                if not proving:
                    raise self._no_session(login, failure) from failure
                lost += not self._link.is_up
                variant += self._link.is_up or lost > 1
                if variant >= _variants(session):
                    raise await self._refused(login) from failure
                if not self._link.is_up:
                    await self._back_on_air(failure)
            else:
                self._session, self._login = session, attempt
                self._know_again()
                return

    def _know_again(self) -> None:
        """At whatever address it comes back, each new session asks it for the secret again."""
        if self._evidence:
            name = self._context.dialer.found.name
            self._context.dialer.know_by(lambda seen: seen.name == name)

    async def _back_on_air(self, failure: CompanionError) -> None:
        try:
            await self._redial()
        except DeviceNotFound as gone:
            raise failure from gone

    def _no_session(self, login: Login, failure: CompanionError) -> CompanionError:
        """What a refused first command means: another scheme, or a user name that is looked at early."""
        if not isinstance(failure, AttributeFailure):
            return failure
        if login.security == 2 and self.version.security == 2:
            return WrongUsername("the first command was refused")
        if login.security == 2:
            return DowngradeRefused("the device does not speak security 2")
        return MethodUnavailable(f"the device does not speak security {login.security}")

    async def _refused(self, login: Login) -> CompanionError:
        """The error behind a refused proof. A device never says which part was wrong.

        The same secret under the usual user name tells them apart, over a new link where it ended this one.
        """
        refused = WrongSetupSecret("the proof was refused")
        usual = Login(login.security, login.pop, DEFAULT_USERNAME)
        if login.security != 2 or usual.username == login.username:
            return refused
        try:
            if not self._link.is_up:
                await self._redial()
            await self._link.run(_session(usual).establish())
        except CompanionError:
            return refused
        return WrongUsername("the secret is right, the user name is not")


def _session(login: Login) -> SecuritySession:
    if login.security == 0:
        return Security0()
    if login.security == 1:
        return Security1(login.pop)
    return Security2(login.username, login.pop, variant=login.variant)


def _variants(session: SecuritySession) -> int:
    return session.variants if isinstance(session, Security2) else 1

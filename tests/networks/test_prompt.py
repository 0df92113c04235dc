"""The one loop that asks for a network: what is asked, what is tried, and how it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from companion.errors import (
    Cancelled,
    CompanionError,
    CompanyNetworkUnsupported,
    CredentialsUnusable,
    LinkLostError,
    NetworkMissing,
    NetworkNotFound,
    NoAddress,
    ThreadAttachFailed,
    ThreadDatasetMissing,
    WrongPassphrase,
)
from companion.lan import Lan
from companion.model import (
    BorderRouter,
    DeviceSettings,
    Network,
    ThreadNetwork,
    WifiCredentials,
    WifiSecurity,
)
from companion.networks import border_routers
from companion.networks.prompt import MOST_FAILURES, MOST_FLAWED, NetworkKind, NetworkPrompt
from companion.networks.survey import Survey
from companion.networks.thread import read_text
from companion.networks.thread_surroundings import ThreadSurroundings
from companion.networks.wifi_rules import WifiSupport
from companion.protocols import Order
from companion.questions import ChooseNetwork
from companion.secret import Secret
from tests.networks.thread.samples import ANDROID, DATASET

HOME = WifiCredentials(b"Home", Secret("correct horse"))
OTHER = WifiCredentials(b"Other", Secret("correct horse"))
TYPO = WifiCredentials(b"Home", Secret("wrong horse"))
SHORT = WifiCredentials(b"Home", Secret("short"))
ANY = WifiSupport("Test", frozenset(WifiSecurity), passphrase=range(1, 129), raw_key=True)


class User:
    """Answers from a list, then with "nobody is here"; remembers what was asked and what was tried."""

    def __init__(self, *answers: WifiCredentials | Secret | CompanionError | None) -> None:
        self.answers = list(answers)
        self.asked: list[ChooseNetwork] = []
        self.tried: list[WifiCredentials | None] = []
        self.datasets: list[Secret | None] = []

    async def ask(self, question: ChooseNetwork) -> DeviceSettings:
        self.asked.append(question)
        answer = self.answers.pop(0) if self.answers else NetworkMissing()
        if isinstance(answer, CompanionError):
            raise answer
        if isinstance(answer, Secret):
            return DeviceSettings("Lamp", thread=answer)
        return DeviceSettings("Lamp", wifi=answer)

    def attempt(self, *outcomes: CompanionError | str) -> Callable[[DeviceSettings], Awaitable[str]]:
        left = list(outcomes)

        async def attempt(settings: DeviceSettings) -> str:
            self.tried.append(settings.wifi)
            self.datasets.append(settings.thread)
            outcome = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(outcome, CompanionError):
                raise outcome
            return outcome

        return attempt


def prompt(user: User, order: Order | None = None, **options: Any) -> NetworkPrompt:
    return NetworkPrompt(user.ask, order or Order(), support=ANY, suggested_name="Lamp", **options)


async def test_an_order_that_says_all_asks_nothing() -> None:
    user = User()
    assert await prompt(user, Order(wifi=HOME)).join(user.attempt("joined")) == "joined"
    assert user.asked == [] and user.tried == [HOME]


@pytest.mark.parametrize("reason", [WrongPassphrase(ssid="Home"), NetworkNotFound(ssid="Home"), NoAddress()])
async def test_each_reason_is_told_with_the_next_question(reason: CompanionError) -> None:
    user = User(TYPO, HOME)
    assert await prompt(user).join(user.attempt(reason, "joined")) == "joined"
    first, second = user.asked
    assert (first.problem, str(second.problem)) == (None, reason.title_text)
    assert second.previous is not None and second.previous.wifi == TYPO
    assert user.tried == [TYPO, HOME]


async def test_the_same_wrong_passphrase_twice_ends_it() -> None:
    user = User(TYPO, TYPO, HOME)
    with pytest.raises(WrongPassphrase):
        await prompt(user).join(user.attempt(WrongPassphrase(ssid="Home")))
    assert user.tried == [TYPO]


async def test_the_same_network_is_tried_again_if_it_was_not_in_reach() -> None:
    user = User(HOME, HOME)
    assert await prompt(user).join(user.attempt(NetworkNotFound(ssid="Home"), "joined")) == "joined"


async def test_it_ends_after_so_many_tries_and_asks_for_no_answer_that_it_would_not_use() -> None:
    user = User(*[HOME, OTHER] * MOST_FAILURES)
    with pytest.raises(NoAddress):
        await prompt(user).join(user.attempt(NoAddress()))
    assert len(user.tried) == MOST_FAILURES == len(user.asked)


async def test_a_device_that_says_when_it_wants_others_is_served_by_the_same_rules() -> None:
    user = User(*[HOME, OTHER] * MOST_FAILURES)
    asking = prompt(user)
    tried = [(await asking.decide()).wifi]
    with pytest.raises(NetworkNotFound):
        while True:
            tried.append((await asking.decide(NetworkNotFound())).wifi)
    assert tried == [HOME, OTHER, HOME, OTHER, HOME] and len(tried) == MOST_FAILURES == len(user.asked)

    again = prompt(User(TYPO, TYPO))
    await again.decide()
    with pytest.raises(WrongPassphrase):
        await again.decide(WrongPassphrase())


async def test_where_nobody_can_be_asked_the_reason_is_the_error() -> None:
    user = User()
    with pytest.raises(WrongPassphrase):
        await prompt(user, Order(wifi=TYPO)).join(user.attempt(WrongPassphrase(ssid="Home")))
    with pytest.raises(NetworkMissing):
        await prompt(User()).join(user.attempt("joined"))


@pytest.mark.parametrize("end", [Cancelled(), LinkLostError()])
async def test_what_is_no_networks_fault_ends_it(end: CompanionError) -> None:
    user = User(HOME, HOME)
    with pytest.raises(type(end)):
        await prompt(user).join(user.attempt(end))
    assert len(user.asked) == 1


async def test_what_was_decided_holds_when_the_link_went() -> None:
    user = User(HOME)
    asking = prompt(user)
    with pytest.raises(LinkLostError):
        await asking.join(user.attempt(LinkLostError()))
    assert await asking.join(user.attempt("joined")) == "joined"
    assert len(user.asked) == 1 and user.tried == [HOME, HOME]


async def test_details_that_can_not_be_right_are_never_tried() -> None:
    user = User(SHORT, HOME)
    assert await prompt(user, Order(wifi=SHORT)).join(user.attempt("joined")) == "joined"
    assert user.tried == [HOME]
    assert {str(each.problem) for each in user.asked} == {CredentialsUnusable.title}


async def test_what_the_protocol_can_not_carry_is_said_before_it_is_tried() -> None:
    user = User(OTHER)
    enterprise = WifiCredentials(b"Office", Secret("correct horse"), WifiSecurity.ENTERPRISE)
    support = WifiSupport("Test", frozenset({WifiSecurity.WPA2}), passphrase=range(8, 64), raw_key=False)
    asking = NetworkPrompt(user.ask, Order(wifi=enterprise), support=support, suggested_name="Lamp")
    assert await asking.join(user.attempt("joined")) == "joined"
    assert user.tried == [OTHER]
    assert str(user.asked[0].problem) == CompanyNetworkUnsupported(ssid="Office").title_text


async def test_a_program_that_goes_on_giving_them_comes_to_an_end() -> None:
    user = User(*[SHORT] * 2 * MOST_FLAWED)
    with pytest.raises(CredentialsUnusable):
        await prompt(user).join(user.attempt("joined"))
    assert len(user.asked) == MOST_FLAWED


async def test_an_answer_without_network_is_none_unless_the_device_may_keep_its_own() -> None:
    with pytest.raises(NetworkMissing):
        await prompt(User(None)).decide()
    assert (await prompt(User(None), may_keep=True).decide()).wifi is None


async def test_a_device_that_takes_a_name_is_asked_for_it_too() -> None:
    user = User(HOME)
    await prompt(user, Order(wifi=HOME), names_device=True).decide()
    assert len(user.asked) == 1
    await prompt(user, Order(wifi=HOME, name="Lamp"), names_device=True).decide()
    assert len(user.asked) == 1


async def test_a_device_without_wifi_is_asked_for_a_name_alone() -> None:
    user = User(None)
    settings = await prompt(user, Order(wifi=HOME), kind=NetworkKind.NONE, names_device=True).decide()
    assert settings.wifi is None and not user.asked[0].needs_wifi


async def test_thread_goes_by_the_orders_dataset_and_asks_nobody() -> None:
    user = User()
    order = Order(thread=DATASET)
    joined = await prompt(user, order, kind=NetworkKind.THREAD).join(user.attempt("attached"))
    assert (joined, user.asked) == ("attached", [])
    with pytest.raises(ThreadAttachFailed):
        await prompt(user, order, kind=NetworkKind.THREAD).join(user.attempt(ThreadAttachFailed()))
    with pytest.raises(ThreadDatasetMissing):
        await prompt(User(), kind=NetworkKind.THREAD).join(user.attempt("attached"))


async def test_a_dataset_is_asked_for_until_a_device_can_join_with_it() -> None:
    cut, wrong = Secret(DATASET.reveal()[:-1]), read_text(ANDROID).secret
    user = User(cut, wrong, DATASET)
    asking = prompt(user, kind=NetworkKind.THREAD)
    assert await asking.join(user.attempt(ThreadAttachFailed(), "attached")) == "attached"
    first, second, third = user.asked
    assert first.needs_thread and not first.needs_wifi and first.problem is None
    assert second.problem is not None and "ends in the middle" in str(second.problem)
    assert str(third.problem) == ThreadAttachFailed.title
    assert third.previous is not None and third.previous.thread == wrong
    assert user.datasets == [wrong, DATASET]


async def test_whoever_chooses_sees_what_the_device_sees_and_what_is_heard_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = (ThreadNetwork("OpenThreadDemo", bytes(8), 0x1234, 16, -50),)
    heard = (BorderRouter("Kitchen", "OpenThreadDemo", "00" * 8, "", ("192.0.2.7",)),)

    async def look() -> tuple[ThreadNetwork, ...]:
        return seen

    async def hear(lan: object, **limits: object) -> tuple[BorderRouter, ...]:
        return heard

    async def hand_out(lan: object, router: str) -> Secret:
        return Secret(router)

    monkeypatch.setattr(border_routers, "heard", hear)
    monkeypatch.setattr(border_routers, "dataset_of", hand_out)
    lan = Lan.loopback()
    try:
        user = User(DATASET)
        around = ThreadSurroundings(lan, Survey(look))
        await prompt(user, kind=NetworkKind.THREAD, surroundings=around).decide()
        (asked,) = user.asked
        assert (asked.meshes, asked.border_routers, asked.networks) == (seen, heard, ())
        assert asked.rescan is not None and await asked.rescan() == seen
        assert asked.ask_router is not None and await asked.ask_router("Kitchen") == Secret("Kitchen")
        # Nobody there: the device and the network are left in peace, and the error names what is near.
        user = User()
        order = Order(attended=False)
        with pytest.raises(ThreadDatasetMissing) as missing:
            await prompt(user, order, kind=NetworkKind.THREAD, surroundings=around).decide()
        assert "OpenThreadDemo" in missing.value.advice_text
        assert user.asked[0].meshes == () and user.asked[0].ask_router is None
    finally:
        await lan.close()


async def test_what_the_device_sees_is_looked_for_once_and_again_on_demand() -> None:
    seen = [(Network(b"Home", WifiSecurity.WPA2),), None, (Network(b"Other", WifiSecurity.WPA2),)]

    async def look() -> tuple[Network, ...] | None:
        return seen.pop(0)

    user = User(TYPO, HOME)
    await prompt(user, survey=Survey(look)).join(user.attempt(WrongPassphrase(ssid="Home"), "joined"))
    assert [[each.name for each in question.networks] for question in user.asked] == [["Home"], ["Home"]]
    rescan = user.asked[0].rescan
    assert rescan is not None
    assert [each.name for each in await rescan()] == ["Home"], "a scan that fails keeps what was seen"
    assert [each.name for each in await rescan()] == ["Other"]

"""Rules on firmware: kept and read again, and what they come to for what a device said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.claims import Channel, Evidence, RunFacts, SessionFacts
from companion.errors.firmware import FirmwareRuleMissing, FirmwareRuleUnusable
from companion.firmware import rules as book
from companion.firmware.gate import Answer, Asked, is_rolled_back, judge
from companion.firmware.rules import KeptFile, Rule, RuleBook
from companion.model import DeviceIdentity
from tests.firmware.memory import DictMemory

RULE = Rule(model="Lamp 3", manufacturer="Acme", at_least="2.1.0", sequence=7)
NONCE = Rule(protocol="espressif", nonce_fix=True)


def facts(
    model: str | None = "Lamp 3",
    firmware: str | None = "2.1.0",
    sequence: int | None = 7,
    session: SessionFacts | None = None,
) -> RunFacts:
    return RunFacts(
        device=DeviceIdentity("d1", "Lamp", model, None, firmware), sequence=sequence, session=session
    )


def answers(rule: Rule, told: RunFacts, protocol: str = "matter") -> dict[Asked, Answer]:
    return {each.asked: each.answer for each in judge((rule,), protocol, told)}


# --- kept -------------------------------------------------------------------------------------------


def test_rules_are_there_again_and_forgotten_by_the_beginning_of_their_id() -> None:
    memory = DictMemory()
    file = KeptFile("lamp.bin", "/kept/aa", "aa" * 32)
    with_file = Rule(model="Lamp 3", at_least="1.0", signer="PEM", stops_untold=False, file=file)
    for rule in (RULE, NONCE, with_file, RULE):
        RuleBook(memory).add(rule)
    assert RuleBook(memory).rules() == (RULE, NONCE, with_file)
    assert [rule.subject for rule in RuleBook(memory).rules()] == ["Lamp 3", "espressif", "Lamp 3"]
    assert RuleBook(memory).remove(RULE.id[:6].upper()) == RULE
    assert RuleBook(memory).rules() == (NONCE, with_file)
    for wrong in ("", "zz", RULE.id):
        with pytest.raises(FirmwareRuleMissing):
            RuleBook(memory).remove(wrong)
    RuleBook(memory).remove(NONCE.id)
    RuleBook(memory).remove(with_file.id)
    assert RuleBook(memory).rules() == () and memory.kept == {}


def test_a_model_of_spaces_is_no_model() -> None:
    for model in (None, "", " ", "\t"):
        assert answers(RULE, facts(model)) == {Asked.MODEL: Answer.UNTOLD}
    assert answers(RULE, facts(" LAMP 3 "))[Asked.VERSION] is Answer.MET


def test_a_rule_changes_in_its_place() -> None:
    kept = RuleBook(DictMemory())
    for rule in (RULE, NONCE):
        kept.add(rule)
    newer = Rule(model="Lamp 3", at_least="3.0")
    kept.exchange(kept.find(RULE.id), newer)
    assert kept.rules() == (newer, NONCE)
    kept.exchange(newer, NONCE)
    assert kept.rules() == (NONCE,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at_least": "2.1.0"},
        {"model": "Lamp"},
        {"model": "Lamp", "at_least": "latest"},
        {"model": "Lamp", "sequence": -1},
        {"model": "Lamp", "sequence": 1 << 32},
        {"model": "Lamp", "nonce_fix": True},
        {"model": "L" * 256, "at_least": "1.0"},
        {"model": "La\x1bmp", "at_least": "1.0"},
    ],
)
def test_a_rule_that_no_device_can_be_held_against_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(FirmwareRuleUnusable):
        Rule(**wrong)


@pytest.mark.parametrize(
    "damage",
    [
        7,
        {},
        {**RULE.as_json(), "sequence": "7"},
        {**RULE.as_json(), "file": {"name": "lamp.bin"}},
        {**RULE.as_json(), "at_least": "", "sequence": None},
    ],
)
def test_a_damaged_rule_is_an_error_and_not_no_rule(damage: Any) -> None:
    memory = DictMemory({"rules": json.dumps([damage])})
    with pytest.raises(FirmwareRuleUnusable):
        RuleBook(memory).rules()


def test_there_is_an_end_to_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_RULES", 1)
    kept = RuleBook(DictMemory())
    kept.add(RULE)
    with pytest.raises(FirmwareRuleUnusable):
        kept.add(NONCE)


# --- judged -----------------------------------------------------------------------------------------


def test_a_device_that_is_new_enough_meets_the_rule() -> None:
    assert answers(RULE, facts()) == {Asked.VERSION: Answer.MET, Asked.SEQUENCE: Answer.MET}
    assert answers(RULE, facts("LAMP 3 ", "3.0", 8)) == answers(RULE, facts())


def test_an_old_version_or_sequence_does_not() -> None:
    old = judge((RULE,), "matter", facts(firmware="2.0.9", sequence=6))
    assert [each.answer for each in old] == [Answer.UNMET] * 2 and all(each.stops for each in old)


@pytest.mark.parametrize("firmware", [None, "", "latest", "20261201"])
def test_what_is_not_said_or_has_no_order_is_not_met(firmware: str | None) -> None:
    (version, sequence) = judge((RULE,), "matter", facts(firmware=firmware, sequence=None))
    assert (version.answer, sequence.answer) == (Answer.UNTOLD, Answer.UNTOLD)
    assert version.stops and sequence.stops
    lenient = Rule(model="Lamp 3", at_least="2.1.0", stops_untold=False)
    assert [each.stops for each in judge((lenient,), "matter", facts(firmware=firmware))] == [False]


def test_rules_are_for_their_model_and_protocol() -> None:
    assert answers(RULE, facts("Lamp 4", "1.0")) == {}
    assert answers(Rule(model="Lamp 3", protocol="rp1", at_least="9.0"), facts()) == {}
    assert answers(Rule(protocol="improv", at_least="2.0"), facts(None), "improv") == {
        Asked.VERSION: Answer.MET
    }


def test_a_device_without_a_model_is_stopped_by_rules_of_its_protocol_alone() -> None:
    """Anything else would stop every device of every other manufacturer."""
    (any_protocol,) = judge((RULE,), "espressif", RunFacts())
    (own,) = judge((Rule(model="Lamp 3", protocol="espressif", at_least="2.0"),), "espressif", facts(None))
    assert (any_protocol.answer, any_protocol.stops) == (Answer.UNTOLD, False)
    assert (own.answer, own.stops) == (Answer.UNTOLD, True)
    assert answers(Rule(protocol="espressif", at_least="2.0"), RunFacts(), "espressif") == {
        Asked.VERSION: Answer.UNTOLD
    }


@pytest.mark.parametrize(
    ("session", "answer"),
    [
        (None, Answer.UNTOLD),
        (SessionFacts("security-1", Channel.UNAUTHENTICATED), Answer.UNTOLD),
        (SessionFacts("security-2", Channel.NONCE_REUSED, frozenset({Evidence.CODE_SECRET})), Answer.UNMET),
        (SessionFacts("security-2", Channel.SEALED, frozenset({Evidence.CODE_SECRET})), Answer.MET),
    ],
)
def test_the_nonce_is_measured_and_not_told(session: SessionFacts | None, answer: Answer) -> None:
    assert answers(NONCE, facts(None, session=session), "espressif") == {Asked.NONCE_FIX: answer}


def test_an_older_version_than_before_is_a_rollback() -> None:
    assert is_rolled_back("2.1.0", "2.0.9")
    assert not any(
        (is_rolled_back("2.1.0", "2.1.0"), is_rolled_back(None, "1.0"), is_rolled_back("1.0", None))
    )
    assert not is_rolled_back("20261201", "1.0")

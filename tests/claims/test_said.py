"""Window, terminal, JSON and report say what the table has for their case, and nothing of other cases."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from companion import claims
from companion.claims import credentials, protection
from companion.commands.terminal.step_printer import StepPrinter
from companion.events import Found, RunFinished, RunStarted
from companion.model import Advertisement, Finding, Possession, SetupCode, Text
from companion.outcome import Result
from companion.questions import ChooseNetwork
from companion.secret import Secret
from tests.claims.cases import DEVICE, FOUND, Case, cases
from tests.ui.i18n import collected
from ui.flow.commissioning import CommissioningFlow
from ui.i18n import collect
from ui.present import network, questions
from ui.present.run.problem import problem
from ui.present.run.progress import progress
from ui.present.run.report import report
from ui.present.run.success import success

CASES = cases()
CODE = SetupCode("any", "A code", Text("Companion commissions it."), Secret("ANY:1"), protocol="any")
# Sentences that promise what no run measures; each was read by a user once.
FORBIDDEN = (
    "nobody else",
    "device alone",
    "Nothing else.",
    "Proved by the label",
    "Strong, with",
    "The link went after",
    "belongs to nobody",
    "Found your",
)


def _texts(value: object) -> Iterator[str]:
    """Every sentence in tables of the claims' modules."""
    if isinstance(value, Text):
        yield value.template
    elif isinstance(value, Finding):
        yield from (value.claim.template, value.sentence.template)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


VOCABULARY = {
    text
    for module in (protection, credentials)
    for value in vars(module).values()
    for text in _texts(value)
    if len(text.split()) > 2
}


def allowed(case: Case) -> set[str]:
    """All that may be claimed at a case, at its end and on the way to it."""
    found = [*protection.identity(case.known), *protection.channel(case.known)]
    texts = {text for said in found for text in (str(said.claim), str(said.sentence))}
    known = case.known
    texts |= {str(claims.delivery(known)), str(claims.reach(known)), str(claims.session(known))}
    texts |= {str(claims.delivery_so_far(step)) for step in _on_the_way(case)}
    texts.add(str(claims.STRENGTHS[claims.strength(known)]))
    return texts | {claims.possession(known, Possession.COMMISSIONED).template}


def _on_the_way(case: Case) -> Iterator[claims.RunFacts]:
    from companion.claims.tracker import follow

    known = claims.RunFacts()
    for event in case.events:
        known = follow(known, event)
        yield known


def flow_of(case: Case) -> CommissioningFlow:
    """The window's flow at the end of the case's run."""
    flow = CommissioningFlow()
    flow.begin(CODE)
    flow.take(RunStarted("run-1", CODE))
    for event in case.events:
        flow.take(event)
    return flow


def shown(view: Any) -> str:
    """Every text of a view."""
    if isinstance(view, str):
        return view
    if is_dataclass(view) and not isinstance(view, type):
        return "\n".join(shown(getattr(view, each.name)) for each in fields(view))
    if isinstance(view, tuple | list):
        return "\n".join(shown(each) for each in view)
    return ""


def hold(text: str, case: Case) -> None:
    """No sentence of another case is in the text."""
    text = text.replace("{name}", DEVICE.name)
    said = {words for words in VOCABULARY if words.replace("{name}", DEVICE.name) in text}
    longer = {words for words in said if any(words != other and words in other for other in said)}
    assert said - longer <= allowed(case), f"{case.name}, {case.how}"


def names(case: Case) -> str:
    return f"{case.name}: {case.how}"


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_terminal(case: Case) -> None:
    out = io.StringIO()
    printer = StepPrinter(out)
    for event in case.events:
        printer.show(event)
    printer.show_outcome(case.outcome())
    hold(out.getvalue(), case)
    if case.ending.result is not Result.COMMISSIONED:
        assert str(claims.delivery(case.known)) in out.getvalue()
    else:
        assert str(claims.identity(case.known)[0].claim) in out.getvalue()


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_json(case: Case) -> None:
    document = case.outcome().as_json()
    hold(json.dumps(document, ensure_ascii=False), case)
    told = document["claims"]
    assert told["handed_over"]["sentence"] == str(claims.delivery(case.known))
    assert told["identity"]["evidence"] == sorted(case.known.evidence, key=list(claims.Evidence).index)
    assert told["strength"] == claims.strength(case.known)


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_window(case: Case, qapp: object) -> None:
    flow = flow_of(case)
    hold(shown(progress(flow)), case)
    lead = network.network(ChooseNetwork(), flow).lead
    assert lead.endswith(str(claims.reach(case.known)))
    outcome = case.outcome()
    flow.take(RunFinished(outcome))
    if outcome.result is Result.COMMISSIONED:
        page = shown(success(outcome, flow, can_open=True))
        assert str(claims.identity(case.known)[0].claim) in page
        assert str(claims.delivery(case.known)) in page
    else:
        flow.outcome, flow.error = outcome, outcome.error
        page = shown(problem(flow))
        assert str(claims.delivery(case.known)) in page
    hold(page, case)


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_report(case: Case, qapp: object) -> None:
    flow = flow_of(case)
    flow.outcome = case.outcome()
    flow.error = flow.outcome.error
    text = report(flow)
    hold(text, case)
    assert str(claims.delivery(case.known)) in text


OTHER = replace(FOUND, advertisement=Advertisement("[fe80::5]:5540"), on_network=True)


def test_where_several_fitted_every_surface_says_which_one_it_is(qapp: object) -> None:
    case = next(each for each in CASES if each.name == "ESP-IDF security 2, code" and each.how == "success")
    told = replace(case, before=(Found(OTHER),))
    said = (
        f"It answered at {FOUND.address}. Other devices that fit the setup code were passed over: "
        f"{OTHER.address}"
    )
    out = io.StringIO()
    StepPrinter(out).show_outcome(told.outcome())
    assert said in out.getvalue()
    assert told.outcome().as_json()["claims"]["identity"]["choice"] == said
    assert said in shown(success(told.outcome(), flow_of(told), can_open=True))
    flow = flow_of(told)
    flow.outcome = told.outcome()
    # Addresses stay here; the report says how many there were.
    assert "Passed over: 1" in report(flow) and OTHER.address not in report(flow)
    assert case.outcome().as_json()["claims"]["identity"]["choice"] is None


def test_before_there_is_a_session_nothing_is_strong(qapp: object) -> None:
    from companion.model import Severity
    from companion.protocols import driver, installed

    for protocol in installed().protocols:
        for method in (None, "nc", "oob", "psk", "key", "security-2"):
            expected = driver(protocol).findings(CASES[0].events[0].device, None, method)  # type: ignore[attr-defined]
            assert expected and all(each.expected for each in expected)
            assert not any(each.severity is Severity.GOOD for each in expected)
            view = questions.confirmation(CASES[0].events[0].device, expected)  # type: ignore[attr-defined]
            assert view.verdict in ("Not measured yet", "Weak, details")


def test_no_text_for_users_promises_what_nobody_measures() -> None:
    texts = [text for _, text in collected.texts()]
    assert [text for text in texts if any(words in text for words in FORBIDDEN)] == []


def test_the_tests_above_know_every_sentence_of_the_claims() -> None:
    """Each text of the claims' modules is in one of their tables, where `VOCABULARY` sees it."""
    for module in (protection, credentials):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        written = {text for _, text in collect._of_engine(tree) if len(text.split()) > 2}
        assert written <= VOCABULARY, written - VOCABULARY

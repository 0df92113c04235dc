"""The forms in which a value may leave the house. What does not have its form does not leave.

A form takes a value of a record and the stand-ins of the document, and returns what a report shows of it: the
value itself where its form can hold nothing of a person, a stand-in, or None.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from companion.errors import CompanionError
from companion.link_trace import read_traces


class StandIns:
    """ "<network 1>", "<serial 2>": what stands for values in all the documents of a report."""

    def __init__(self) -> None:
        self._by_value: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def of(self, kind: str, value: str) -> str:
        """The stand-in for a value, always the same one."""
        if value not in self._by_value:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._by_value[value] = f"<{kind} {self._counts[kind]}>"
        return self._by_value[value]


class FormerStandIns(StandIns):
    """For a report that is read again: what is a stand-in already stays what it is."""

    def of(self, kind: str, value: str) -> str:
        return value if _STAND_IN.fullmatch(value) else super().of(kind, value)


class Placeholders:
    """The stand-ins of one document, which may share them with others of its report."""

    def __init__(self, shared: StandIns | None = None) -> None:
        self._shared = shared or StandIns()
        self._by_value: dict[str, str] = {}

    def of(self, kind: str, value: str) -> str:
        """The stand-in for a value."""
        if value not in self._by_value:
            self._by_value[value] = self._shared.of(kind, value)
        return self._by_value[value]

    def without_them(self, text: str) -> str:
        """The text with the values of three characters or more replaced; shorter ones are in any word."""
        for value in sorted(self._by_value, key=len, reverse=True):
            if len(value) > 2:
                text = text.replace(value, self._by_value[value])
        return text


Form = Callable[[Any, Placeholders], Any]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_WORD = re.compile(r"[a-z][a-z0-9_/-]{0,23}")
_RUN = re.compile(r"[0-9a-f]{1,32}")
_TLS = re.compile(r"TLSv1(\.\d)?")
_PRODUCT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+()-]{0,31}")
_STAND_IN = re.compile(r"<[a-z]{1,16} \d{1,6}>")
_TYPE_AND_PLACE = re.compile(r"[A-Za-z_]\w*( at [\w<>]+:\d+)?")
_PLACE = re.compile(r"\{(\w+)\}")
_RADIOS = ("os", "virtual", "bumble", "virtual+bumble", "serial", "network", "virtual-network")


def number(value: Any, names: Placeholders) -> Any:
    """A number, a truth, or nothing."""
    return value if isinstance(value, int | float) else None


def _matching(pattern: re.Pattern[str]) -> Form:
    def form(value: Any, names: Placeholders) -> Any:
        return value if isinstance(value, str) and pattern.fullmatch(value) else None

    return form


moment = _matching(_MOMENT)
word = _matching(_WORD)
"""One of our own words (a step, a protocol, a state): never for a value that others chose."""
run_id = _matching(_RUN)
tls = _matching(_TLS)


def product(value: Any, names: Placeholders) -> Any:
    """What a manufacturer calls a model or a version, without what stands for a person in it.

    It may have stand-ins already: a report is read by the same forms by which it was written.
    """
    if not isinstance(value, str) or not _PRODUCT.fullmatch(_STAND_IN.sub("0", value)):
        return None
    return names.without_them(value)


def called(kind: str) -> Form:
    """A stand-in: "<serial 1>"."""

    def form(value: Any, names: Placeholders) -> Any:
        return names.of(kind, value) if isinstance(value, str) and value else None

    return form


def radio(value: Any, names: Placeholders) -> Any:
    """The kinds of the radios, without ports and addresses."""
    return radio_kinds(str(value)) or None


def radio_kinds(spec: str) -> str:
    """ "virtual+bumble" of "virtual+bumble:tcp-client:127.0.0.1:6402"; "" for radios that are not ours."""
    heads = [part.partition(":")[0].strip() for part in spec.split(",")]
    return ",".join(dict.fromkeys(head for head in heads if head in _RADIOS))


def fields(forms: Mapping[str, Form]) -> Form:
    """A mapping with these fields. Others are left out, whatever they are."""

    def form(value: Any, names: Placeholders) -> Any:
        if not isinstance(value, dict):
            return None
        return {name: each(value[name], names) for name, each in forms.items() if name in value}

    return form


def link(value: Any, names: Placeholders) -> Any:
    """What a link did: kinds, numbers and results, and its characteristics by number."""
    try:
        (trace,) = read_traces([value])
    except (ValueError, TypeError):
        return None
    told = replace(trace, said=()).as_json()
    for operation in told["operations"]:
        operation[1] = names.of("characteristic", operation[1])
        operation[5] = word(operation[5], names)
    return told


def every(inner: Form) -> Form:
    """A list of such values."""

    def form(value: Any, names: Placeholders) -> Any:
        return [inner(each, names) for each in value] if isinstance(value, list) else None

    return form


# Facts of sentences that are not numbers. One that is not named here is a stand-in too, by its own name.
_FACTS: Mapping[str, Form] = {
    "firmware": product,
    "version": product,
    "address": called("address"),
    "device": called("device"),
    "endpoint": called("endpoint"),
    "name": called("name"),
    "network": called("network"),
    "serial": called("serial"),
}


def sentence(value: Any, names: Placeholders) -> Any:
    """A kept `Text`: its template is a literal of ours, its facts come from anywhere."""
    if not isinstance(value, dict) or not isinstance(value.get("template"), str):
        return None
    facts = value.get("facts")
    given = facts if isinstance(facts, dict) else {}
    return {"template": value["template"], "facts": {name: _fact(name, given[name], names) for name in given}}


def _fact(name: str, value: Any, names: Placeholders) -> Any:
    if isinstance(value, int | float):
        return value
    kept = _FACTS.get(name, called(name))(value, names)
    return f"<{name}>" if kept is None else kept


def error_code(value: Any, names: Placeholders) -> Any:
    """A code of the error tree."""
    return value if isinstance(value, str) and value in errors_by_code() else None


def error(value: Any, names: Placeholders) -> Any:
    """An error as its class has it: the places of its sentences are named, not filled."""
    if not isinstance(value, dict):
        return None
    leaf = errors_by_code().get(str(value.get("code")))
    return {
        "code": leaf.code if leaf else None,
        "title": empty(leaf.title) if leaf else None,
        "advice": empty(leaf.advice) if leaf else None,
        "step": word(value.get("step"), names),
        "retryable": leaf.retryable if leaf else None,
        "detail": detail(leaf.code, value.get("detail")) if leaf else None,
    }


def empty(template: str) -> str:
    """A template with its places named: "The radio “<spec>” can't be opened"."""
    return _PLACE.sub(r"<\1>", template)


def without_places(template: str) -> str:
    """A template of many runs, which fill its places differently: "The radio “…” can't be opened"."""
    return _PLACE.sub("…", template)


def detail(code: str, said: Any) -> str | None:
    """An error's detail, if all it says is the type of an exception (and where, for unforeseen ones)."""
    if not isinstance(said, str):
        return None
    if code == CompanionError.code:
        # Made of type and place alone, wherever it is raised: the message may hold a secret.
        return said if _TYPE_AND_PLACE.fullmatch(said) else None
    known = getattr(builtins, said, None)
    is_ours = said in {leaf.__name__ for leaf in _leaves(CompanionError)}
    return said if is_ours or (isinstance(known, type) and issubclass(known, BaseException)) else None


def _leaves(family: type[CompanionError]) -> Iterator[type[CompanionError]]:
    yield family
    for inner in family.__subclasses__():
        yield from _leaves(inner)


def errors_by_code() -> dict[str, type[CompanionError]]:
    """The error of each code."""
    # A family shares the code of its general leaf; the first to have a code is the one that defined it.
    found: dict[str, type[CompanionError]] = {}
    for leaf in _leaves(CompanionError):
        found.setdefault(leaf.code, leaf)
    return found

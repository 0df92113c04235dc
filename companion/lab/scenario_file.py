"""A scenario as a TOML file: read with every mistake named, and written so that it is read the same."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from companion.errors import ScenarioInvalid
from companion.files import MAX_SMALL_FILE, read_named
from companion.lab.faults import AMOUNTS, LabFault
from companion.lab.scenario import Button, LabDevice, Scenario, checked
from companion.lab.source import Source
from companion.plain_text import plain
from companion.secret import Secret

T = TypeVar("T")

_SCENARIO = ("name", "seed", "run", "device")
_RUN = ("runs", "at-a-time", "stop-at-first-failure", "timeout", "accept-risks")
_DEVICE = (
    "name",
    "protocol",
    "code",
    "signal",
    "copies",
    "button",
    "method",
    "from",
    "on",
    "faults",
    "native-faults",
)


def read(path: Path) -> Scenario:
    """The scenario of a file. Raises ScenarioInvalid, FileMissing, FileUnreadable."""
    return parse(read_named(MAX_SMALL_FILE, path))


def parse(content: bytes) -> Scenario:
    """The scenario of a file's content. Raises ScenarioInvalid."""
    if len(content) > MAX_SMALL_FILE:
        raise ScenarioInvalid("too long")
    try:
        document = tomllib.loads(content.decode())
    except tomllib.TOMLDecodeError as error:
        # Its words may quote the file, and with it a code.
        where = str(error).rpartition("(")[2].rstrip(")")
        raise ScenarioInvalid(f"not TOML: {where}") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise ScenarioInvalid(f"not TOML: {type(error).__name__}") from None
    _only(document, _SCENARIO, "")
    run = _value(document, "run", dict, {}, "")
    _only(run, _RUN, "run: ")
    devices = _value(document, "device", list, [], "")
    return checked(
        Scenario(
            name=_value(document, "name", str, "", ""),
            devices=tuple(_device(each, number) for number, each in enumerate(devices, start=1)),
            seed=_value(document, "seed", int, 1, ""),
            runs=_value(run, "runs", int, 1, "run: "),
            at_a_time=_value(run, "at-a-time", int, 1, "run: "),
            stop_at_failure=_value(run, "stop-at-first-failure", bool, False, "run: "),
            timeout=float(_value(run, "timeout", (int, float), 30.0, "run: ")),
            accept_risks=_value(run, "accept-risks", bool, True, "run: "),
        )
    )


def written(scenario: Scenario) -> str:
    """The file of a scenario."""
    return "\n".join(_lines(scenario)) + "\n"


def _device(entry: object, number: int) -> LabDevice:
    where = f"device {number}: "
    if not isinstance(entry, dict):
        raise ScenarioInvalid(f"{where}not a table")
    _only(entry, _DEVICE, where)
    code = _value(entry, "code", str, "", where)
    button = _value(entry, "button", str, Button.MATCH.value, where)
    source = _value(entry, "from", str, Source.LABEL.value, where)
    native = _value(entry, "native-faults", list, [], where)
    if button not in set(Button):
        raise ScenarioInvalid(f"{where}button: one of {', '.join(Button)}")
    if source not in set(Source):
        raise ScenarioInvalid(f"{where}from: one of {', '.join(Source)}")
    if not all(isinstance(text, str) for text in native):
        raise ScenarioInvalid(f"{where}native-faults: a list of texts")
    return LabDevice(
        name=_value(entry, "name", str, "", where),
        protocol=_value(entry, "protocol", str, "", where),
        code=Secret(code) if code else None,
        signal=_value(entry, "signal", int, LabDevice.signal, where),
        copies=_value(entry, "copies", int, 1, where),
        faults=_faults(_value(entry, "faults", dict, {}, where), where),
        native=tuple(native),
        button=Button(button),
        method=_value(entry, "method", str, "", where),
        source=Source(source),
        is_on=_value(entry, "on", bool, True, where),
    )


def _faults(entry: Mapping[str, object], where: str) -> dict[LabFault, int]:
    faults = {}
    for name, amount in entry.items():
        if name not in set(LabFault):
            raise ScenarioInvalid(f"{where}unknown fault “{plain(name)}”; known: {', '.join(LabFault)}")
        fault = LabFault(name)
        if fault in AMOUNTS:
            if not isinstance(amount, int) or isinstance(amount, bool):
                raise ScenarioInvalid(f"{where}fault “{fault}” needs a whole number")
            faults[fault] = amount
        elif not isinstance(amount, bool):
            raise ScenarioInvalid(f"{where}fault “{fault}” is true or false")
        elif amount:
            faults[fault] = 1
    return faults


def _value(
    table: Mapping[str, Any], name: str, kind: type[T] | tuple[type[T], ...], usual: T, where: str
) -> T:
    """An entry of this type, or the usual one. Raises ScenarioInvalid."""
    value = table.get(name, usual)
    kinds = kind if isinstance(kind, tuple) else (kind,)
    # In Python, true is a number.
    if not isinstance(value, kind) or (isinstance(value, bool) and bool not in kinds):
        words = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
        raise ScenarioInvalid(f"{where}{name}: {words.get(kinds[-1], 'a table')}")
    return value


def _only(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in table:
        if name not in known:
            raise ScenarioInvalid(f"{where}unknown entry “{plain(name)}”; known: {', '.join(known)}")


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"name = {_text(scenario.name)}"
    yield f"seed = {scenario.seed}"
    yield ""
    yield "[run]"
    yield f"runs = {scenario.runs}"
    yield f"at-a-time = {scenario.at_a_time}"
    yield f"stop-at-first-failure = {_truth(scenario.stop_at_failure)}"
    yield f"timeout = {scenario.timeout:g}"
    yield f"accept-risks = {_truth(scenario.accept_risks)}"
    for device in scenario.devices:
        yield ""
        yield "[[device]]"
        yield f"name = {_text(device.name)}"
        if device.code is not None:
            yield f"code = {_text(device.code.reveal_text())}"
        else:
            yield f"protocol = {_text(device.protocol)}"
            yield f"signal = {device.signal}"
            yield f"copies = {device.copies}"
        yield f"button = {_text(device.button.value)}"
        if device.method:
            yield f"method = {_text(device.method)}"
        if device.source is not Source.LABEL:
            yield f"from = {_text(device.source.value)}"
        if not device.is_on:
            yield "on = false"
        if device.native:
            yield f"native-faults = [{', '.join(map(_text, device.native))}]"
        if device.faults:
            yield "[device.faults]"
            for fault, amount in device.faults.items():
                yield f"{fault.value} = {amount if fault in AMOUNTS else 'true'}"


def _text(value: str) -> str:
    """A basic string: JSON's escapes are TOML's, for what a scenario may hold."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _truth(value: bool) -> str:
    return "true" if value else "false"

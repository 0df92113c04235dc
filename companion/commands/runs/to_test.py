"""`companion runs to-test`: a pytest file in which a run's links are played to the protocol's code."""

from __future__ import annotations

from pathlib import Path

from companion.commands.terminal import streams
from companion.errors import FileUnwritable, NothingRecorded
from companion.files import replace_durably, unwritable
from companion.link_trace import LinkTrace, read_traces
from companion.plain_text import plain
from companion.protocols import installed
from companion.registry.records import RunRecord

TEMPLATE = '''"""Run {run} ended in {ending}. Its links as a test, written by `companion runs to-test`.

A virtual {title} device loses, refuses and ignores what the real one did, at the same operations{says}.
The test fails until such a run ends well. Run it with `pytest`; it needs `companion[test]`.
"""

from companion.protocols import Order
from companion.testing.recorded_link import only, play

LINKS = {links}


def test_run_{run}(virtual_device, commission, companion_network):
    device = virtual_device({protocol!r})
    play(device, LINKS)
    order = Order(wifi=companion_network, accept_risks={accepts})
    outcome = commission(device, order=order, answers=only(device, companion_network))
    assert outcome.error is None, outcome.error
'''


CAPTURE = ".btsnoop"


def from_capture(capture: Path, protocol: str, file: Path, *, as_json: bool, force: bool) -> int:
    """Write the test of a btsnoop file. Raises NothingRecorded, and as reading and writing files does."""
    text = _test(_captured(capture, protocol), protocol, capture.stem, capture.name, accepts=True)
    return _write(text, capture.name, file, as_json=as_json, force=force)


def run(
    chosen: RunRecord, file: Path, *, capture: Path | None = None, as_json: bool, force: bool = False
) -> int:
    """Write the test of a run; capture: of its traffic, which also tells what its device said in clear.

    Raises NothingRecorded, FileUnwritable, and as `from_capture` does.
    """
    return _write(as_test(chosen, capture), chosen.id, file, as_json=as_json, force=force)


def _captured(capture: Path, protocol: str) -> tuple[LinkTrace, ...]:
    from companion.testing.btsnoop import read_btsnoop

    declaration = installed().protocols.get(protocol)
    return read_btsnoop(capture, declaration.clear() if declaration is not None else ())


def _write(text: str, source: str, file: Path, *, as_json: bool, force: bool) -> int:
    if file.exists() and not force:
        raise FileUnwritable("it exists already", file=file.name)
    try:
        replace_durably(file, text.encode())
    except OSError as error:
        raise unwritable(file, error) from error
    if as_json:
        streams.print_json({"run": source, "test": str(file)})
    else:
        streams.print_line(f"Written: {file}. Run it with `pytest {file}`.")
    return 0


def as_test(chosen: RunRecord, capture: Path | None = None) -> str:
    """The test of a run. Raises NothingRecorded, and as reading files does."""
    accepts = any(event.kind == "asked_risk" for event in chosen.events)
    ending = chosen.error_code or chosen.ending
    protocol = chosen.protocol or ""
    links = _links(chosen) if capture is None else _captured(capture, protocol)
    return _test(links, protocol, chosen.id, ending, accepts=accepts)


def _test(links: tuple[LinkTrace, ...], protocol: str, source: str, ending: str, *, accepts: bool) -> str:
    declaration = installed().protocols.get(protocol)
    if not any(link.operations for link in links) or declaration is None or declaration.virtual is None:
        raise NothingRecorded(f"{source}, protocol “{plain(protocol)}”")
    return TEMPLATE.format(
        run="".join(each for each in source if each.isascii() and each.isalnum()),
        ending="".join(each for each in ending if each.isascii() and (each.isalnum() or each in "-._ ")),
        title=declaration.title,
        says=", and says in clear\nwhat that one said, such as its name or its address"
        if _speaks(links)
        else "",
        links=_literal(links),
        protocol=protocol,
        accepts=accepts,
    )


def _speaks(links: tuple[LinkTrace, ...]) -> bool:
    return any(link.said for link in links)


def _links(chosen: RunRecord) -> tuple[LinkTrace, ...]:
    for event in chosen.events:
        if event.kind == "counted":
            try:
                return read_traces(event.facts.get("links", ()))
            except (ValueError, TypeError):
                return ()
    return ()


def _literal(links: tuple[LinkTrace, ...]) -> str:
    """The links as Python, a line an operation."""
    lines = ["["]
    for link in links:
        told = link.as_json()
        lines.append(f'    {{"lost": {told["lost"]!r}, "seconds": {told["seconds"]!r}, "operations": [')
        lines += [f"        {tuple(operation)!r}," for operation in told["operations"]]
        lines.append("    ]" + ("," if link.said else "},"))
        if link.said:
            lines.append('     "said": [')
            lines += [f"        {tuple(said)!r}," for said in told["said"]]
            lines.append("    ]},")
    return "\n".join((*lines, "]"))

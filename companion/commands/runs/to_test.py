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

A virtual {title} device loses, refuses and ignores what the real one did, at the same operations. The test
fails until such a run ends well. Run it with `pytest`; it needs `companion[test]`.
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


def run(chosen: RunRecord, file: Path, *, as_json: bool, force: bool = False) -> int:
    """Write the file. Raises NothingRecorded, FileUnwritable."""
    if file.exists() and not force:
        raise FileUnwritable("it exists already", file=file.name)
    text = as_test(chosen)
    try:
        replace_durably(file, text.encode())
    except OSError as error:
        raise unwritable(file, error) from error
    if as_json:
        streams.print_json({"run": chosen.id, "test": str(file)})
    else:
        streams.print_line(f"Written: {file}. Run it with `pytest {file}`.")
    return 0


def as_test(chosen: RunRecord) -> str:
    """The test of a run. Raises NothingRecorded."""
    links, protocol = _links(chosen), chosen.protocol or ""
    declaration = installed().protocols.get(protocol)
    if not any(link.operations for link in links) or declaration is None or declaration.virtual is None:
        raise NothingRecorded(f"run {chosen.id}")
    return TEMPLATE.format(
        run="".join(character for character in chosen.id if character.isalnum()),
        ending=plain(chosen.error_code or chosen.ending),
        title=declaration.title,
        links=_literal(links),
        protocol=protocol,
        accepts=any(event.kind == "asked_risk" for event in chosen.events),
    )


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
        lines.append("    ]},")
    return "\n".join((*lines, "]"))

"""`companion runs to-test`: a pytest file in which a run's links are played to the protocol's code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from companion.commands.terminal import streams
from companion.errors import FileUnwritable, NothingRecorded
from companion.files import replace_named
from companion.link_trace import Clear, LinkTrace, read_traces
from companion.plain_text import plain
from companion.protocols import installed
from companion.radio.capture import recording_of
from companion.registry.records import RunRecord

TEMPLATE = '''"""Run {run} ended in {ending}. Its links as a test, written by `companion runs to-test`.

A virtual {title} device loses, refuses and ignores what the real one did, at the same operations{says}.
{limits}The test fails until such a run ends well. Run it with `pytest`; it needs `companion[test]`.
"""

from companion.protocols import Order
from companion.testing.recorded_link import only, play

LINKS = {links}


def test_run_{run}(virtual_device, commission, companion_network):
    device = virtual_device({device})
    play(device, LINKS)
    order = Order(wifi=companion_network, accept_risks={accepts})
    outcome = commission(device, order=order, answers=only(device, companion_network))
    assert outcome.error is None, outcome.error
'''


CAPTURE = ".btsnoop"
LIMITS = """What its session encrypted is not played: it belongs to keys that no recording has.
"""


@dataclass(frozen=True)
class Played:
    """What a test plays. clear: what of it the device says again, None: nothing was recorded but the ends of
    operations"""

    links: tuple[LinkTrace, ...]
    clear: Clear | None = None

    @property
    def summary(self) -> str:
        """In a sentence."""
        operations = sum(len(link.operations) for link in self.links)
        said = sum(len(link.said) for link in self.links)
        ends = f"It plays how {operations} operations ended"
        if self.clear is None:
            return f"{ends}. Their octets were not recorded."
        ends = f"{ends}, and {said} values that the device said in clear"
        if self.clear.sessions:
            return (
                f"{ends}. What its session encrypted is not played: it belongs to keys that no recording has."
            )
        return f"{ends}, which is all that it said."


def from_capture(capture: Path, protocol: str, file: Path, *, as_json: bool, force: bool) -> int:
    """Write the test of a btsnoop file. Raises NothingRecorded, and as reading and writing files does."""
    played = _captured(capture, protocol)
    text = _test(played, protocol, capture.stem, capture.name, accepts=True)
    return _write(text, played, capture.name, file, as_json=as_json, force=force)


def run(
    chosen: RunRecord, file: Path, *, capture: Path | None = None, as_json: bool, force: bool = False
) -> int:
    """Write the test of a run; capture: of its traffic, which also tells what its device said in clear.

    Raises NothingRecorded, FileUnwritable, and as `from_capture` does.
    """
    protocol = chosen.protocol or ""
    played = Played(_links(chosen)) if capture is None else _captured(capture, protocol)
    accepts = any(event.kind == "asked_risk" for event in chosen.events)
    text = _test(played, protocol, chosen.id, chosen.error_code or chosen.ending, accepts=accepts)
    return _write(text, played, chosen.id, file, as_json=as_json, force=force)


def kept_capture(chosen: RunRecord, folder: Path) -> Path | None:
    """What was recorded of a run, if it is still in its data folder."""
    names = [str(event.facts.get("file", "")) for event in chosen.events if event.kind == "captured"]
    return recording_of(folder, names[0]) if names else None


def _captured(capture: Path, protocol: str) -> Played:
    from companion.testing.btsnoop import read_btsnoop, read_values

    declaration = installed().protocols.get(protocol)
    if declaration is None:
        return Played(read_btsnoop(capture))
    clear = declaration.clear(
        [(each.uuid, each.octets) for each in read_values(capture) if not each.to_device]
    )
    return Played(read_btsnoop(capture, clear.characteristics), clear)


def _write(text: str, played: Played, source: str, file: Path, *, as_json: bool, force: bool) -> int:
    if file.exists() and not force:
        raise FileUnwritable("it exists already", file=file.name)
    replace_named(file, text.encode())
    if as_json:
        streams.print_json({"run": source, "test": str(file), "plays": played.summary})
    else:
        streams.print_line(f"Written: {file}. Run it with `pytest {file}`.")
        streams.print_line(played.summary)
    return 0


def _test(played: Played, protocol: str, source: str, ending: str, *, accepts: bool) -> str:
    links, clear = played.links, played.clear or Clear()
    declaration = installed().protocols.get(protocol)
    if not any(link.operations for link in links) or declaration is None or declaration.virtual is None:
        raise NothingRecorded(f"{source}, protocol “{plain(protocol)}”")
    says = any(link.said for link in links)
    return TEMPLATE.format(
        run="".join(each for each in source if each.isascii() and each.isalnum()),
        ending="".join(each for each in ending if each.isascii() and (each.isalnum() or each in "-._ ")),
        title=declaration.title,
        says=", and says in clear\nwhat that one said, such as its name or its address" if says else "",
        limits=LIMITS if says and clear.sessions else "",
        links=_literal(links),
        device=", ".join(repr(each) for each in (protocol, *clear.faults)),
        accepts=accepts,
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
        lines.append("    ]" + ("," if link.said else "},"))
        if link.said:
            lines.append('     "said": [')
            lines += [f"        {tuple(said)!r}," for said in told["said"]]
            lines.append("    ]},")
    return "\n".join((*lines, "]"))

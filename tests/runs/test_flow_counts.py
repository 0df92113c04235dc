"""What the bench's table of flows counts, on the two that take the least."""

from __future__ import annotations

from dataclasses import replace

from tests.bench.flows import FLOWS, IMPROV, Flow, smp, smp_of_others, table

OCTETS = 3000


def test_each_flow_has_a_line_with_both_clients() -> None:
    pushed = Flow("push", smp(OCTETS), "smpclient", smp_of_others(OCTETS))
    alone = replace(pushed, client="matter.js", missing=lambda: "Node is missing")
    _, head, *lines = table([IMPROV, pushed, alone])
    assert head.count("octets") == 2 and len(lines) == 3
    name, *figures = lines[0].split()
    ours, octets, _, _, client, theirs, their_octets, *_ = figures
    assert (name, client) == ("Improv", "py-improv-ble-client")
    # Each command is a write and a notification, whoever sends it.
    assert 10 <= int(ours) <= 20 and 10 <= int(theirs) <= 20
    assert min(int(octets), int(their_octets)) > 90
    words = lines[1].split()
    assert min(int(words[2]), int(words[7])) > OCTETS
    assert lines[2].endswith("matter.js: Node is missing")
    assert len({flow.name for flow in FLOWS}) == 9

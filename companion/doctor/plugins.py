"""Protocols that other distributions bring: which there are, and which can't be used."""

from __future__ import annotations

from collections.abc import Iterator

from companion.doctor.checks import Check, CheckName, CheckState
from companion.model import Text
from companion.protocols import installed
from companion.protocols.discovery import examine as broken_plugins


def examine() -> Iterator[Check]:
    """One finding for each plug-in; none on a computer without plug-ins."""
    broken = broken_plugins()
    left_out = {plugin.name for plugin in broken}
    for name, distribution in installed().foreign.items():
        if name not in left_out:
            title = installed().protocols[name].title
            facts = {"title": title, "distribution": distribution}
            yield Check(CheckName.PLUGIN, CheckState.GOOD, Text("{title}, from {distribution}", facts))
    for plugin in broken:
        yield Check(
            CheckName.PLUGIN,
            CheckState.LACKING,
            Text(
                "Protocol plug-in {name} from {distribution} can't be used ({reason})",
                {"name": plugin.name, "distribution": plugin.distribution, "reason": plugin.reason},
            ),
            remedy=Text("Update or uninstall {distribution}", {"distribution": plugin.distribution}),
        )

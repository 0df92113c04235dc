"""What nobody is told when a team's server does not answer: pages ask by themselves, and say so above their
lists. What a user did is told as any other error.
"""

from __future__ import annotations

from companion.errors import CompanionError
from companion.errors.registry import (
    RegistryAbsent,
    RegistryDriverMissing,
    RegistryLoginRejected,
    RegistryUnreachable,
)
from ui.engine.commands import Command

_ERRORS = (RegistryAbsent, RegistryDriverMissing, RegistryLoginRejected, RegistryUnreachable)


def is_shown_already(command: Command, error: CompanionError) -> bool:
    """True if the command only asks for what a page shows, and a team's server is why it can't."""
    from ui.engine import activity, alerts, inventory
    from ui.engine.commands import AskFirstUse, ListDevices, ListRuns, ListUnfinished, OpenRun, ReadPage
    from ui.engine.delegation_messages import ListGrants
    from ui.engine.fabrics import ListFabrics
    from ui.engine.find import Find
    from ui.engine.firmware import ListRules
    from ui.engine.log import AskLog
    from ui.engine.upkeep import AskRetention

    asks = (
        *(AskFirstUse, ListDevices, ListRuns, ListUnfinished, OpenRun, ReadPage),
        *(activity.CountFailures, activity.CountValues, activity.CompareRuns),
        *(alerts.AskAlerts, alerts.AskRuns, inventory.AskTags, inventory.ReadKeys),
        *(ListGrants, ListFabrics, ListRules, Find, AskLog, AskRetention),
    )
    return isinstance(error, _ERRORS) and isinstance(command, asks)

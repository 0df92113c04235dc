"""What keys and records alone can answer, without a device or a radio: trust, proofs, log, grants, alerts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ui.engine import (
    alerts,
    clouds,
    delegation,
    evaluation,
    fabrics,
    firmware,
    log,
    network_check,
    ownership,
    trust,
    upkeep,
    vouchers,
)
from ui.engine.alerts import AnswerAlert, AskAlerts, AskRuns, SetBudget, StopDelegate
from ui.engine.delegation_messages import GrantCommand, ListGrants
from ui.engine.evaluation import EvaluateDevice, ListWays
from ui.engine.fabrics import FabricCommand, ListFabrics
from ui.engine.log import AskLog, CheckLog
from ui.engine.ownership_messages import ImportTrust
from ui.engine.trust import CheckTrust, ExportProof

if TYPE_CHECKING:
    from companion.services import Services

_OnThread = (
    ImportTrust
    | CheckTrust
    | ExportProof
    | EvaluateDevice
    | ListWays
    | AskLog
    | CheckLog
    | ListGrants
    | GrantCommand
    | ListFabrics
    | FabricCommand
    | clouds.CloudCommand
    | clouds.CloudKeysCommand
    | alerts.AlertCommand
    | upkeep.UpkeepCommand
    | firmware.FirmwareCommand
    | vouchers.VoucherCommand
)
OfflineCommand = _OnThread | network_check.NetworkCommand


_READING = (
    AskLog,
    EvaluateDevice,
    ListWays,
    ListGrants,
    ListFabrics,
    clouds.CloudCommand,
    AskAlerts,
    AskRuns,
    AnswerAlert,
    SetBudget,
    upkeep.UpkeepCommand,
    firmware.FirmwareCommand,
    vouchers.VoucherCommand,
)


async def obey(command: OfflineCommand, services: Services) -> object:
    """The answer. Raises StorageError, RecordMissing, and what opening the keys raises."""
    if isinstance(command, _READING):
        # Whoever looks at a list, or says what was planned, is asked for no passphrase.
        await asyncio.to_thread(services.open_registry)
    else:
        await open_records(services)
    if isinstance(command, network_check.NetworkCommand):
        return await network_check.obey(command, services)
    return await asyncio.to_thread(_answer, command, services)


async def open_records(services: Services) -> None:
    """Identity and registry. A key store may block and a folder may be migrated: on threads."""
    await asyncio.to_thread(services.open_identity)
    await asyncio.to_thread(services.open_registry)


def _answer(command: _OnThread, services: Services) -> object:
    match command:
        case ImportTrust():
            return ownership.import_trust(command, services)
        case CheckTrust() | ExportProof():
            return trust.obey(command, services)
        case EvaluateDevice() | ListWays():
            return evaluation.obey(command, services)
        case AskLog() | CheckLog():
            return log.obey(command, services)
        case AskAlerts() | AskRuns() | AnswerAlert() | SetBudget() | StopDelegate():
            return alerts.obey(command, services)
        case upkeep.AskRetention() | upkeep.KeepRuns() | upkeep.MakeBundle():
            return upkeep.obey(command, services)
        case vouchers.ReadVoucher() | vouchers.FindVoucher() | vouchers.WriteNote():
            return vouchers.obey(command, services)
        case ListFabrics() | FabricCommand():
            return fabrics.obey(command, services)
        case firmware.FirmwareCommand():
            return firmware.obey(command, services)
        case clouds.ListClouds() | clouds.UseCloud() | clouds.ImportCloud() | clouds.MakeCloud():
            return clouds.obey(command, services)
        case clouds.CheckCloud() | clouds.KeepCloudLogin():
            return clouds.obey_with_keys(command, services)
        case ListGrants():
            return delegation.list_grants(services)
        case _:
            return delegation.obey(command, services)

"""How a device says it is, in facts and in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from companion.administration import DeviceStatus, Medium, NetworkStatus
from ui.present import times
from ui.present.texts import translated
from ui.present.units import dbm


def facts(status: DeviceStatus) -> tuple[tuple[str, str], ...]:
    """What it said, for its page; what it did not say is left out."""
    told = [
        (_("State"), {True: _("On"), False: _("Off"), None: ""}[status.is_on]),
        (_("Running"), _running(status)),
        (_("Restarts"), "" if status.starts is None else str(status.starts)),
        (_("Connection"), _connection(status.network) if status.network is not None else ""),
        *((_("Fault"), translated(each)) for each in status.faults),
        (_("Shared"), _("Another app can join") if status.is_shared else ""),
    ]
    return tuple((label, value) for label, value in told if value)


def sentence(status: DeviceStatus) -> str:
    """The same in a line, but for the restarts: without its label a number says nothing."""
    parts = [value for _label, value in facts(replace(status, starts=None))]
    if not status.faults and status.uptime is not None:
        parts.append(_("no faults reported"))
    return " · ".join(parts) or _("The device answers.")


def _running(status: DeviceStatus) -> str:
    if status.uptime is None:
        return ""
    return times.ago(timedelta(seconds=status.uptime)) or _("less than a minute")


def _connection(network: NetworkStatus) -> str:
    kind = {Medium.WIFI: _("Wi-Fi"), Medium.THREAD: _("Thread"), Medium.ETHERNET: _("Ethernet")}
    parts = [kind[network.medium]]
    if network.rssi is not None:
        parts.append(dbm(network.rssi))
    if network.role is not None:
        parts.append(_role(network.role))
    if network.rate is not None:
        parts.append(_("{count} Mbit/s").format(count=network.rate))
    return ", ".join(parts)


def _role(role: str) -> str:
    """A device's part in its Thread network; one that is not known is shown as it is called."""
    return {
        "leader": _("leader"),
        "router": _("router"),
        "end-device": _("end device"),
        "sleepy-end-device": _("sleeping end device"),
        "reed": _("end device that can be a router"),
        "unassigned": _("not attached"),
    }.get(role, role)


def _(words: str) -> str:
    return QCoreApplication.translate("administration", words)

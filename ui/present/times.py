"""When something was, in the user's language: how long ago, a date, a day with its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def ago(span: timedelta) -> str:
    """ "4 min", "2 h", "3 days"; "" for less than a minute."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return ""
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _("{count} h").format(count=minutes // 60)
    return _("{count} days").format(count=minutes // (24 * 60))


def date(when: datetime) -> str:
    local = when.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")


def when(started: datetime, now: datetime) -> str:
    """ "Today 21:14", "Yesterday 09:02", or the date."""
    local, today = started.astimezone(), now.astimezone().date()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    if local.date() == today:
        return _("Today {time}").format(time=time)
    if local.date() == today - timedelta(days=1):
        return _("Yesterday {time}").format(time=time)
    return f"{date(started)} {time}"


def until(end: datetime, now: datetime) -> str:
    """A moment to come: the time alone if it is today."""
    local = end.astimezone()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return time if local.date() == now.astimezone().date() else f"{date(end)} {time}"


def _(words: str) -> str:
    return QCoreApplication.translate("records", words)

"""X: ended by the user, or not begun for the words of the command."""

from __future__ import annotations

from companion.errors.base import CompanionError


class Cancelled(CompanionError):
    """The user ended the run; the device was told where that was possible."""

    code = "X-100"
    title = "Cancelled"
    advice = "Start again when you are ready."
    exit_status = 130


class CommandUnusable(CompanionError):
    """The words of a command don't go together, or name what is not there; the detail says which."""

    code = "X-101"
    title = "The command can't be run as it was given"
    advice = "The detail says why. --help of the command lists what it takes."
    retryable = False
    exit_status = 2

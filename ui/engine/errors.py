"""Errors that nobody expected, as errors of our tree: nothing is lost, and no secret is repeated."""

from __future__ import annotations

import logging
import traceback

from companion.errors import CompanionError

log = logging.getLogger(__name__)


def as_companion_error(error: Exception) -> CompanionError:
    """An error of our tree; a stranger is named by type and place, for its message may hold a secret."""
    if isinstance(error, CompanionError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    detail = f"{type(error).__name__}{place}"
    log.error("an error that nobody expected: %s", detail)
    return CompanionError(detail)

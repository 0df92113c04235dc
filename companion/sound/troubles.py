"""Why a sound was not read, as the error that says it."""

from __future__ import annotations

from collections.abc import Mapping

from companion.errors.sound import (
    MicrophoneMuted,
    SeveralSounds,
    SoundClipped,
    SoundDrowned,
    SoundNoisy,
    SoundUnclear,
    SoundUnread,
)
from companion.sound.reader import SoundState, SoundView

_ERRORS: Mapping[SoundState, type[SoundUnread]] = {
    SoundState.SILENT: MicrophoneMuted,
    SoundState.CLIPPED: SoundClipped,
    SoundState.UNCLEAR: SoundUnclear,
    SoundState.NOISY: SoundNoisy,
    SoundState.OTHER_SOUNDS: SoundDrowned,
    SoundState.SEVERAL: SeveralSounds,
}


def unread(view: SoundView | None) -> SoundUnread:
    """The error for what was heard last; None: nothing was heard at all."""
    state = view.state if view is not None else SoundState.LISTENING
    return _ERRORS.get(state, SoundUnread)(state.value)

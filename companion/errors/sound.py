"""C-160 to C-169: devices that chirp, microphones and recordings."""

from __future__ import annotations

from companion.errors.setup_code import SetupCodeError


class SoundUnread(SetupCodeError):
    """No device was heard; the detail says how far it got. Its leaves say what was heard instead."""

    code = "C-160"
    title = "The device was not heard"
    advice = "Hold it close to the microphone, and start its sound again."


class MicrophoneUnavailable(SetupCodeError):
    code = "C-161"
    title = "No sound from the microphone"
    advice = "Connect one, close other programs that use it, or use the code on the label."


class MicrophoneMuted(SoundUnread):
    """Nothing but silence came: it is muted, or the system gives silence to programs without permission."""

    code = "C-162"
    title = "The microphone is muted"
    advice = (
        "Switch it on, raise its level, and let Companion use it in the system's privacy settings. "
        "Then start the device's sound again."
    )


class SoundClipped(SoundUnread):
    code = "C-163"
    title = "The sound is too loud for the microphone"
    advice = "Move the device away from it, or lower its level. Then start the device's sound again."


class SoundNoisy(SoundUnread):
    code = "C-164"
    title = "It is too noisy to hear the device"
    advice = "Hold it closer to the microphone, or go where it is quieter. Then start its sound again."


class SoundDrowned(SoundUnread):
    code = "C-165"
    title = "Music or voices are heard, but no device"
    advice = "Make it quiet, hold the device close to the microphone, and start its sound again."


class SoundUnclear(SoundUnread):
    """A frame began, and what followed did not check."""

    code = "C-166"
    title = "The device was heard, but not clearly"
    advice = (
        "Hold it closer to the microphone, away from bare walls and other sounds, and start its sound again."
    )


class SeveralSounds(SoundUnread):
    """Two devices chirp different secrets; one of them may be an attacker's."""

    code = "C-167"
    title = "Several devices send a secret by sound"
    advice = "Let only one of them sound, then try again."


class SoundLibraryMissing(SetupCodeError):
    """The library for microphones, or PortAudio below it, is not installed."""

    code = "C-168"
    title = "Microphone support is not installed"
    advice = (
        "Install it with `pip install 'companion[sound]'`, on Debian and Ubuntu also `sudo apt install "
        "libportaudio2`. A recording works without it: `--wav FILE`."
    )
    retryable = False


class RecordingRefused(SetupCodeError):
    """No WAV file, or one of a form that is not read."""

    code = "C-169"
    title = "Can't open the file as a recording"
    advice = "Use a WAV file (PCM) with 12 to 192 kHz. Only its first ten minutes are heard."
    retryable = False

"""What comes over another channel than the radio: `--from light | nfc | sound`, and its recordings."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.arguments.light_source import read_light_of
from companion.commands.arguments.sound_source import read_sound_of
from companion.model import ShownBy
from companion.secret import Secret


def add_channel(parser: argparse.ArgumentParser) -> None:
    """`--from light | nfc | sound`, `--video FILE` and `--wav FILE`."""
    parser.add_argument(
        "--from",
        dest="channel",
        choices=("light", "nfc", "sound"),
        help="nfc: read the setup code from a tag at an NFC reader. light, sound: read a fresh secret that "
        "the device shows by its blinking LED, before the camera, or by its sound, at the microphone; with a "
        "setup code, the device must be the code's; without one, whoever sees or hears it can impersonate it",
    )
    parser.add_argument("--video", type=Path, metavar="FILE", help="with --from light: a video of the light")
    parser.add_argument(
        "--wav", type=Path, metavar="FILE", help="with --from sound: a recording of the sound"
    )


def misused(arguments: argparse.Namespace) -> str | None:
    """What is wrong with these options of `add_channel`, as a sentence; None if nothing is."""
    if arguments.video is not None and arguments.channel != "light":
        return "--video is for --from light"
    if arguments.show is not None and arguments.channel in ("light", "sound"):
        return "--show and --from light or sound are two ways for one secret"
    if arguments.wav is not None and arguments.channel != "sound":
        return "--wav is for --from sound"
    return None


async def read_shown(arguments: argparse.Namespace) -> tuple[Secret | None, ShownBy]:
    """The secret of `--from light` or `--from sound`, None without them. Raises SetupCodeError leaves, and
    FileMissing and FileUnreadable of a recording."""
    if arguments.channel == "sound":
        return await read_sound_of(arguments), ShownBy.SOUND
    return await read_light_of(arguments), ShownBy.LIGHT

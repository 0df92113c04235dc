"""The records on the engine's side: what was set up, what ran, and copies of runs for others to read."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.errors import StorageError
from companion.identity import crl
from companion.plain_text import filled, json_text, plain
from ui.engine.messages import Exported, ExportRun, ListRecords, OpenRun, Records, RunOpened

if TYPE_CHECKING:
    from companion.registry import Registry
    from companion.services import Services

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Companion run {run}</title><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; color: #231B22 }}
td, th {{ text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }}
td:first-child {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }}
</style></head><body><h1>Run {run}</h1><p>{state}</p>
<table><tr><th>Seconds</th><th>Event</th><th>Facts</th></tr>
{rows}
</table></body></html>
"""


class Archive:
    """Reads registries and writes copies of runs. Runs on the engine's loop."""

    def __init__(self, tell: Callable[[object], None]) -> None:
        self._tell = tell

    def handle(self, command: ListRecords | OpenRun | ExportRun, services: Services) -> None:
        """Tell what was asked for. Raises StorageError."""
        registry = services.open_registry()
        match command:
            case ListRecords():
                published = _published(services.data_dir, registry)
                self._tell(Records(tuple(registry.devices()), tuple(registry.runs()), published))
            case OpenRun():
                self._tell(RunOpened(registry.run(command.run)))
            case ExportRun():
                from companion.registry.redaction import redacted

                document = redacted(registry.run(command.run).as_json())
                try:
                    command.path.write_text(rendered(document, command.kind), encoding="utf-8")
                except OSError as error:
                    raise StorageError(type(error).__name__) from error
                self._tell(Exported(command.path))


def _published(folder: Path, registry: Registry) -> tuple[crl.Publication, crl.Standing] | None:
    """The list for brokers that was written last, and how it is."""
    last = crl.published(folder)
    if last is None:
        return None
    return last, last.standing(datetime.now(UTC), crl.latest(registry.revocations()))


def rendered(document: dict[str, Any], kind: str) -> str:
    """A redacted run as "json", "log" (a line an event) or "html" (one page without scripts)."""
    if kind == "json":
        return json_text(document, indent=2) + "\n"
    events = [
        (_since(document, event), event["kind"], _facts(event["facts"])) for event in document["events"]
    ]
    if kind == "log":
        lines = [f"run {document['id']} {document['state']}"]
        lines += [f"{since:9.3f} s  {name:<18} {facts}" for since, name, facts in events]
        return "\n".join(lines) + "\n"
    rows = "\n".join(
        f"<tr><td>{since:.3f}</td><td>{html.escape(name)}</td><td>{html.escape(facts)}</td></tr>"
        for since, name, facts in events
    )
    return PAGE.format(run=html.escape(document["id"]), state=html.escape(document["state"]), rows=rows)


def _since(document: dict[str, Any], event: dict[str, Any]) -> float:
    began = datetime.fromisoformat(document["started"])
    return (datetime.fromisoformat(event["at"]) - began).total_seconds()


def _facts(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_words(value)}" for name, value in facts.items() if value not in (None, ""))


def _words(value: Any) -> str:
    if isinstance(value, dict) and "template" in value:
        return filled(value["template"], value["facts"])
    return json_text(value) if isinstance(value, dict | list) else plain(str(value))

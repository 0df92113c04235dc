"""Many codes to the end: names that count, what is tried again, what goes on after a kill, and the report."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import companion
from companion.clouds.providers import open_endpoint
from companion.errors import CompanionError, DeviceNotFound, NotGenuine
from companion.events import RunStarted
from companion.label import qr_png
from companion.model import Commissioned, DeviceIdentity, SetupCode
from companion.protocols import Order
from companion.protocols.rp1.virtual import factory
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.questions import CompareNumbers
from companion.runs.answers import Answers
from companion.secret import Secret
from companion.services import Services
from companion.station import queue
from companion.station import station as room
from companion.station.authority import Authority
from companion.station.batch import Batch, batch_journal
from companion.station.job import Job, JobState, Problem
from companion.station.journal import NoJournal
from companion.station.names import MOST_NAME, NamePattern
from companion.station.report import Report, Unread
from companion.station.sheet import sheet_html, sheet_pdf
from companion.station.station import Settings, StationEvent
from companion.virtual.access_points import HAFEN
from companion.virtual.button import PressMatch
from companion.virtual.devices import DeviceOptions
from companion.virtual.world import World, devices_of
from tests.clouds.support.profiles import sample
from tests.station.line import Line
from tests.station.test_station import CODES, SEAL, Texts, Work, work

__all__ = ["work"]

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
LAMPS = NamePattern("Lamp {n:02}")


# --- names -------------------------------------------------------------------------------------------


@given(st.integers(1, 10**6))
def test_a_name_counts(position: int) -> None:
    assert LAMPS.name(position) == f"Lamp {position:02}"
    assert NamePattern("{number} L2", first=40).name(position) == f"{position + 39} L2"


@pytest.mark.parametrize(
    "text",
    [
        "Lamp",
        "{n} {n}",
        "{n.__class__}",
        "{0}",
        "{n",
        "{n:99}",
        "{n!r}",
        "Lamp {n}\n",
        "L" * MOST_NAME + "{n}",
    ],
)
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"name"):
        NamePattern(text)


# --- queue and journal -------------------------------------------------------------------------------


def batch_of(work: Work, stack: ExitStack, told: list[StationEvent] | None = None, **how: bool) -> Batch:
    services = Services(("virtual",), data_dir=work.folder)
    authority = Authority(services.open_identity(), services.open_registry())
    stack.callback(services.close_registry)
    kept = stack.enter_context(batch_journal(work.folder / "batch.jsonl", SEAL, **how))
    settings = Settings(Order(), Answers(), names=LAMPS)
    return Batch(services, authority, kept, SEAL, settings, (told if told is not None else []).append)


def named(report: Report) -> list[tuple[int, str, str]]:
    return [(job.number, job.name, job.state.value) for job in report.jobs]


async def test_what_is_put_aside_keeps_its_number_and_what_is_no_code_takes_none(work: Work) -> None:
    ends: dict[str, CompanionError] = {CODES[1]: NotGenuine(), CODES[2]: DeviceNotFound()}
    lamp = Commissioned(DeviceIdentity("d", "L"), "x")
    work.ending = lambda code: ends.get(code.text.reveal_text()) or lamp
    with ExitStack() as stack:
        report = await batch_of(work, stack).run([Texts(CODES[0], "4006381333931", *CODES[1:], CODES[0])])
    done, aside = "commissioned", "put aside"
    lost = [(2, "Lamp 02", aside), (3, "Lamp 03", aside)]
    assert named(report) == [(1, "Lamp 01", done), (0, "", aside), *lost]
    assert [job.tries for job in report.jobs] == [0, 0, 1, 3]
    assert report.exit_status == 3
    ends.clear()
    with ExitStack() as stack:
        batch = batch_of(work, stack, again=True)
        batch.station.put_aside_again()
        report = await batch.run([])
    assert [each for each in named(report) if each[0]] == [(n, f"Lamp 0{n}", done) for n in (1, 2, 3)]


async def test_a_batch_that_was_interrupted_goes_on_and_a_new_one_begins_anew(work: Work) -> None:
    first = asyncio.Event()

    def hang(services: Services, code: object, **given: object) -> object:
        given["on_event"](RunStarted("r", None))  # type: ignore[operator]
        first.set()
        return asyncio.get_running_loop().create_future()

    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "commission", hang)
        patch.setattr(room, "FAREWELL_SECONDS", 0.0)
        task = asyncio.create_task(batch_of(work, stack).run([Texts(*CODES[:2])]))
        await first.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    with ExitStack() as stack:
        report = await batch_of(work, stack).run([Texts(CODES[2])])
    assert [name for _, name, _ in named(report)] == ["Lamp 01", "Lamp 02", "Lamp 03"]
    assert report.count(JobState.COMMISSIONED) == 3
    with ExitStack() as stack:
        report = await batch_of(work, stack).run([Texts(CODES[2])])
    assert named(report) == [(1, "Lamp 01", "commissioned")]


async def test_a_watched_batch_sends_each_device_where_its_protocol_can_go(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window's choice is for devices that take a cloud; the others are set up as ever."""
    went: dict[str, object] = {}
    inner = room.commission

    def commission(services: Services, code: SetupCode, **given: Any) -> object:
        went[code.protocol or ""] = services.endpoint
        return inner(services, code, **given)

    with ExitStack() as stack:
        batch = batch_of(work, stack)
        monkeypatch.setattr(room, "commission", commission)
        cloud = open_endpoint(sample("mqtt"), batch.station.services.identity)
        batch.station.settings = replace(batch.station.settings, cloud=cloud)
        await batch.run([Texts(CODES[0], VirtualRp1().setup_code)])
    assert went == {"rp1": cloud, "matter": None}


# --- devices -----------------------------------------------------------------------------------------


async def test_a_pile_becomes_devices_and_a_report(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "TRIES", 1)
    devices = await line.power_on(3)
    absent = factory.label(factory.make())
    pile = line.folder / "pile"
    pile.mkdir()
    qr_png(devices[0].setup_code, pile / "1.png")
    cv2.imwrite(str(pile / "2.png"), np.full((64, 64), 255, np.uint8))
    qr_png(absent, pile / "3.png")
    listed = line.folder / "list.csv"
    listed.write_text(
        f'text,name\n"{devices[1].setup_code}",Gate\n"{devices[2].setup_code}",\n"{devices[0].setup_code}",\n'
    )
    files = [line.folder / f"report.{kind}" for kind in ("html", "pdf", "csv", "json")]
    words = [word for file in files for word in ("--report", str(file))]
    fixed = (
        "--name-pattern",
        "Lamp {n:02}",
        "--room",
        "Hall",
        "--wifi-file",
        str(line.wifi),
        "--timeout",
        "4",
    )
    (said,) = await line.run(
        "batch",
        str(pile),
        str(listed),
        *fixed,
        "--at-once",
        "2",
        "--station",
        "Line 2",
        *words,
        app="a",
        status=4,
    )
    assert said["counts"] == {"waiting": 0, "running": 0, "commissioned": 3, "put aside": 1}
    state = {each["name"]: each["state"] for each in said["devices"]}
    assert state.pop("Gate") == "commissioned" and set(state) < {f"Lamp 0{number}" for number in (1, 2, 3, 4)}
    assert sorted(state.values()) == ["commissioned", "commissioned", "put aside"]
    assert [each["file"] for each in said["unread"]] == ["2.png"]
    (registry,) = await line.run("devices", app="a")
    rooms = {each["name"]: each["room"] for each in registry["devices"]}
    assert set(rooms.values()) == {"Hall"} and {"Gate"} < set(rooms)
    written = [file.read_bytes() for file in files]
    assert json.loads(written[3]) == said
    rows = list(csv.DictReader(io.StringIO(written[2].decode())))
    assert [row["name"] for row in rows] == [each["name"] for each in said["devices"]]
    pages = pypdfium2.PdfDocument(written[1])
    printed = "".join(page.get_textpage().get_text_bounded() for page in pages)
    for text in (printed, written[0].decode()):
        assert (
            "3 commissioned, 1 put aside" in text and "2.png" in text and "Line 2" in text and "Gate" in text
        )
        assert devices[1].label.serial in text and "Hafen 12" in text and "R-1" in text
    assert HAFEN.passphrase is not None
    for secret in (HAFEN.passphrase.reveal(), absent.encode(), devices[0].setup_code.encode()):
        assert not any(secret in content for content in (*written, json.dumps(said).encode()))


async def test_a_program_commissions_a_batch(tmp_path: Path) -> None:
    devices = [VirtualRp1(Rp1Options(product=factory.make())) for _ in range(2)]
    async with companion.open_services(["virtual"], data_dir=tmp_path, world=World(devices)) as services:
        codes = [companion.recognise(devices[0].setup_code), devices[1].setup_code]
        order = companion.Order(wifi=HAFEN, room="Hall")
        told: list[StationEvent] = []
        report = await companion.batch(
            services, codes, names="Lamp {n}", order=order, at_once=2, on_change=told.append
        )
        assert report.exit_status == 0 and report.left == 0
        assert {each.name for each in companion.devices(services)} == {"Lamp 1", "Lamp 2"}
        assert report.seconds_a_device and {each.kind for each in told} >= {"job", "run", "source_ended"}


async def test_a_device_that_would_get_the_password_unprotected_is_put_aside_without_it(
    tmp_path: Path,
) -> None:
    weak = devices_of("espressif").make(DeviceOptions(faults=("security=0",), say=lambda text: None))
    async with companion.open_services(["virtual"], data_dir=tmp_path, world=World([weak])) as services:
        code = weak.setup_code  # type: ignore[attr-defined]
        report = await companion.batch(services, [code], order=companion.Order(wifi=HAFEN))
        (job,) = report.jobs
        assert job.state is JobState.PUT_ASIDE and job.problem is not None
        assert job.problem.code == companion.errors.RiskUnaccepted.code
        kinds = {event.kind for event in services.registry.run(f"id:{job.run}").events}
        assert "secured" in kinds or "connected" in kinds
        assert not kinds & {"sending", "handed_over"}


async def test_an_answer_for_one_device_reaches_no_other(tmp_path: Path) -> None:
    """Two devices compare numbers at a time, and whoever watches answers one of them, for both."""
    devices = [VirtualRp1(Rp1Options(product=factory.make(), press=PressMatch())) for _ in range(2)]
    asked: dict[str, CompareNumbers] = {}
    both = asyncio.Event()

    def follow(told: StationEvent) -> None:
        if isinstance(told.event, CompareNumbers) and told.job is not None:
            asked[told.job.id] = told.event
            if len(asked) == 2:
                both.set()

    async with companion.open_services(["virtual"], data_dir=tmp_path, world=World(devices)) as services:
        order = Order(wifi=HAFEN, method="nc")
        settings = Settings(order, Answers(HAFEN), at_once=2, names=LAMPS, attended=True)
        authority = Authority(services.identity, services.registry)
        batch = Batch(services, authority, NoJournal(), SEAL, settings, follow)
        task = asyncio.create_task(batch.run([Texts(*(device.setup_code for device in devices))]))
        async with asyncio.timeout(60):
            await both.wait()
            first, second = asked
            batch.station.answer(second, asked[first], True)
            batch.station.answer(first, replace(asked[first]), True)
            batch.station.answer(first, asked[first], False)
            batch.station.answer(second, asked[second], True)
            report = await task
    states = {job.id: job.state for job in report.jobs}
    assert states == {first: JobState.PUT_ASIDE, second: JobState.COMMISSIONED}


# --- the report --------------------------------------------------------------------------------------


def test_what_others_named_stays_text_in_every_form() -> None:
    hostile = '=HYPERLINK("x")<script>\u202e(\\'
    job = Job(
        "1", JobState.COMMISSIONED, NOW, Secret("code"), "RP1", "camera", hostile, number=1, serial=hostile
    )
    report = Report(
        NOW, NOW, [job], [Unread("a<b>.png", Problem("C-100", "No code", "", 3))], hostile, hostile
    )
    page = sheet_html(report)
    assert (
        "<script>" not in page and "\u202e" not in page and "&lt;script&gt;" in page and "a&lt;b&gt;" in page
    )
    (row,) = csv.DictReader(io.StringIO(report.as_csv()))
    assert row["name"].startswith("'=") and "code" not in row.values()
    assert "<script>" in pypdfium2.PdfDocument(sheet_pdf(report))[0].get_textpage().get_text_bounded()


def test_a_long_sheet_has_its_heads_on_each_page() -> None:
    jobs = [
        Job(str(number), JobState.COMMISSIONED, NOW, None, "RP1", "csv", LAMPS.name(number), number=number)
        for number in range(1, 121)
    ]
    pages = pypdfium2.PdfDocument(sheet_pdf(Report(NOW, NOW, jobs)))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(texts) == 3 and all("Serial number" in text for text in texts)
    assert sum(text.count("Lamp ") for text in texts) == 120

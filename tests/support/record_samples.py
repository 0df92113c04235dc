"""The devices and activity pages with realistic contents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget

from ui.engine.inventory import EachBegan
from ui.pages.activity.page import ActivityPage
from ui.pages.activity.views import EventView, MessageView, RunView, SpanView, Who
from ui.pages.devices.page import DevicesPage
from ui.pages.devices.views import ActionView, DeviceView
from ui.pages.views import NoticeView
from ui.present.registry import devices as device_states
from ui.present.registry import inventory
from ui.widgets import Tone

ACTIONS = (
    ActionView("history", "History", "clock"),
    ActionView("reprovision", "Change network or name", "wifi"),
    ActionView("query", "Check status", "search"),
    ActionView("transfer", "Transfer to someone", "transfer"),
)
DANGERS = (ActionView("revoke", "Revoke", "ban"), ActionView("reset", "Reset", "trash"))
ROTATE = ActionView("rotate", "Rotate certificate", "refresh")
WELL = ("Set up", Tone.GOOD, "check")


def device(
    name: str,
    room: str,
    seen: str,
    kind: str,
    protocol: str,
    state: tuple[str, Tone, str],
    left: float | None,
    until: str,
) -> DeviceView:
    words, tone, icon = state
    notice = None
    if tone is Tone.WARNING:
        told = "It was off when renewal was due. Rotate it now, in range."
        notice = NoticeView(tone, words, told)
    return DeviceView(
        *(name, name, room, seen, kind, protocol, words, tone, icon, left, until),
        needs_you=tone in (Tone.WARNING, Tone.DANGER),
        ended=icon == "ban",
        subtitle=f"{room} · LK-1",
        answered=f"Answered {seen} ago",
        notice=notice,
        facts=(
            ("Owner", "You, key 4E:91"),
            ("Serial", "LK1-0007-22F"),
            ("Added", "2 Dec 2025"),
            ("Proof", f"TLS 1.3, {seen} ago"),
        ),
        primary=ROTATE,
        actions=ACTIONS,
        dangers=DANGERS,
    )


DEVICES = (
    device("Hallway sensor", "Hallway", "now", "sensor", "RP1", WELL, 0.99, "20 Nov 2027"),
    device("Kitchen plug", "Kitchen", "2 min", "plug", "Espressif", WELL, 0.7, "5 Aug 2027"),
    device(
        "Front door",
        *("Hallway", "4 min", "lock", "RP1"),
        ("Expires soon", Tone.WARNING, "clock"),
        *(0.04, "2 Dec 2026"),
    ),
    device(
        "Desk lamp", "Office", "1 h", "bulb", "Improv", ("No certificate", Tone.NONE, "info"), None, "none"
    ),
    device("Stairs sensor", "Office", "now", "sensor", "RP1", WELL, 0.55, "8 Jun 2027"),
    device(
        "Bell",
        *("Front door", "3 days", "button", "Espressif"),
        ("Certificate expired", Tone.DANGER, "cross"),
        *(0.0, "28 Nov 2026"),
    ),
    device("Bench board 2", "Lab", "9 min", "board", "Espressif", WELL, 0.88, "14 Oct 2027"),
    device(
        "Cellar sensor", "Cellar", "41 days", "sensor", "RP1", ("Revoked", Tone.NONE, "ban"), None, "ended"
    ),
)


def devices_page(views: Sequence[DeviceView]) -> DevicesPage[DeviceView]:
    """The page with these as its whole list, by their names."""
    page: DevicesPage[DeviceView] = DevicesPage(lambda view: view, device_states.state_words())
    by_name = sorted(views, key=lambda view: view.name)
    page.show_list(len(views), len(views), 0, by_name, 0, keep=False)
    return page


def activity_page(views: Sequence[RunView]) -> ActivityPage[RunView]:
    """The page with these as its whole list."""
    page: ActivityPage[RunView] = ActivityPage(lambda view: view)
    page.show_list(len(views), len(views), 0, views, 0, keep=False)
    return page


def devices() -> QWidget:
    page = devices_page(DEVICES)
    by_name = sorted(each.name for each in DEVICES)
    page.table.select_row(by_name.index(DEVICES[2].name))
    return page


def devices_with_a_warning() -> QWidget:
    """The list for brokers ends soon."""
    page = devices()
    assert isinstance(page, DevicesPage)
    told = "From 1 Dec 2026 on, brokers that use revoked.pem refuse every device."
    page.show_warning(NoticeView(Tone.WARNING, "Revocation list expires soon", told))
    return page


def devices_due() -> QWidget:
    """The certificates that end soon, while they are renewed."""
    page: DevicesPage[DeviceView] = DevicesPage(lambda view: view, device_states.state_words())
    due = (DEVICES[2], DEVICES[5])
    page.show_list(8, 8, 0, DEVICES, 0, keep=False)
    page._on_ends(30)
    page.show_list(len(due), 8, 0, due, 0, keep=False)
    page.show_news(inventory.progress(EachBegan(2, 2, "Bell")), can_stop=True)
    return page


def devices_to_move() -> QWidget:
    """The network of those that are listed is changed."""
    page: DevicesPage[DeviceView] = DevicesPage(lambda view: view, device_states.state_words())
    page._search.setText("Hallway")
    page.show_list(3, 8, 0, DEVICES[:3], 0, keep=False)
    page.inventory.network_wanted.emit()
    page.network.name.set_text("Hafen 12")
    return page


def devices_selected() -> QWidget:
    """Some of those that are listed."""
    page = devices()
    assert isinstance(page, DevicesPage)
    model = page.table.rows_model
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 3, 4):
        page.table.selectionModel().select(model.index(row, 0), flags.Select | flags.Rows)
    return page


def devices_tagged() -> QWidget:
    """Tags for those that are selected."""
    page = devices_selected()
    assert isinstance(page, DevicesPage)
    page.open_tags()
    page.tags.tags.set_text("line-2")
    return page


def devices_noted() -> QWidget:
    """Name, room, tags and note are changed."""
    page = devices()
    assert isinstance(page, DevicesPage)
    page.rename("Front door", "Hallway", tags="line-2 spare", note="Key is with the caretaker")
    return page


def no_devices() -> QWidget:
    return devices_page(())


def run(name: str, when: str, duration: str, tone: Tone, icon: str) -> RunView:
    return RunView(f"{name} {when}", name, when, duration, tone, icon)


HALLWAY = RunView(
    "r1",
    *("Hallway sensor", "Today 21:14", "24.1 s", Tone.GOOD, "check"),
    summary="RP1, six digits compared. Today 21:14",
    outcome="Commissioned",
    seconds=24.0,
    steps=(
        SpanView(0.0, 6.2, "Find"),
        SpanView(6.2, 7.0, "Connect"),
        SpanView(7.0, 8.4, "Secure"),
        SpanView(8.4, 13.4, "You", yours=True),
        SpanView(13.4, 22.6, "Hand over"),
        SpanView(22.6, 24.0, "Check"),
    ),
    messages=tuple(
        MessageView(sent, sent + 0.34, to_device, words)
        for sent, to_device, words in (
            (1.2, False, "Advertisement"),
            (3.1, False, "Advertisement"),
            (5.0, False, "Advertisement"),
            (6.3, True, "Opens the link"),
            (6.6, False, "Link is up"),
            (7.1, True, "Message 1"),
            (7.4, False, "Message 2"),
            (7.8, True, "Message 3"),
            (8.2, False, "Message 4"),
            (13.5, True, "Network"),
            (13.9, False, "Takes it"),
            (14.3, True, "Certificate, part 1"),
            (14.7, False, "Takes it"),
            (15.2, True, "Certificate, part 2"),
            (21.6, False, "Joined"),
            (22.2, False, "Final"),
            (22.7, True, "Asks for a proof"),
            (23.2, False, "Proof"),
            (23.6, True, "Closes"),
            (23.6, False, "Closed"),
        )
    ),
    quiet=(SpanView(15.5, 21.4, "joins Hafen 12"),),
    events=(
        EventView(13.40, Who.STEP, "Hand over begins"),
        EventView(13.52, Who.COMPUTER, "Sends network Hafen 12, encrypted", "96 B"),
        EventView(13.91, Who.DEVICE, "Takes it", "18 B"),
        EventView(14.30, Who.COMPUTER, "Sends the certificate, part 1 of 2", "244 B"),
        EventView(14.72, Who.DEVICE, "Takes it", "18 B"),
        EventView(15.21, Who.COMPUTER, "Sends the certificate, part 2 of 2", "187 B"),
        EventView(21.58, Who.DEVICE, "Joined, address 192.168.1.77", "42 B"),
    ),
)
RUNS = (
    HALLWAY,
    run("Front door, renewal", "Today 20:58", "3.2 s", Tone.GOOD, "check"),
    run("Lumen Sensor", "R-103 in Secure", "9.6 s", Tone.DANGER, "cross"),
    run("esp-A41C", "Unconfirmed, U-701", "31.7 s", Tone.WARNING, "info"),
    run("Kitchen plug", "Yesterday", "18.4 s", Tone.GOOD, "check"),
    run("Lab, 100 runs", "3 failed", "12 min", Tone.WARNING, "warning"),
    run("Desk lamp", "18 Nov", "11.2 s", Tone.GOOD, "check"),
)


def activity() -> QWidget:
    page = activity_page(RUNS)
    page.events.select_row(1)
    return page


def no_activity() -> QWidget:
    return activity_page(())

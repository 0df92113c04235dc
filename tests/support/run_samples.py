"""The later pages of a run with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion import claims
from companion.claims import Channel, Delivery, RunFacts, SessionFacts
from companion.errors import LinkLostError, NoBluetoothService, OutcomeUnknown
from companion.model import WifiCredentials, WifiSecurity
from companion.secret import Secret
from tests.support import team_samples
from tests.support.samples import NEARBY, marks
from ui.engine.events import BackupState
from ui.engine.upkeep import BundleMade, IdentityState, RetentionState
from ui.pages.log_card import LogView
from ui.pages.network.networks import NetworkChoice
from ui.pages.network.page import NetworkPage, NetworkView
from ui.pages.questions.device_choice import DeviceChoicePage, DeviceChoiceView
from ui.pages.questions.obstacle import ObstaclePage
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.questions.risk import RiskPage
from ui.pages.questions.same_serial import SameSerialPage
from ui.pages.questions.warning import WarningView
from ui.pages.run.problem import Fact as ProblemFact
from ui.pages.run.problem import ProblemPage, ProblemView
from ui.pages.run.progress import Notice, ProgressPage, ProgressView
from ui.pages.run.requirements import Requirement, RequirementsPage, RequirementsView
from ui.pages.run.success import Fact, SuccessPage, SuccessView, Validity
from ui.pages.settings import SettingsPage
from ui.present import backup, upkeep
from ui.present.radios import radios
from ui.present.run.advice import advise
from ui.present.texts import advice_of, title_of
from ui.shell.preferences import Preferences
from ui.widgets import Level, MarkState, StepRow, Tone
from ui.widgets.signal_chart import SignalView

KNOWN = Secret("correct horse battery")
HAFEN = WifiCredentials(b"Hafen 12", KNOWN, WifiSecurity.WPA3)
NETWORKS = (
    NetworkChoice(b"Hafen 12", "Hafen 12", WifiSecurity.WPA3, "2.4 GHz, WPA3", -48, KNOWN),
    NetworkChoice(b"Hafen 12 guests", "Hafen 12 guests", WifiSecurity.OPEN, "2.4 GHz, open", -66),
    NetworkChoice(b"Werkstatt IoT", "Werkstatt IoT", WifiSecurity.WPA2_WPA3, "2.4 GHz, WPA2 and WPA3", -71),
    NetworkChoice(b"FRITZ!Box 6660 QX", "FRITZ!Box 6660 QX", WifiSecurity.WPA2, "2.4 GHz, WPA2", -82),
)


FADING = (-62, -63, -61, -64, -62, -63, -65, -63, -64, -62, -66, -71, -75, -80, -82, -88, -91)


def network_view(**changes: object) -> NetworkView:
    """The network page's view, with some of it changed."""
    given: dict[str, object] = {
        "title": "Which network, and what is it called?",
        "lead": "For Lumen Sensor. Only the device that showed the number can read this.",
        "networks": NETWORKS,
        "name": "Hallway sensor",
        "room": "Hallway",
        "rooms": ("Hallway", "Kitchen", "Office", "Bedroom"),
        "seen_by": "Seen by the device",
        "can_rescan": True,
        "chosen": HAFEN,
        "marks": marks(4, "9 s"),
    }
    return NetworkView(**(given | changes))  # type: ignore[arg-type]  # one dict for all fields


def network() -> QWidget:
    page = NetworkPage()
    page.show_view(network_view())
    return page


def network_wrong() -> QWidget:
    page = NetworkPage()
    page.show_view(network_view(problem="Wrong password for Hafen 12."))
    return page


def network_clear() -> QWidget:
    """Over a session that encrypts nothing, with the network of the device before."""
    page = NetworkPage()
    known = RunFacts(session=SessionFacts("improv", Channel.CLEAR))
    page.show_view(
        network_view(
            lead=f"For Desk lamp. {claims.reach(known)}",
            exposed=True,
            networks=tuple(replace(choice, remembered=None) for choice in NETWORKS[:3]),
            origin="From the previous device",
            name="Desk lamp",
            art="bulb",
        )
    )
    return page


def network_unlisted() -> QWidget:
    page = NetworkPage()
    page.show_view(network_view(networks=(), chosen=None, seen_by="", can_rescan=False))
    return page


def working() -> QWidget:
    page = ProgressPage()
    page.show_view(working_view())
    return page


def working_action() -> QWidget:
    page = ProgressPage()
    words = "Press its button once if it shows 482-913."
    page.show_view(working_view(Notice(Tone.INFO, "At the device", words)))
    return page


def working_view(notice: Notice | None = None) -> ProgressView:
    done, current, following = MarkState.DONE, MarkState.CURRENT, MarkState.NEXT
    hint = "Is the device close to the router? If not, move it closer."
    return ProgressView(
        title="Setting up Hallway sensor",
        lead="Keep the window open and the device powered.",
        marks=tuple(marks(4, "12 s")),
        rows=(
            StepRow("Find", "The code led to Lumen Sensor, −48 dBm", done, "6.2 s"),
            StepRow("Connect", "Link is up, 247 bytes a packet", done, "0.8 s"),
            StepRow("Secure", "Keys agreed in 4 messages, maker’s certificate checked", done, "1.4 s"),
            StepRow("Confirm", "You said that 482-913 is on both", done, "5.0 s"),
            StepRow(
                "Hand over",
                "Waiting for the device to join Hafen 12",
                current,
                "12 s",
                "" if notice else "Slower than usual",
                "" if notice else hint,
            ),
            StepRow("Check", "Then check that it works", following),
        ),
        index=4,
        seconds=12,
        usual_seconds=20,
        position="Step 5 of 6",
        pace="",
        notice=notice,
        cancel_note="The device may already have credentials",
        still=True,
    )


def done() -> SuccessPage:
    page = SuccessPage()
    page.show_view(
        SuccessView(
            title="Hallway sensor is yours",
            lead="The device connected to its endpoint with its new certificate. It is in your registry.",
            name="Hallway sensor",
            place="Hallway · LS-2",
            art="sensor",
            numbers=(("24.1 s", "in all"), ("436 B", "handshake"), ("0", "retries")),
            facts=(
                Fact(
                    "certificate",
                    "Certificate, valid for 30 days",
                    "Issued by your own CA for this device.",
                    Level.GOOD,
                    life=Validity("20 Nov 2026", "20 Dec 2026", 1.0, "30 days left"),
                ),
                Fact(
                    "transfer",
                    "Handed over",
                    "Network Hafen 12, its certificate, your owner key.",
                ),
                Fact(
                    "receipt",
                    "Receipt, signed by the device",
                    "It records what the device accepted and from whom.",
                    excerpt="b41f 7c02 9ae5 61d8 … 0c3e",
                    copies="receipt",
                ),
                Fact(
                    "shield-check",
                    "Verified at its endpoint",
                    "TLS 1.3 to 192.168.1.20:8883, with the certificate it just got.",
                    Level.GOOD,
                    note="0.3 s",
                ),
            ),
            marks=tuple(marks(6)),
            can_open=True,
        )
    )
    return page


def first_done() -> QWidget:
    page = done()
    page.remind_of_backup(True)
    return page


def problem() -> QWidget:
    error = LinkLostError()
    advice = advise(error, RunFacts())
    page = ProblemPage()
    page.show_view(
        ProblemView(
            title=title_of(error),
            lead="It failed in the step “Secure”, after 1.4 s. You can try again.",
            happened_title="What happened",
            happened=advice.happened,
            actions=advice.actions,
            facts=(
                ProblemFact("Code", error.code, is_code=True),
                ProblemFact("Step", "Secure"),
                ProblemFact("Link", "247 bytes a packet"),
            ),
            marks=tuple(marks(2, "1.4 s", failed=True)),
            kept="Saved for the next attempt: the code, the device, your network and name",
            primary="Try again",
            signal=SignalView(
                points=tuple((index * 0.5, rssi) for index, rssi in enumerate(FADING)),
                caption="Signal, 8 s",
                span="−61 to −91 dBm",
                ended="lost",
            ),
        )
    )
    return page


def unknown() -> QWidget:
    error = OutcomeUnknown()
    advice = advise(error, RunFacts(delivery=Delivery.TAKEN))
    page = ProblemPage()
    page.show_view(
        ProblemView(
            title=title_of(error),
            lead="It failed in the step “Check”, after 8.0 s. You can try again.",
            happened_title="What happened",
            happened=advice.happened,
            actions=advice.actions,
            facts=(ProblemFact("Code", error.code, is_code=True), ProblemFact("Step", "Check")),
            marks=tuple(marks(5, "8.0 s", failed=True)),
            kept="Saved for the next attempt: the code, the device, your network and name",
            primary="Check",
            primary_icon="search",
            tone=Tone.WARNING,
        )
    )
    return page


def missing() -> QWidget:
    error = NoBluetoothService()
    page = RequirementsPage()
    page.show_view(
        RequirementsView(
            title="Something is missing",
            lead="Some features are unavailable. Here is what is missing and how to fix it.",
            requirements=(
                Requirement("bluetooth", title_of(error), advice_of(error), False, error.code),
                Requirement("camera", "The camera works", "It is on only while “Add device” is open.", True),
            ),
            kept="Your code is kept.",
        )
    )
    return page


def risk() -> QWidget:
    page = RiskPage()
    page.show_view(
        WarningView(
            title="Continue without protection?",
            lead="Companion can't improve this device's protection. You decide.",
            claim="The Wi-Fi password is sent unencrypted",
            sentence="Anyone within Bluetooth range who listens right now can read it.",
            marks=tuple(marks(4, "2 s")),
        )
    )
    return page


def same_serial() -> QWidget:
    page = SameSerialPage()
    page.show_view(
        WarningView(
            title="Is this a replacement, or another device?",
            lead="A serial number is not authenticated. You decide.",
            claim="Hallway sensor has the serial number HS-00482913 too",
            sentence="This device has a different identity key, so it is not the same device.",
            marks=tuple(marks(4, "2 s")),
        )
    )
    return page


def obstacle() -> QWidget:
    page = ObstaclePage()
    page.show_view(
        WarningView(
            title="This computer can't reach the device on the network",
            lead="The device waits while this page is open.",
            claim="What is missing",
            sentence="The device does not announce itself here. Connect this computer to the network that"
            " the device joined; guest networks and VLANs are separate ones.",
            art="plug",
            marks=tuple(marks(5, "12 s")),
        )
    )
    return page


COMPUTER = (
    Requirement("bluetooth", "Bluetooth works", "", True),
    Requirement("key", "Keys are in the system's key store", "", True),
    Requirement("camera", "1 camera found", "", True),
)


IDENTITY = IdentityState(
    True,
    key="4E:91:07:C2",
    fingerprint="4e9107c2d08f5a1b" * 4,
    made=datetime(2025, 12, 2, tzinfo=UTC),
)
PARTS = (
    ("CONTENTS.txt", 530),
    ("versions.txt", 410),
    ("doctor.json", 1_840),
    ("registry.json", 62),
    ("runs.json", 48_200),
    ("runs.log", 21_070),
)


def settings_upkeep() -> QWidget:
    """What runs would be removed, and what a bundle holds."""
    page = settings()
    assert isinstance(page, SettingsPage)
    asked = RetentionState(None, 365, 1204)
    page.retention.show_state(upkeep.kept(None), 365, upkeep.older(asked), asks=True)
    made = BundleMade(PARTS)
    page.support.show_parts(upkeep.parts(made), upkeep.written(made))
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.support))
    return page


def settings() -> QWidget:
    page = SettingsPage()
    page.show_preferences(Preferences())
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    page.backup.show_standing(backup.standing(BackupState(True), datetime.now(UTC)))
    seen = ("Seen by Office PC 3 min ago.", "Workshop PC saw the first 1,180 of them.")
    page.computer.show_found("Nothing is missing.", "~/.local/share/companion", COMPUTER)
    page.identity.show_view(upkeep.identity(IDENTITY, None))
    page.retention.show_state(upkeep.kept(None), None)
    page.registry.show_state(team_samples.registry_view(team_samples.LOCAL), "", "")
    page.log.show_log(LogView("Receipts in it: 1,204", "5D:C9:DA:79:A7:06:59:A9", seen, True))
    return page


def choose() -> QWidget:
    page = DeviceChoicePage()
    page.show_view(
        DeviceChoiceView(
            title="Which one is it?",
            lead="Several devices are ready to set up. The strongest signal is usually the nearest.",
            devices=NEARBY,
            marks=tuple(marks(0, "4 s")),
        )
    )
    return page


def passphrase() -> QWidget:
    page = PassphrasePage()
    page.ask(new=True)
    return page

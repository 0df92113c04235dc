"""The network page of a device that joins Thread, or a company network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from companion.errors import CheckUnavailable, NetworkError, OwnCertificateRejected
from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks.company.report import CheckReport, Phase, phases_of
from companion.networks.company.server_look import SeenServer
from companion.networks.company.supplicant_events import Ending, Login, ServerCertificate
from tests.networks.company.werk import sample_root
from tests.networks.thread.samples import ANDROID, DATASET, DEMO
from tests.support.run_samples import marks, network_view
from ui.pages.network.check_card import CheckView
from ui.pages.network.meshes import MeshChoice
from ui.pages.network.networks import NetworkChoice
from ui.pages.network.page import NetworkPage, NetworkView
from ui.present import network_check

HOME = MeshChoice(
    bytes.fromhex("1111111122222222"), "OpenThreadDemo", "Near, channel 16", -51, DATASET,
    "From the key store",
)  # fmt: skip
OTHER = MeshChoice(bytes(8), "Harbour mesh", "Near, channel 20, dataset needed", -74, router="Kitchen")
HEARD = MeshChoice(b"\1" * 8, "Workshop", "Border router Attic, OpenThread BorderRouter", router="Attic")


def view(**changes: object) -> NetworkView:
    made = network_view(
        needs_wifi=False,
        needs_thread=True,
        networks=(),
        chosen=None,
        meshes=(HOME, OTHER, HEARD),
        name="Reading lamp",
        art="bulb",
        marks=marks(4, "9 s"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # one dict for all fields


def page(**changes: object) -> NetworkPage:
    made = NetworkPage()
    made.show_view(view(**changes))
    return made


def thread() -> QWidget:
    return page()


def thread_pasted() -> QWidget:
    """A dataset of another network than the one that was chosen."""
    made = page(meshes=(OTHER,))
    made.take_dataset(ANDROID)
    return made


def thread_damaged() -> QWidget:
    """A dataset that was not copied whole."""
    made = page(meshes=())
    made.take_dataset(DEMO[:-2])
    return made


# --- company networks ------------------------------------------------------------------------------------

WERK = CompanyLogin("radius.werk.example", "{serial}@werk.example", (sample_root(),))
WERK_IOT = WifiCredentials(b"Werk-IoT", None, WifiSecurity.ENTERPRISE, login=WERK)
KNOWN_WERK = NetworkChoice(b"Werk-IoT", "Werk-IoT", WifiSecurity.ENTERPRISE, "company network", login=WERK)
GUESTS = NetworkChoice(b"Werk-Gast", "Werk-Gast", WifiSecurity.OPEN, "open")


def company_page(check: CheckView, **changes: object) -> NetworkPage:
    made = NetworkPage()
    shown = {"networks": (KNOWN_WERK, GUESTS), "chosen": WERK_IOT, "seen_by": "", "can_rescan": False}
    made.show_view(network_view(**shown, name="Line sensor", **changes))
    made.gate.card.show_view(check)
    return made


def report(failed: Phase | None, problem: NetworkError | None) -> CheckReport:
    """A check over the air that came so far."""
    login = Login(
        heard=True,
        server=(
            ServerCertificate(1, "/CN=Werk Root CA 2", "5a910ce4" * 8),
            ServerCertificate(0, "/CN=radius.werk.example", "0badcafe" * 8),
        ),
        ending=Ending.CONNECTED if failed is None else Ending.LOGIN_FAILED,
    )
    times = {Phase.NETWORK: 0.4, Phase.SERVER_CERTIFICATE: 0.9, Phase.OWN_CERTIFICATE: 1.2}
    phases = phases_of(login, failed, name=WERK.server_name, has_address=failed is None, times=times)
    return CheckReport(phases, problem, login.server, datetime(2026, 12, 1, tzinfo=UTC))


def company() -> QWidget:
    """Before the check."""
    return company_page(network_check.waiting())


def company_rejected() -> QWidget:
    """The server does not know our CA."""
    rejected = OwnCertificateRejected(ssid="Werk-IoT")
    return company_page(network_check.checked(report(Phase.OWN_CERTIFICATE, rejected)))


def company_passed() -> QWidget:
    return company_page(network_check.checked(report(None, None)))


def company_unavailable() -> QWidget:
    """A computer without Wi-Fi."""
    return company_page(network_check.unavailable(CheckUnavailable("no nmcli", ssid="Werk-IoT")))


def company_ca() -> QWidget:
    """The CA that the server sends, to be compared."""
    shown = replace(WERK_IOT, login=replace(WERK, anchors=()))
    made = NetworkPage()
    made.show_view(network_view(networks=(KNOWN_WERK, GUESTS), chosen=shown, seen_by="", can_rescan=False))
    server = SeenServer(b"", "CN=Werk Root CA 2", "5a910ce4" * 8, ("radius.werk.example",))
    made.gate.networks.learning.show_seen(network_check.seen(server))
    return made


def company_unlisted() -> QWidget:
    """Named by hand, with nothing chosen yet."""
    made = NetworkPage()
    made.show_view(
        network_view(
            networks=(), chosen=WifiCredentials(b"Werk-IoT", None, WifiSecurity.ENTERPRISE), can_rescan=False
        )
    )
    return made

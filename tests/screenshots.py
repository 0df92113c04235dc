"""Draws every page of the window: `python -m tests.screenshots [NAME ...]`.

Pictures at 1x go to assets/screenshots/NAME-light.png and -dark.png, at 2x to build/screenshots/. All of it
is sample data; nothing is connected. A new page adds a `Shot` to `shots()`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QPoint, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui.shell import theme
from ui.shell.sections import Section
from ui.shell.window import MainWindow
from ui.widgets import Rail, RailEntry

ROOT = Path(__file__).parent.parent
ONCE = ROOT / "assets" / "screenshots"
TWICE = ROOT / "build" / "screenshots"
NORMAL = (1080, 720)
SMALL = (960, 640)
# The family that the pictures are drawn with, so that they look alike on every machine that has it.
FAMILIES = ("Inter",)


@dataclass(frozen=True)
class Shot:
    """One picture: file name, what makes the page, its section (None: no rail), the window's size."""

    name: str
    make: Callable[[], QWidget]
    section: Section | None = Section.ADD
    size: tuple[int, int] = NORMAL


def shots() -> list[Shot]:
    """Every picture there is, in the order of their names."""
    from tests.support import (
        activity_samples,
        alert_samples,
        bench_samples,
        channel_samples,
        delegate_samples,
        drop_samples,
        evaluation_samples,
        firmware_samples,
        lab_samples,
        network_samples,
        octet_samples,
        ownership_samples,
        palette_samples,
        radio_samples,
        record_samples,
        replay_samples,
        run_samples,
        samples,
        secret_samples,
        team_samples,
        tour_samples,
        trust_samples,
        voucher_samples,
    )
    from tests.support import administration_samples as administration

    return [
        Shot("01-scan", samples.scan),
        Shot("01-scan-manufacturer", samples.scan_manufacturer),
        Shot("01-scan-nearby-manufacturer", samples.scan_nearby_manufacturer),
        Shot("01-scan-typed", samples.scan_typed),
        Shot("01-scan-two-codes", samples.scan_two_codes),
        Shot("01-scan-cancelled", samples.scan_cancelled),
        Shot("01-scan-blinking", channel_samples.light_reading),
        Shot("01-scan-secret", channel_samples.secret_shown),
        Shot("01-scan-blinking-faint", channel_samples.light_faint),
        Shot("01-scan-blinking-begun", channel_samples.light_begun, size=SMALL),
        Shot("01-scan-sound", channel_samples.sound_reading),
        Shot("01-scan-sound-muted", channel_samples.sound_muted, size=SMALL),
        Shot("01-scan-dropped-file", drop_samples.taken),
        Shot("02-scan-no-camera", samples.scan_without_camera),
        Shot("02-scan-permission", samples.scan_permission),
        Shot("02-scan-starting", samples.scan_starting),
        Shot("03-found", samples.found),
        Shot("03-found-owned", samples.found_weak),
        Shot("03-found-fabric", administration.found_with_fabrics),
        Shot("04-compare", samples.compare),
        Shot("03-choose", run_samples.choose),
        Shot("05-network", run_samples.network),
        Shot("05-network-wrong", run_samples.network_wrong),
        Shot("05-network-clear", run_samples.network_clear),
        Shot("05-network-unlisted", run_samples.network_unlisted),
        Shot("05-company", network_samples.company),
        Shot("05-company-passed", network_samples.company_passed),
        Shot("05-company-rejected", network_samples.company_rejected),
        Shot("05-company-unavailable", network_samples.company_unavailable),
        Shot("05-company-ca", network_samples.company_ca),
        Shot("05-company-unlisted", network_samples.company_unlisted),
        Shot("05-thread", network_samples.thread),
        Shot("05-thread-pasted", network_samples.thread_pasted),
        Shot("05-thread-damaged", network_samples.thread_damaged),
        Shot("06-working", run_samples.working),
        Shot("06-working-action", run_samples.working_action),
        Shot("07-done", run_samples.done),
        Shot("07-done-checks", administration.done),
        Shot("07-done-first", run_samples.first_done),
        Shot("08-problem", run_samples.problem),
        Shot("08-problem-manufacturer", samples.problem_manufacturer),
        Shot("08-problem-unknown", run_samples.unknown),
        Shot("08-missing", run_samples.missing),
        Shot("08-risk", run_samples.risk),
        Shot("08-attestation", administration.genuine_or_not),
        Shot("08-obstacle", run_samples.obstacle),
        Shot("08-same-serial", run_samples.same_serial),
        Shot("08-already-yours", ownership_samples.already_yours),
        Shot("08-secret", secret_samples.secret),
        Shot("08-secret-shown", secret_samples.secret_shown),
        Shot("08-passphrase", run_samples.passphrase),
        Shot("08-pin", ownership_samples.pin),
        Shot("09-devices", record_samples.devices, section=Section.DEVICES),
        Shot("09-devices-due", record_samples.devices_due, section=Section.DEVICES),
        Shot("09-devices-move", record_samples.devices_to_move, section=Section.DEVICES),
        Shot("09-devices-selected", record_samples.devices_selected, section=Section.DEVICES),
        Shot("09-devices-tagged", record_samples.devices_tagged, section=Section.DEVICES),
        Shot("09-devices-noted", record_samples.devices_noted, section=Section.DEVICES),
        Shot("09-devices-none", record_samples.no_devices, section=Section.DEVICES),
        Shot("09-devices-change", ownership_samples.change, section=Section.DEVICES),
        Shot("09-devices-give", ownership_samples.give, section=Section.DEVICES),
        Shot("09-devices-give-key", ownership_samples.give_to_key, section=Section.DEVICES),
        Shot("09-devices-token", ownership_samples.token, section=Section.DEVICES),
        Shot("09-devices-token-saved", ownership_samples.token_saved, section=Section.DEVICES),
        Shot("09-devices-reset", ownership_samples.reset, section=Section.DEVICES),
        Shot("09-devices-reset-held", ownership_samples.reset_held, section=Section.DEVICES),
        Shot("09-devices-revoke", ownership_samples.revoke, section=Section.DEVICES),
        Shot("09-devices-checks", administration.checks, section=Section.DEVICES),
        Shot("09-devices-share", administration.shared, section=Section.DEVICES),
        Shot("09-devices-share-opening", administration.opening, section=Section.DEVICES),
        Shot("09-devices-share-joined", administration.joined, section=Section.DEVICES),
        Shot("09-devices-share-full", administration.full, section=Section.DEVICES),
        Shot("09-devices-remove-untold", administration.removal_untold, section=Section.DEVICES),
        Shot("09-devices-remove", administration.removal, section=Section.DEVICES),
        Shot("09-devices-list-ends", record_samples.devices_with_a_warning, section=Section.DEVICES),
        Shot("09-devices-server-gone", team_samples.devices_without_server, section=Section.DEVICES),
        Shot("20-lab", lab_samples.running, section=Section.LAB),
        Shot("20-lab-none", lab_samples.nothing, section=Section.LAB),
        Shot("20-lab-finished", lab_samples.finished, section=Section.LAB),
        Shot("20-lab-all-good", lab_samples.all_good, section=Section.LAB),
        Shot("20-lab-stopped", lab_samples.stopped, section=Section.LAB, size=SMALL),
        Shot("20-lab-problem", lab_samples.problem, section=Section.LAB),
        Shot("25-device-trust", trust_samples.delegated, section=Section.DEVICES),
        Shot("25-device-trust-own", trust_samples.own, section=Section.DEVICES),
        Shot("25-device-trust-broken", trust_samples.broken, section=Section.DEVICES),
        Shot("25-device-trust-revoked", trust_samples.revoked, section=Section.DEVICES),
        Shot("25-ways", evaluation_samples.ways),
        Shot("25-device-evaluation", evaluation_samples.measured, section=Section.DEVICES),
        Shot("25-device-evaluation-none", evaluation_samples.nothing, section=Section.DEVICES),
        Shot("25-device-trust-none", trust_samples.nothing, section=Section.DEVICES),
        Shot("34-voucher", voucher_samples.ours, section=Section.DEVICES),
        Shot("34-voucher-announced", voucher_samples.announced, section=Section.DEVICES, size=SMALL),
        Shot("34-voucher-broken", voucher_samples.broken, section=Section.DEVICES),
        Shot("11-activity", record_samples.activity, section=Section.ACTIVITY),
        Shot("11-activity-octets", octet_samples.activity_octets, section=Section.ACTIVITY),
        Shot("11-activity-decoded", octet_samples.activity_decoded, section=Section.ACTIVITY),
        Shot("11-activity-dropped-file", drop_samples.of_no_use, section=Section.ACTIVITY),
        Shot("11-activity-octets-sealed", octet_samples.activity_octets_sealed, section=Section.ACTIVITY),
        Shot("11-activity-none", record_samples.no_activity, section=Section.ACTIVITY),
        Shot("21-activity-failures", activity_samples.failures, section=Section.ACTIVITY),
        Shot("21-activity-failures-none", activity_samples.no_failures, section=Section.ACTIVITY),
        Shot("21-activity-alone", activity_samples.alone, section=Section.ACTIVITY),
        Shot("21-activity-report", activity_samples.report, section=Section.ACTIVITY),
        Shot("11-settings", run_samples.settings, section=Section.SETTINGS),
        Shot("11-settings-upkeep", run_samples.settings_upkeep, section=Section.SETTINGS),
        Shot("11-settings-registry", team_samples.settings_registry, section=Section.SETTINGS),
        Shot("11-settings-radios", radio_samples.settings_radios, section=Section.SETTINGS),
        Shot("11-settings-clouds", administration.settings_with_clouds, section=Section.SETTINGS),
        Shot("11-settings-clouds-new", administration.settings_with_a_new_cloud, section=Section.SETTINGS),
        Shot("11-settings-fabrics", administration.settings_with_fabrics, section=Section.SETTINGS),
        Shot("11-settings-firmware", firmware_samples.rules, section=Section.SETTINGS),
        Shot("11-settings-firmware-file", firmware_samples.signed_file, section=Section.SETTINGS),
        Shot(
            "11-settings-firmware-wrong", firmware_samples.changed_file, section=Section.SETTINGS, size=SMALL
        ),
        Shot("11-settings-tokens", administration.settings_with_tokens, section=Section.SETTINGS),
        Shot("11-settings-tokens-used", administration.settings_with_tokens_in_use, section=Section.SETTINGS),
        Shot("11-settings-backup", tour_samples.settings_backup_form, section=Section.SETTINGS),
        Shot("11-settings-restore-tried", tour_samples.settings_restore_tried, section=Section.SETTINGS),
        Shot("22-bench", bench_samples.ready),
        Shot("22-bench-busy", bench_samples.busy),
        Shot("22-bench-compare", bench_samples.compare),
        Shot("22-bench-done", bench_samples.done),
        Shot("22-bench-known", bench_samples.known, size=SMALL),
        Shot("22-bench-setup", bench_samples.setup),
        Shot("23-welcome", tour_samples.welcome),
        Shot("23-welcome-no-bluetooth", tour_samples.welcome_without_bluetooth),
        Shot("23-restore", tour_samples.restore),
        Shot("24-tour-compare", tour_samples.tour_compare),
        Shot("24-tour-wrong-number", tour_samples.tour_wrong_number),
        Shot("24-tour-lesson", tour_samples.lesson),
        Shot("24-tour-done", tour_samples.tour_done),
        Shot("24-tour-real-device", tour_samples.real_device),
        Shot("26-grant", delegate_samples.grant_page, section=Section.SETTINGS),
        Shot("26-grant-empty", delegate_samples.grant_page_empty, section=Section.SETTINGS, size=SMALL),
        Shot("26-delegates", delegate_samples.settings_with_delegates, section=Section.SETTINGS),
        Shot("29-alerts", alert_samples.some, section=Section.ACTIVITY),
        Shot("29-alerts-planned", alert_samples.planned_form, section=Section.ACTIVITY),
        Shot("29-alerts-none", alert_samples.none, section=Section.ACTIVITY),
        Shot("33-replay-found", replay_samples.found, section=Section.ACTIVITY),
        Shot("33-replay-working", replay_samples.working, section=Section.ACTIVITY),
        Shot("33-replay-problem", replay_samples.failed, section=Section.ACTIVITY, size=SMALL),
        Shot("32-palette", palette_samples.found, section=None, size=(620, 480)),
        Shot("32-shortcuts", palette_samples.shortcuts, section=None, size=(860, 340)),
        Shot("12-components", samples.components, section=None, size=(1080, 884)),
        Shot("13-compare-small", samples.compare, size=SMALL),
    ]


def window(page: QWidget, section: Section | None, size: tuple[int, int], *, painted: bool = True) -> QWidget:
    """`page` in a window of this size, beside the rail. Not painted, it is laid out all the same."""
    frame = QWidget()
    frame.setUpdatesEnabled(painted)
    frame.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    row = QHBoxLayout(frame)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    if section is not None:
        rail = Rail(places())
        rail.set_current(section)
        row.addWidget(rail)
    row.addWidget(page, 1)
    frame.resize(*size)
    frame.show()
    return frame


def places() -> list[RailEntry]:
    """The rail's entries, as the app's own window has them. All of a window only for them would take long."""
    return MainWindow._places(SimpleNamespace(tr=partial(QCoreApplication.translate, "MainWindow")))


def draw(shot: Shot, scale: int) -> QImage:
    """The page, laid out and painted at `scale` device pixels a pixel."""
    frame = window(shot.make(), shot.section, shot.size)
    # A scroll bar without use gives its room back in a second pass, its margin in a third.
    for _ in range(3):
        QApplication.processEvents()
    image = QImage(frame.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    frame.render(image, QPoint(0, 0))
    frame.close()
    frame.deleteLater()
    return image


def tell(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """Pass on what Qt warns of, but for what a platform without a screen can't do."""
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def main(wanted: list[str]) -> int:
    qInstallMessageHandler(tell)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for folder in (ONCE, TWICE):
        folder.mkdir(parents=True, exist_ok=True)
    for scheme in theme.Scheme:
        theme.apply(app, forced=scheme, reduced_motion=True, families=FAMILIES)
        for shot in shots():
            if wanted and not any(shot.name.startswith(name) for name in wanted):
                continue
            for folder, scale in ((ONCE, 1), (TWICE, 2)):
                draw(shot, scale).save(str(folder / f"{shot.name}-{scheme.value}.png"))
    print(f"{ONCE.relative_to(ROOT)}: {len(list(ONCE.glob('*.png')))} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The scan page at work: whatever brings a text, the page says what it is, and starts with the right ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from companion.model import SetupCode, WifiCredentials
from companion.protocols import recognise
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.scanner import FrameReader, Read, ScanState
from companion.scanner.stability import ScanResult
from companion.setup_code.manual_entry import VISIBLE_SPACE
from tests.ui.support.codes import pictured
from tests.ui.support.stage import LONG, Stage, stage
from ui.engine.events import CodeRefused, Typed
from ui.flow.state import Page
from ui.pages.scan.code_choice import CodeChoice
from ui.pages.scan.sources.camera import AWAY_FRAMES
from ui.sources.camera import View
from ui.widgets import Banner, Button, ButtonKind, CodeGroups, Field, GroupState

HOMEKIT = "X-HM://00528JWLTGM7I"


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with stage(qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def sample() -> str:
    return rp1_factory.label(rp1_factory.sample())


def notice(scene: Stage) -> str:
    """What the notice on the scan page says, "" if there is none."""
    banners = [banner for banner in scene.router.scan.findChildren(Banner) if banner.isVisible()]
    return banners[0].accessibleName() if banners else ""


def primary(scene: Stage) -> Button:
    (button,) = [b for b in scene.router.scan.findChildren(Button) if b.kind is ButtonKind.PRIMARY]
    return button


def test_a_typed_code_is_checked_in_groups_and_enter_starts(scene: Stage, sample: str) -> None:
    half = sample[: len(sample) // 2]
    groups = scene.router.scan.findChild(CodeGroups)
    scene.router.scan.set_text(half)
    scene.qtbot.waitUntil(lambda: bool(groups.groups), timeout=LONG)
    full, typed = divmod(len(half) - len("RP1:"), 6)
    assert [group.state for group in groups.groups[:full]] == [GroupState.RIGHT] * full
    assert groups.groups[full].filled == pytest.approx(typed / 6), "a space is a letter like any other"
    assert not primary(scene).isEnabled()
    scene.router.scan.set_text(sample)
    scene.qtbot.waitUntil(lambda: primary(scene).isEnabled(), timeout=LONG)
    scene.router.scan.code_entered.emit(sample)
    scene.until(Page.CONFIRMATION)


@pytest.mark.parametrize(
    "form", ["{0}", "“{0}”.", " {1}\n", "{2}\r\n{3}"], ids=["as is", "quoted", "small", "lines"]
)
def test_a_code_pasted_into_the_field_is_taken(scene: Stage, sample: str, form: str) -> None:
    assert " " in sample, "whose spaces are digits"
    line = scene.router.scan.findChild(Field).line_edit
    QGuiApplication.clipboard().setText(form.format(sample, sample.lower(), sample[:20], sample[20:]))
    line.paste()
    scene.qtbot.waitUntil(lambda: primary(scene).isEnabled(), timeout=LONG)
    scene.qtbot.keyClick(line, Qt.Key.Key_Return)
    scene.until(Page.CONFIRMATION)
    assert scene.router.flow.code == recognise(sample)


def test_a_wrong_letter_is_named_and_nothing_starts(scene: Stage, sample: str) -> None:
    wrong = sample[:12] + "#" + sample[13:]
    scene.router.scan.set_text(wrong)
    groups = scene.router.scan.findChild(CodeGroups)
    scene.qtbot.waitUntil(
        lambda: any(group.state is GroupState.WRONG for group in groups.groups), timeout=LONG
    )
    scene.router.scan.code_entered.emit(wrong)
    assert not scene.router.flow.running


def test_an_answer_about_an_older_text_is_dropped(scene: Stage, sample: str) -> None:
    scene.router.scan.set_text(sample)
    scene.router.scan.set_text("")
    scene.qtbot.wait(300)
    assert not primary(scene).isEnabled()


def test_a_code_of_another_kind_gets_its_sentence(scene: Stage) -> None:
    scene.scan_code(HOMEKIT)
    scene.qtbot.waitUntil(lambda: "HomeKit" in notice(scene), timeout=LONG)
    assert (scene.page, scene.router.flow.running) == (Page.SCAN, False)


def test_a_damaged_code_says_so_and_stays(scene: Stage, sample: str) -> None:
    scene.scan_code(sample[:-9])
    scene.qtbot.waitUntil(lambda: any(isinstance(e, CodeRefused) for e in scene.heard), timeout=LONG)
    assert notice(scene)
    assert not scene.router.flow.running


def test_a_network_code_is_offered_to_the_device(scene: Stage) -> None:
    scene.scan_code("WIFI:S:Hafen 12;T:WPA;P:seven gulls at noon;;")
    scene.qtbot.waitUntil(lambda: scene.router.flow.suggestion.wifi is not None, timeout=LONG)
    offered = scene.router.flow.suggestion.wifi
    assert isinstance(offered, WifiCredentials) and offered.ssid == b"Hafen 12"
    assert "Hafen 12" in notice(scene)
    assert "gulls" not in notice(scene)


def test_pasting_text_starts_and_an_empty_clipboard_is_said(scene: Stage, sample: str) -> None:
    QGuiApplication.clipboard().setMimeData(QMimeData())
    scene.router.scan.paste_wanted.emit()
    assert notice(scene)
    QGuiApplication.clipboard().setText(sample)
    scene.router.scan.paste_wanted.emit()
    scene.until(Page.CONFIRMATION)


def test_a_dropped_file_is_read(scene: Stage, tmp_path: Path, sample: str) -> None:
    file = tmp_path / "code.txt"
    file.write_text(sample, encoding="utf-8")
    scene.router.sources.read_file(file)
    scene.until(Page.CONFIRMATION)


def test_a_picture_without_a_code_says_what_helps(scene: Stage, tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    scene.router.sources.read_file(empty)
    scene.qtbot.waitUntil(lambda: bool(notice(scene)), timeout=LONG)


def test_what_the_camera_sees_is_said_once_and_an_accepted_code_starts(scene: Stage, sample: str) -> None:
    homekit, code = recognise(HOMEKIT), recognise(sample)
    see = scene.router.sources.camera.seen.emit
    see(View(ScanResult(ScanState.FOREIGN, (homekit,)), None))
    assert "HomeKit" in notice(scene)
    scene.router.scan.show_notice(None)
    see(View(ScanResult(ScanState.FOREIGN, (homekit,)), None))
    assert not notice(scene)
    see(View(ScanResult(ScanState.ACCEPTED, (code,)), ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))))
    scene.until(Page.CONFIRMATION)
    assert not notice(scene)


def which(scene: Stage) -> list[Button]:
    """The buttons that ask which code is meant."""
    return scene.router.scan.findChild(CodeChoice).buttons if scene.router.scan.is_asking else []


def two_codes() -> tuple[str, str]:
    first, second = rp1_factory.sample(), rp1_factory.sample()
    second = replace(second, disc=second.disc ^ 1)
    return rp1_factory.label(first), rp1_factory.label(second)


def see_both(scene: Stage, *codes: SetupCode) -> None:
    for order in (codes, codes[::-1]):
        scene.router.sources.camera.seen.emit(View(ScanResult(ScanState.CHOOSE, order), None))
        scene.router.sources.camera.seen.emit(View(ScanResult(ScanState.AGREEING), None))


def test_two_codes_in_view_ask_which_one_and_the_choice_starts(
    scene: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[SetupCode] = []
    monkeypatch.setattr(scene.router.sources.camera, "take", taken.extend)
    codes = [recognise(text) for text in two_codes()]
    see_both(scene, *codes)
    asked = which(scene)
    assert len({button.text() for button in asked}) == 2
    assert "Which one?" in notice(scene)
    see_both(scene, *codes)
    assert which(scene) == asked
    assert not scene.router.flow.running
    chosen = next(button for button in asked if str(codes[1].payload.disc) in button.text())
    chosen.click()
    assert scene.router.flow.code == codes[1]
    assert {code.text for code in taken} == {code.text for code in codes}
    assert not which(scene)


def test_two_codes_in_one_picture_ask_too_and_a_covered_one_ends_the_question(scene: Stage) -> None:
    texts = two_codes()
    scene.router.sources.reader.read.emit(texts, "file")
    scene.qtbot.waitUntil(lambda: len(which(scene)) == 2, timeout=LONG)
    assert not scene.router.flow.running
    code = recognise(texts[0])
    scene.router.sources.camera.seen.emit(View(ScanResult(ScanState.ACCEPTED, (code,)), None))
    assert scene.router.flow.code == code
    assert not which(scene)


def test_a_setup_code_beside_a_foreign_one_and_a_damaged_one_is_the_one_that_is_meant(
    scene: Stage, sample: str
) -> None:
    scene.router.sources.reader.read.emit((HOMEKIT, "MT:Y.K9042C00KA0648G0", sample), "file")
    scene.until(Page.CONFIRMATION)
    assert scene.router.flow.code == recognise(sample)


def test_a_damaged_code_in_a_picture_is_named_although_another_one_is_foreign(scene: Stage) -> None:
    scene.router.sources.reader.read.emit(("MT:Y.K9042C00KA0648G0",), "file")
    scene.qtbot.waitUntil(lambda: "damaged" in notice(scene), timeout=LONG)
    scene.router.sources.reader.read.emit(("MT:Y.K9042C00KA0648G0", HOMEKIT), "file")
    scene.qtbot.waitUntil(lambda: "HomeKit" in notice(scene), timeout=LONG)
    assert not scene.router.flow.running


def test_a_cancelled_code_counts_again_when_it_was_away(scene: Stage) -> None:
    scanning = scene.router.sources
    reader = FrameReader()
    scanning.camera._reader = reader
    read = Read("x", b"x", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    scene.router.scan.cancelled.emit()
    for _ in range(2 * AWAY_FRAMES):
        scanning.camera.seen.emit(View(ScanResult(ScanState.LOOKING, reads=(read,)), None))
    assert scanning.camera._reader is reader
    for _ in range(AWAY_FRAMES):
        scanning.camera.seen.emit(View(ScanResult(ScanState.LOOKING), None))
    assert scanning.camera._reader is None


TYPED = {
    "RP1": (rp1_factory.label(rp1_factory.sample()).replace(" ", VISIBLE_SPACE), True),
    "Matter digits": ("3497-011-2332", True),
    "Matter text": ("MT:Y.K9042C00KA0648G00", True),
    "HomeKit digits": ("123-45-678", False),
}


@pytest.mark.parametrize("kind", TYPED)
def test_typed_codes_are_grouped_and_checked_letter_by_letter(scene: Stage, kind: str) -> None:
    """Every prefix gets groups of which none is wrong, and what is full is right."""
    text, ours = TYPED[kind]
    page, field = scene.router.scan, scene.router.scan.findChild(Field).line_edit
    groups = page.findChild(CodeGroups)
    answers: list[Typed] = []
    scene.bridge.arrived.connect(lambda event: isinstance(event, Typed) and answers.append(event))
    before = 0
    for letter in text:
        scene.qtbot.keyClicks(field, letter)
    scene.qtbot.waitUntil(
        lambda: bool(answers) and answers[-1].text.reveal_text() == page.text(), timeout=LONG
    )
    assert page.text() == text
    shown = groups.groups
    assert shown and all(group.state is GroupState.RIGHT for group in shown)
    assert f"{len(shown)} of {len(shown)}" in groups.accessibleName()
    assert primary(scene).isEnabled() == ours
    assert ours or notice(scene)
    for answer in answers:
        states = [group.state.value for group in answer.entry.groups]
        assert "wrong" not in states, answer.text.reveal_text()
        assert states.count("right") >= before - 1
        before = states.count("right")


@pytest.mark.parametrize(
    ("right", "wrong"), [("3497-011-2332", "3497-011-2323"), ("34970112332", "34970112322")]
)
def test_a_matter_code_with_swapped_or_wrong_digits_is_not_accepted(
    scene: Stage, right: str, wrong: str
) -> None:
    groups = scene.router.scan.findChild(CodeGroups)
    scene.router.scan.set_text(wrong)
    scene.qtbot.waitUntil(
        lambda: any(group.state is GroupState.WRONG for group in groups.groups), timeout=LONG
    )
    assert scene.router.scan.findChild(Field).is_wrong and not primary(scene).isEnabled()
    scene.router.scan.set_text(right)
    scene.qtbot.waitUntil(lambda: not scene.router.scan.findChild(Field).is_wrong, timeout=LONG)
    scene.qtbot.waitUntil(primary(scene).isEnabled, timeout=LONG)


@pytest.mark.parametrize("payload", [bytes(range(256)), "A" * 4296, b"\xff\xfe\x00\x01"], ids=len)
def test_the_strangest_payload_is_an_unknown_code_and_the_app_goes_on(
    scene: Stage, payload: str | bytes, sample: str
) -> None:
    QGuiApplication.clipboard().setImage(pictured(payload))
    scene.router.scan.paste_wanted.emit()
    scene.qtbot.waitUntil(lambda: "does not recognise this code" in notice(scene), timeout=LONG)
    QGuiApplication.clipboard().setImage(pictured(sample))
    scene.router.scan.paste_wanted.emit()
    scene.until(Page.CONFIRMATION)

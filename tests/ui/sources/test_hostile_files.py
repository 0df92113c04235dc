"""Files made to hurt, through the window's doors: a sentence each, bounded memory, and the app goes on."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from companion.protocols.rp1.virtual import factory as rp1_factory
from tests.support import hostile
from tests.ui.support.codes import pictured
from tests.ui.support.stage import LONG, Stage, stage
from ui.flow.state import Page
from ui.widgets import Banner

# KiB that the process may grow by, for the whole row of files.
MOST_GROWTH = 200_000
REFUSED, EMPTY, UNKNOWN = "Can't open the file", "No setup code found in the image", "Unknown code"
SAID = {
    "empty": REFUSED,
    "huge": REFUSED,
    "bomb": REFUSED,
    "cut": REFUSED,
    "animation": EMPTY,
    "binary": UNKNOWN,
    "longest": UNKNOWN,
}
# Qt says of a picture that is cut that it is cut.
pytestmark = pytest.mark.qt_log_ignore("libpng", "qt.gui.imageio")


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with stage(qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return hostile.write_all(tmp_path_factory.mktemp("hostile"))


def notice(scene: Stage) -> str:
    banners = [banner for banner in scene.router.scan.findChildren(Banner) if banner.isVisible()]
    return banners[0].accessibleName() if banners else ""


def drop(scene: Stage, data: QMimeData) -> None:
    scene.router.scan.show_notice(None)
    scene.router.scan.dropped.emit(data)


def test_every_hostile_file_gets_its_sentence_and_a_good_one_starts_after_it(
    scene: Stage, files: dict[str, Path], tmp_path: Path
) -> None:
    good = tmp_path / "good.png"
    assert pictured(rp1_factory.label(rp1_factory.sample())).save(str(good))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, path in files.items():
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        drop(scene, data)
        scene.qtbot.waitUntil(lambda: bool(notice(scene)), timeout=LONG)
        assert SAID[name] in notice(scene), name
        assert not scene.router.flow.running
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good))])
    drop(scene, data)
    scene.until(Page.CONFIRMATION)


def test_a_picture_on_the_clipboard_that_is_too_large_is_refused(scene: Stage) -> None:
    data = QMimeData()
    data.setImageData(QImage(hostile.HUGE_SIDE, hostile.HUGE_SIDE, QImage.Format.Format_Mono))
    drop(scene, data)
    scene.qtbot.waitUntil(lambda: bool(notice(scene)), timeout=LONG)
    assert REFUSED in notice(scene)

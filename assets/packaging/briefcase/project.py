"""A Briefcase project around the wheel: `python -m assets.packaging.briefcase.project WHEEL FOLDER`.

On a Mac or a PC with Windows, Briefcase makes the app of it; README.md beside this file has the commands.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from assets.packaging.environment import ROOT, version_of

HERE = Path(__file__).parent
START = '"""Starts the window."""\n\nimport sys\n\nfrom ui.__main__ import main\n\nsys.exit(main())\n'


def write(wheel: Path, folder: Path) -> Path:
    """Write the project with a copy of the wheel, without icons. Returns its pyproject.toml."""
    version = version_of(wheel)
    source = folder / "src/companion_app"
    source.mkdir(parents=True)
    (source / "__init__.py").write_text('"""Companion\'s window as an app of macOS and Windows."""\n')
    (source / "__main__.py").write_text(START)
    shutil.copy(wheel, folder)
    shutil.copy(ROOT / "LICENSE", folder)
    filled = {"VERSION": version.split("+")[0], "WHEEL": wheel.name, "TRIPLE": triple(version)}
    text = (HERE / "pyproject.toml.in").read_text(encoding="utf-8")
    made = folder / "pyproject.toml"
    made.write_text(re.sub(r"@([A-Z]+)@", lambda found: filled[found[1]], text), encoding="utf-8")
    return made


def triple(version: str) -> str:
    """The three numbers that Windows' installer compares."""
    numbers = [each for each in re.split(r"[^\d]+", version.split("+")[0].split(".dev")[0]) if each]
    return ".".join([*numbers, "0", "0", "0"][:3])


def write_icons(folder: Path) -> None:
    """The icon in the forms of both systems, as the window draws it."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter

    from ui.widgets.mark import paint_mark

    app = QGuiApplication(["icons", "-platform", "offscreen"])
    (folder / "icons").mkdir()
    for side, ending in ((512, "icns"), (256, "ico")):
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(image.rect()))
        painter.end()
        if not image.save(str(folder / "icons" / f"companion.{ending}")):
            raise OSError(f"Qt can't write {ending}")
    app.quit()


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), Path(sys.argv[2])))
    write_icons(Path(sys.argv[2]))

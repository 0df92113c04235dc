"""An AppImage from the wheel: `python -m assets.packaging.appimage.build WHEEL FOLDER`.

Inside are Debian 12's Python, the Python libraries, and the system's libraries that these load. It runs
where glibc is at least Debian 12's. Needs gcc, squashfs-tools, libsquashfuse-dev, libfuse3-dev with their
compressors (`PACKAGES`), and an index for pip.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from assets.packaging import share
from assets.packaging.appimage.libraries import gather
from assets.packaging.environment import compile_all, date_all, epoch, install, prune, said, version_of

HERE = Path(__file__).parent
PACKAGES = (
    "gcc", "libc6-dev", "squashfs-tools", "libsquashfuse-dev", "libfuse3-dev", "libzstd-dev", "liblzma-dev",
    "liblz4-dev", "liblzo2-dev", "zlib1g-dev",
)  # fmt: skip
STATIC = ("squashfuse_ll", "squashfuse", "fuse3", "pthread", "zstd", "lzma", "z", "lz4", "lzo2", "dl")
PYTHON = Path("/usr/bin/python3.11")
# Of the standard library: its tests and tools, and what is for building Python itself.
UNUSED = ("test", "idlelib", "lib2to3", "ensurepip", "turtledemo", "tkinter", "config-*", "pydoc_data")
# After the end of ctypes.util: libraries of the AppImage are found by their name, as the system's are.
FIND_LIBRARY = '''

_system_find_library = find_library


def find_library(name):
    """The library in the AppImage, or the system's."""
    folder = os.path.normpath(os.path.join(os.path.dirname(__file__), "../../bundled"))
    found = sorted(each for each in os.listdir(folder) if each.startswith(f"lib{name}.so"))
    return os.path.join(folder, found[0]) if found else _system_find_library(name)
'''


def main(wheel: Path, out: Path) -> Path:
    """Build `Companion-VERSION-MACHINE.AppImage` in `out`."""
    version = version_of(wheel)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch()))
    out.mkdir(parents=True, exist_ok=True)
    image = out / f"Companion-{version}-{platform.machine()}.AppImage"
    with tempfile.TemporaryDirectory(prefix="companion-appimage-") as work:
        root = Path(work) / "AppDir"
        _python(root)
        packages = root / "usr/lib/python3/dist-packages"
        install(wheel, PYTHON, ["--upgrade", "--target", packages])
        shutil.rmtree(packages / "bin", ignore_errors=True)
        prune(packages)
        for library in gather(root):
            _copyright(root, library)
        python = root / "usr/bin/python3"
        compile_all(python, root, root / "usr/lib")
        share.write(root / "usr/share", python, version)
        share.write_parts(root / "usr/share/doc/companion", python)
        _top(root)
        date_all(root)
        _image(root, image, Path(work))
    return image


def _python(root: Path) -> None:
    """Debian's Python with its standard library, behind a script that finds the libraries."""
    library = root / "usr/lib/python3.11"
    unused = shutil.ignore_patterns(*UNUSED, "__pycache__")
    shutil.copytree("/usr/lib/python3.11", library, symlinks=False, ignore=unused)
    finder = library / "ctypes/util.py"
    finder.write_text(finder.read_text() + FIND_LIBRARY)
    (root / "usr/bin").mkdir()
    shutil.copyfile(PYTHON, root / "usr/bin/python3.11")
    (root / "usr/bin/python3.11").chmod(0o755)
    loader = re.search(r"^\s*(/lib\S+)", said("ldd", PYTHON), re.MULTILINE)
    assert loader is not None
    script = (HERE / "python3").read_text().replace("@LOADER@", loader[1])
    (root / "usr/bin/python3").write_text(script)
    (root / "usr/bin/python3").chmod(0o755)


def _copyright(root: Path, library: Path) -> None:
    """The licence of a library of Debian's, as its package has it."""
    # dpkg knows a library in one of two folders that are the same one.
    owner = said("dpkg", "-S", f"*/{library.name}").split(":")[0]
    folder = root / "usr/share/doc" / owner
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(f"/usr/share/doc/{owner}/copyright", folder / "copyright")


def _top(root: Path) -> None:
    """What the format wants at the top: what is started, a menu entry and an icon."""
    shutil.copy(HERE / "AppRun", root / "AppRun")
    (root / f"{share.APP_ID}.desktop").symlink_to(f"usr/share/applications/{share.APP_ID}.desktop")
    (root / "companion.png").symlink_to("usr/share/icons/hicolor/256x256/apps/companion.png")
    (root / ".DirIcon").symlink_to("companion.png")
    fonts = root / "usr/share/fonts"
    shutil.copytree("/usr/share/fonts/truetype/dejavu", fonts / "dejavu")
    shutil.copyfile(HERE / "fonts.conf", fonts / "fonts.conf")
    _copyright(root, Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))


def _image(root: Path, image: Path, work: Path) -> None:
    runtime, system = work / "runtime", work / "system"
    libraries = [f"-l{each}" for each in STATIC]
    compiling = ["gcc", "-O2", "-static", "-s", "-D_FILE_OFFSET_BITS=64", "-Wall", "-Wl,--build-id=none"]
    subprocess.run([*compiling, "-o", runtime, HERE / "runtime.c", *libraries], check=True)
    # One processor, so that the order of blocks does not depend on who is first.
    packing = ["mksquashfs", root, system, "-comp", "lz4", "-Xhc", "-processors", "1"]
    subprocess.run([*packing, "-all-root", "-no-xattrs", "-quiet", "-no-progress"], check=True)
    start = bytearray(runtime.read_bytes())
    # By these octets of the ELF header others know an AppImage of type 2.
    start[8:11] = b"AI\x02"
    with image.open("wb") as written:
        written.write(start)
        with system.open("rb") as read:
            shutil.copyfileobj(read, written)
    image.chmod(0o755)


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))

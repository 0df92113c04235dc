"""Files to the texts of the codes in them: one list of what is taken, one set of limits, for every program.

What the scanner's own decoders do not take is drawn by the program that can: the window has Qt for it.
Nothing heavy is imported before a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from companion.errors import CodeUnreadable, FormatUnavailable, ImageRefused
from companion.files import read_at_most, unreadable
from companion.scanner.files.headers import MAX_OCTETS, FileKind, kind_and_size
from companion.scanner.reads import Frame, Read

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
VIDEOS = (".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".ogv", ".mpg", ".ts")
TEXTS = (".txt", ".text", ".json")
DOCUMENTS = (".pdf",)
TAKEN = (*PICTURES, *VIDEOS, *DOCUMENTS, *TEXTS)
"""The files that every program reads, by name. What a picture or video is, its content tells."""

DRAWN = (FileKind.HEIC, FileKind.AVIF, FileKind.SVG)
"""What a program may be able to draw, by the decoders of its system."""

MOST_TEXT_OCTETS = 65_536

Draw: TypeAlias = Callable[[Path], Iterable[Frame]]
"""The pages or the picture in a file, as grey frames. Raises ImageRefused before it costs memory."""

_HEAD_OCTETS = 1 << 16


def texts_in_file(
    path: Path, *, draw: Draw | None = None, enough: Callable[[Read], bool] | None = None
) -> tuple[str, ...]:
    """Every code's text in a picture, a video, a document or a text file, each once, in order of appearance.

    draw: for what the scanner does not take itself. enough: what ends the search in a picture; None: any code
    Raises FileMissing, FileUnreadable, ImageRefused for a file of no use, CodeUnreadable if no code is in it.
    """
    from companion.scanner.files.pictures import read_file, read_frame

    try:
        if path.suffix.lower() in TEXTS and path.stat().st_size <= MOST_TEXT_OCTETS:
            return _some((read_at_most(MOST_TEXT_OCTETS, path).decode().strip(),))
        kind, size = _kind_of(path), path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise ImageRefused(type(error).__name__) from error
    if kind in (FileKind.PICTURE, FileKind.VIDEO) or not size:
        return _some(read.text for read in read_file(path, enough=enough))
    if size > MAX_OCTETS:
        raise ImageRefused("the file is larger than 100 MB")
    return _some(
        read.text for frame in _frames(path, kind, draw) for read in read_frame(frame, enough=enough)
    )


def _frames(path: Path, kind: FileKind, draw: Draw | None) -> Iterable[Frame]:
    """The pages of a PDF, or what the program draws."""
    if kind is FileKind.PDF:
        from companion.scanner.files.pdf import pages_of_pdf

        return pages_of_pdf(path)
    if draw is None:
        raise FormatUnavailable(format=kind.name) if kind in DRAWN else ImageRefused("unknown format")
    return draw(path)


def _kind_of(path: Path) -> FileKind:
    with path.open("rb") as file:
        return kind_and_size(file.read(_HEAD_OCTETS)).kind


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once. Raises CodeUnreadable for none."""
    found = tuple(dict.fromkeys(text for text in texts if text))
    if not found:
        raise CodeUnreadable("no code was found in the file")
    return found

"""`companion label`: sheets and NFC tags of setup codes, with a secret of its own for every device."""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json
from companion.commands.terminal import interrupts, streams
from companion.files import create_named, read_named, replace_durably
from companion.protocols.discovery import labels

if TYPE_CHECKING:
    from companion.label import Label
    from companion.label.sheet import Printed

MOST_BATCH = 64 << 20  # a million devices
BATCH_HELP = "batch: a CSV file with a header line and one device per line\n"


def configure(parser: argparse.ArgumentParser) -> None:
    """`label BATCH.csv [--out SHEET] [--nfc [--lock]] [--codes FILE]`."""
    assert parser.epilog is not None
    columns = [*((each.column, each.help) for each in labels().values()), ("text", "existing setup codes")]
    rows = "".join(f"  {f'serial,{column}':<20} {words}\n" for column, words in columns)
    parser.epilog = f"{BATCH_HELP}{rows}\n{parser.epilog}"
    parser.add_argument("batch", type=Path, metavar="BATCH.csv", help="CSV file with the devices")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="SHEET",
        help="output file: .pdf, or .svg (one file per page)",
    )
    parser.add_argument(
        "--codes", type=Path, metavar="FILE.csv", help="also write serial numbers and codes to this CSV file"
    )
    parser.add_argument(
        "--nfc",
        action="store_true",
        help="write the codes to NFC tags, one after the other, and read them back",
    )
    parser.add_argument("--lock", action="store_true", help="with --nfc: make each tag read-only, for ever")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the sheets. Files that hold secrets can be read by their owner only, and replace nothing."""
    if arguments.out is None and not arguments.nfc:
        return _refuse("give --out, --nfc or both")
    if arguments.lock and not arguments.nfc:
        return _refuse("--lock is for --nfc")
    try:
        labels = read_batch(arguments.batch)
        written = write_sheet(labels, arguments.out) if arguments.out is not None else []
        if arguments.codes is not None:
            create_named(arguments.codes, _as_csv(labels).encode())
            written.append(arguments.codes)
    except KeyError as error:
        return _refuse(f"{arguments.batch.name} has no column {error}")
    except UnicodeDecodeError:
        return _refuse(f"{arguments.batch.name} is not a text file")
    except (ValueError, csv.Error) as error:
        return _refuse(str(error))
    if arguments.nfc:
        progress = Progress(arguments.codes or arguments.batch)
        interrupts.run(write_tags(labels, lock=arguments.lock, progress=progress))
    if arguments.json:
        streams.print_json({"labels": len(labels), "files": [str(path) for path in written]})
    elif written:
        streams.print_line(f"{len(labels)} labels in {', '.join(str(path) for path in written)}")
    return 0


class Progress:
    """Which serial numbers of a file of codes are on tags, so that an interrupted batch goes on.

    It is kept beside that file, as NAME.tags, until all are done. It holds no secret.
    """

    def __init__(self, codes: Path) -> None:
        self.codes = codes
        self.path = codes.with_name(f"{codes.name}.tags")
        self._done: tuple[str, ...] = ()

    def left(self, labels: Sequence[Label]) -> list[Label]:
        """Those that are not on a tag yet. Raises FileUnreadable."""
        if self.path.exists():
            self._done = tuple(read_named(MOST_BATCH, self.path).decode(errors="replace").splitlines())
        known = set(self._done)
        return [label for label in labels if label.serial not in known]

    def note(self, serial: str) -> None:
        """This one was written and read back. It is on the disk when this returns. Raises OSError."""
        self._done = (*self._done, serial)
        replace_durably(self.path, "".join(f"{each}\n" for each in self._done).encode())

    def finish(self) -> None:
        """All of them are done."""
        self.path.unlink(missing_ok=True)


async def write_tags(every: Sequence[Label], *, lock: bool, progress: Progress) -> None:
    """Write each code to the next tag that is held to a reader, and count. Raises as `Readers.check`.

    What an earlier, interrupted batch of the same codes wrote is left out.
    """
    labels = progress.left(every)
    before = len(every) - len(labels)
    if before:
        streams.print_error(f"{before} of {len(every)} are on tags already ({progress.path.name}).")
    if not labels:
        progress.finish()
        return
    from companion.nfc.reader import Readers
    from companion.nfc.writer import write_batch

    stop = threading.Event()

    def write() -> None:
        with Readers() as readers:
            for tried in write_batch([label.code for label in labels], readers, stop=stop.is_set, lock=lock):
                serial = labels[tried.place].serial
                if tried.error is None:
                    progress.note(serial)
                    count = before + tried.place + 1
                    streams.print_error(f"✓ {count} of {len(every)}: {serial}. Take the tag away.")
                else:
                    said = f"{tried.error.title_text}. {tried.error.advice_text} ({tried.error.code})"
                    streams.print_error(f"✗ {serial}: {said}")

    streams.print_error(f"Hold the tag of {labels[0].serial} to the NFC reader.")
    try:
        await asyncio.to_thread(write)
    except asyncio.CancelledError:
        streams.print_error(f"To go on with the rest: companion label {progress.codes.name} --nfc")
        raise
    finally:
        stop.set()
    progress.finish()


def _refuse(reason: str) -> int:
    streams.print_error(f"companion: {reason}")
    return 2


def read_batch(path: Path) -> tuple[Label, ...]:
    """The labels of a batch file. Raises FileMissing, FileUnreadable, ValueError, KeyError (no such column),
    SetupCodeError."""
    from companion.label import labels_of, new_labels

    rows = list(csv.DictReader(io.StringIO(read_named(MOST_BATCH, path).decode(), newline="")))
    if not rows:
        raise ValueError(f"{path.name} contains no devices")
    columns = rows[0].keys()
    for protocol, declared in labels().items():
        if declared.column in columns:
            return new_labels(protocol, rows)
    return labels_of((row["serial"], row["text"]) for row in rows)


def write_sheet(labels: Sequence[Printed], out: Path) -> list[Path]:
    """Write a PDF, or an SVG file a page.

    Raises ValueError for another ending, FileUnwritable.
    """
    from companion.label import sheet_pdf, sheet_svg

    if out.suffix.lower() == ".pdf":
        create_named(out, sheet_pdf(labels))
        return [out]
    if out.suffix.lower() != ".svg":
        raise ValueError("--out must end in .pdf or .svg")
    pages = sheet_svg(labels)
    paths = [
        out if len(pages) == 1 else out.with_stem(f"{out.stem}-{page}") for page in range(1, len(pages) + 1)
    ]
    for path, page in zip(paths, pages, strict=True):
        create_named(path, page.encode())
    return paths


def _as_csv(labels: Sequence[Label]) -> str:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("serial", "text"))
    rows.writerows((label.serial, label.text) for label in labels)
    return text.getvalue()

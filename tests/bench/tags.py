"""A batch of codes onto tags, at a virtual reader of the real pcscd: written, read back, each once."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

COUNT = 200


def table(count: int = COUNT) -> Iterator[str]:
    """count: of tags. One line."""
    with tempfile.TemporaryDirectory(prefix="companion-tags-") as folder:
        # Before the library is loaded, which looks for it once.
        os.environ["PCSCLITE_CSOCK_NAME"] = f"{folder}/pcscd.comm"
        yield _bench(Path(folder), count)


def _bench(folder: Path, wanted: int) -> str:
    from companion.commands.label import read_batch
    from companion.nfc import apdu, content, tag
    from companion.nfc.reader import Readers
    from companion.nfc.writer import Written, write_batch
    from tests.nfc import vpcd
    from tests.nfc.tags import Type2Tag, transmit
    from tests.nfc.test_writer import batch, put_on
    from tests.support.until import wait_until

    if not vpcd.is_there():
        return f"tags: {vpcd.NEEDS}"
    labels = read_batch(batch(folder, wanted))
    cards = [Type2Tag("NTAG215") for _ in labels]
    done: list[Written] = []
    service = vpcd.Service(os.environ["PCSCLITE_CSOCK_NAME"])
    service.start()

    def write() -> None:
        with Readers() as readers:
            for tried in write_batch([each.code for each in labels], readers, stop=lambda: False):
                done.append(tried)

    with Readers() as readers:
        wait_until(lambda: bool(readers.refresh() and readers.names))
    began = time.monotonic()
    writing = threading.Thread(target=write, daemon=True)
    writing.start()
    for count, card in enumerate(cards, 1):
        put_on(service, card, done, count)
    writing.join(10)
    seconds = time.monotonic() - began
    service.close()
    right = sum(
        apdu.run(tag.read(card.atr), transmit(card)) == content.message_of(each.code)
        for card, each in zip(cards, labels, strict=True)
    )
    failed = sum(each.error is not None for each in done)
    return f"tags: {right} of {wanted} right, {failed} failed tries, {seconds / wanted:.2f} s each"

"""Thread's operational datasets: octets of a border router, text of a person, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread import MOST_OCTETS, Dataset, read, read_text
from companion.networks.thread.changes import Changes, changed
from companion.secret import Secret
from tests.networks.thread.samples import ANDROID, DEMO, OLD, PENDING


def thread_datasets(data: bytes) -> None:
    with suppress(ThreadDatasetUnusable):
        dataset = read(Secret(data))
        assert dataset.secret.reveal() == data
        _use(dataset)


def thread_texts(data: bytes) -> None:
    with suppress(ThreadDatasetUnusable):
        _use(read_text(data.decode("latin-1")))


def _use(dataset: Dataset) -> None:
    assert all(str(remark) for remark in dataset.remarks)
    dataset.check()
    later = changed(dataset, Changes(rotation=24, allow={"toble_link": False}))
    assert later.active is not None and len(later.secret) <= MOST_OCTETS
    assert later.policy is not None and "toble_link" not in later.policy.allowed


def seeds() -> dict[str, list[bytes]]:
    """Published datasets, as octets and as they are copied."""
    published = [ANDROID, DEMO, OLD, PENDING]
    return {
        "thread_datasets": [bytes.fromhex(each) for each in published],
        "thread_texts": [f"> dataset active -x\n{each}\nDone\n".encode() for each in published],
    }


THREAD: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (thread_datasets, thread_texts)
}

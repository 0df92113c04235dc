"""Tags and notes of devices: kept, found, counted, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import RecordMissing
from companion.registry import Registry, open_registry
from companion.registry.lists import MOST_KEYED, DeviceFilter, DeviceOrder, DeviceQuery
from companion.registry.lookup import by_id
from companion.registry.notes import MOST_NOTE, MOST_TAG, MOST_TAGS, Told, tags_in
from tests.support.many_records import fill

FIRST, SECOND, THIRD = (f"{number:016x}" for number in range(3))


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Registry]:
    fill(tmp_path, 100)
    registry = open_registry(tmp_path)
    yield registry
    registry.close()


def ids(registry: Registry, query: DeviceQuery) -> list[str]:
    return [row.record.id for row in registry.lists.devices(query).rows]


def test_tagged_devices_are_listed_by_tag_and_found_by_it(few: Registry) -> None:
    few.notes.tag([FIRST, SECOND], add=tags_in(["Line-2, fragile"]))
    few.notes.tag([SECOND, THIRD], add=("spare",), remove=("fragile",))
    assert [(each.value, each.count) for each in few.notes.tags()] == [
        ("line-2", 2), ("spare", 2), ("fragile", 1),
    ]  # fmt: skip
    assert set(ids(few, DeviceQuery(tag="line-2"))) == {FIRST, SECOND}
    assert ids(few, DeviceQuery("fragile")) == [FIRST]
    assert few.device(by_id(SECOND)).tags == ("line-2", "spare")
    assert few.device(by_id(SECOND)).as_json()["tags"] == ["line-2", "spare"]
    few.notes.tag([FIRST, SECOND, THIRD], remove=("line-2", "spare", "fragile"))
    assert few.notes.tags() == () and ids(few, DeviceQuery("fragile")) == []


def test_a_note_is_kept_and_found_until_it_is_taken_off(few: Registry) -> None:
    few.notes.write(FIRST, "  Behind the Boiler\0" + "x" * 3000)
    kept = few.device(by_id(FIRST)).note
    assert kept.startswith("Behind the Boilerxxx") and len(kept) == MOST_NOTE
    assert ids(few, DeviceQuery("boiler")) == [FIRST]
    few.notes.write(FIRST, "")
    assert few.device(by_id(FIRST)).note == "" and ids(few, DeviceQuery("boiler")) == []


def test_what_is_told_of_many_is_written_all_or_nothing(few: Registry) -> None:
    told = [(FIRST, Told("Porch", "Garden", ("out",), "dry")), (SECOND, Told())]
    assert few.notes.take(told) == 1
    assert few.notes.take(told) == 0, "the same once more changes nothing"
    device = few.device("porch")
    assert (device.room, device.tags, device.note) == ("Garden", ("out",), "dry")
    with pytest.raises(RecordMissing):
        few.notes.take([(THIRD, Told(room="Nowhere")), ("nobody", Told(room="Nowhere"))])
    assert few.lists.count_devices(DeviceQuery("nowhere")) == 0
    few.notes.take([(FIRST, Told(room="", tags=(), note=""))])
    device = few.device("porch")
    assert (device.room, device.tags, device.note) == ("", (), "")


def test_tags_are_words_that_can_be_shown_and_not_too_many(few: Registry) -> None:
    assert tags_in(["B a", "a,c"]) == ("a", "b", "c")
    for bad in ("x" * (MOST_TAG + 1), "a\u202eb"):
        with pytest.raises(ValueError, match=bad[:2]):
            tags_in([bad])
    many = tuple(f"t{number}" for number in range(MOST_TAGS))
    few.notes.tag([FIRST], add=many)
    with pytest.raises(ValueError, match="21"):
        few.notes.tag([SECOND, FIRST], add=("more",))
    assert few.device(by_id(SECOND)).tags == (), "none of them was tagged"


def test_a_device_is_found_by_the_beginning_of_its_key(few: Registry) -> None:
    key = few.device(by_id(f"{77:016x}")).identity_key
    assert key is not None
    digits = key.hex()
    assert ids(few, DeviceQuery(digits)) == [f"{77:016x}"]
    assert sorted(ids(few, DeviceQuery(digits.upper()[:-1]))) == [f"{n:016x}" for n in range(64, 80)]
    spelled = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    assert ids(few, DeviceQuery(spelled)) == [f"{77:016x}"]
    assert len(ids(few, DeviceQuery(digits[:8]))) == MOST_KEYED, "what more have tells too little"
    assert ids(few, DeviceQuery("ffffffff")) == [] == ids(few, DeviceQuery("0400zz"))


def test_what_is_due_and_what_ends_soon(few: Registry) -> None:
    due = {int(id, 16) for id in ids(few, DeviceQuery(which=DeviceFilter.DUE))}
    assert due == {49, 69, 99}, "89 was reset"
    by = datetime.now(UTC) + timedelta(days=30)
    ends = ids(few, DeviceQuery(ends_by=by, order=DeviceOrder.EXPIRY))
    assert int(ends[0], 16) == 69 and {int(id, 16) for id in ends} == {49, 69, 99}

"""What a run leaves behind: one device, its credentials and receipts, all or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from companion.errors import RecordAmbiguous, RecordMissing, StorageError
from companion.model import Commissioned, Credential, DeviceIdentity, Possession, Receipt
from companion.outcome import Result
from companion.registry import Registry, open_registry
from companion.registry.lookup import by_id
from tests.registry.run_samples import CHECK, KEY, commissioned, outcome


def finish(registry: Registry, done: Commissioned, result: Result = Result.COMMISSIONED) -> str:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    record = registry.finish_run(run, outcome(run, done, result=result))
    assert record is not None
    return record


def test_a_commissioned_device_is_kept_with_all_that_is_known(registry: Registry) -> None:
    record = finish(registry, commissioned())
    device = registry.device(record)
    assert (device.id, device.name, device.serial, device.identity_key) == (
        "rp1-0001",
        "Kitchen lamp",
        "SN-0001",
        KEY,
    )
    assert (device.state, device.method, device.protocol) == ("commissioned", "oob", "rp1")
    assert [each.kind for each in device.credentials] == ["ldevid", "wifi"]
    assert (device.receipts[0].signed, device.receipts[0].final) == (b"signed", b"final")
    assert device.runs == (device.receipts[0].run,)
    assert registry.devices()[0].credentials == device.credentials


def test_a_device_is_known_again_by_its_identity_key_whatever_it_says(registry: Registry) -> None:
    first = finish(registry, commissioned())
    second = finish(registry, commissioned(id="other", name="Hall lamp", serial="SN-0009"))
    assert second == first
    (device,) = registry.devices()
    assert (device.name, device.serial) == ("Hall lamp", "SN-0009")
    assert len(registry.device(first).runs) == 2


def test_a_serial_alone_does_not_make_it_the_device_with_a_key(registry: Registry) -> None:
    """A serial is only said: it must not overwrite the record of a device that proved itself."""
    proved = finish(registry, commissioned())
    said = finish(registry, commissioned(key=None))
    another_key = finish(registry, commissioned(key=KEY[:-1] + b"\xff"))
    assert len({proved, said, another_key}) == 3
    assert registry.device(proved).identity_key == KEY


def test_without_a_key_a_device_is_known_by_serial_then_by_id(registry: Registry) -> None:
    by_serial = finish(registry, commissioned(id="one", key=None))
    assert finish(registry, commissioned(id="two", key=None)) == by_serial
    by_id = finish(registry, commissioned(id="three", key=None, serial=None))
    assert by_id != by_serial
    assert finish(registry, commissioned(id="three", key=None, serial=None)) == by_id


def test_new_credentials_replace_those_of_their_kind_and_history_stays(registry: Registry) -> None:
    record = finish(registry, commissioned(fingerprint="aa" * 32))
    finish(registry, commissioned(fingerprint="bb" * 32, receipt=Receipt(b"the next", b"final")))
    current = {each.kind: each.details for each in registry.devices()[0].credentials}
    assert current["ldevid"]["fingerprint"] == "bb" * 32 and len(current) == 2
    history = registry.device(record).credentials
    assert [(each.kind, each.replaced is None) for each in history] == [
        ("ldevid", True),
        ("wifi", True),
        ("ldevid", False),
        ("wifi", False),
    ]
    assert len(registry.device(record).receipts) == 2


def test_an_unconfirmed_device_says_so_until_it_is_confirmed(registry: Registry) -> None:
    record = finish(registry, commissioned(), Result.UNCONFIRMED)
    assert registry.device(record).state == "unconfirmed"
    finish(registry, commissioned())
    assert registry.device(record).state == "commissioned"


def test_a_device_that_was_set_free_keeps_its_history_and_no_credentials(registry: Registry) -> None:
    record = finish(registry, commissioned())
    free = replace(commissioned(), credentials=(), receipt=None, possession=Possession.RELEASED)
    assert finish(registry, free, Result.DONE) == record
    assert (registry.devices()[0].state, registry.devices()[0].credentials) == ("released", ())
    assert all(each.replaced is not None for each in registry.device(record).credentials)
    assert len(registry.device(record).receipts) == 1


def test_a_device_with_a_token_out_keeps_what_it_has(registry: Registry) -> None:
    finish(registry, commissioned())
    offered = replace(commissioned(), credentials=(), receipt=None, possession=Possession.OFFERED)
    finish(registry, offered, Result.DONE)
    (device,) = registry.devices()
    assert (device.state, len(device.credentials)) == ("transferred", 2)


def test_a_run_that_is_finished_twice_is_kept_once(registry: Registry) -> None:
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    first = registry.finish_run(run, outcome(run, commissioned(receipt=Receipt(b"signed"))))
    second = registry.finish_run(run, outcome(run, commissioned()))
    assert first == second and first is not None
    device = registry.device(first)
    assert len(device.credentials) == 2 and device.runs == (run,)
    assert [each.final for each in device.receipts] == [b"final"]


@pytest.mark.parametrize("wanted", ["rp1-0001", "SN-0001", "kitchen LAMP", "rp1-0"])
def test_a_device_is_found_by_id_serial_name_or_beginning(registry: Registry, wanted: str) -> None:
    finish(registry, commissioned())
    assert registry.device(wanted).id == "rp1-0001"


@pytest.mark.parametrize("wanted", ["", "nobody", "%", "rp1_0001"])
def test_a_device_that_is_not_there_is_named(registry: Registry, wanted: str) -> None:
    finish(registry, commissioned())
    with pytest.raises(RecordMissing) as caught:
        registry.device(wanted)
    assert wanted in caught.value.title_text


def test_a_name_in_any_script_is_found(registry: Registry) -> None:
    finish(registry, commissioned(name="Straße"))
    assert registry.device("Straße").name == "Straße"


def test_a_name_that_two_devices_have_names_none(registry: Registry) -> None:
    finish(registry, commissioned())
    finish(registry, commissioned(id="rp1-0002", serial="SN-0002", key=KEY[::-1]))
    with pytest.raises(RecordAmbiguous) as refused:
        registry.device("Kitchen lamp")
    assert refused.value.exit_status == 2
    assert "id:rp1-0001 (Kitchen lamp, SN-0001)" in refused.value.advice_text
    assert "id:rp1-0002 (Kitchen lamp, SN-0002)" in refused.value.advice_text
    assert registry.device("SN-0002").id == "rp1-0002"
    with pytest.raises(RecordAmbiguous):
        registry.device("rp1-0")


@pytest.mark.parametrize(
    "said",
    [{"serial": "kitchen lamp"}, {"serial": "rp1-0001"}, {"name": "RP1-0001"}, {"name": "SN-0001"}],
    ids=["serial is its name", "serial is its id", "name is its id", "name is its serial"],
)
def test_a_device_that_says_what_another_is_called_gets_nothing_of_it(
    registry: Registry, said: dict[str, str]
) -> None:
    """A serial is only said: an operation on "Front door" must not reach whoever calls itself so."""
    finish(registry, commissioned())
    finish(registry, commissioned(**{"id": "x-2", "name": "X", "serial": "Y", "key": KEY[::-1], **said}))
    (word,) = said.values()
    with pytest.raises(RecordAmbiguous) as refused:
        registry.device(word)
    assert "id:rp1-0001 (" in refused.value.advice_text and "id:x-2 (" in refused.value.advice_text
    assert registry.device("id:rp1-0001").id == registry.device(by_id("rp1-0001")).id == "rp1-0001"


def test_an_explicit_id_is_a_whole_one(registry: Registry) -> None:
    finish(registry, commissioned(name="id:rp1-0001", id="rp1-00011"))
    with pytest.raises(RecordMissing):
        registry.device("id:rp1-0001")


def test_the_candidates_of_a_word_are_shown_as_plain_text(registry: Registry) -> None:
    finish(registry, commissioned())
    finish(registry, commissioned(id="x-2", name="\x1b[2J", serial="Kitchen lamp", key=KEY[::-1]))
    with pytest.raises(RecordAmbiguous) as refused:
        registry.device("Kitchen lamp")
    assert "id:x-2 (\ufffd[2J, Kitchen lamp)" in refused.value.advice_text


def test_what_a_device_says_of_itself_fits_every_database(registry: Registry) -> None:
    """Long texts and NUL characters, which PostgreSQL refuses, come from hostile devices."""
    done = Commissioned(
        DeviceIdentity("i" * 99, "n\0" * 300, "m" * 999, "s" * 999, "f\0"),
        "oob",
        (Credential("k" * 99, {"note": "a\0b"}),),
    )
    device = registry.device(finish(registry, done))
    assert (len(device.id), device.name, len(device.model or "")) == (64, "n" * 255, 255)
    assert device.firmware == "f" and device.credentials[0].details == {"note": "ab"}


def test_a_full_disk_leaves_neither_half_a_device_nor_a_finished_run(tmp_path: Path) -> None:
    registry = open_registry(tmp_path)
    run = registry.begin_run(ecosystem="rp1", radio="virtual")
    engine = registry._engine  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def full(connection: object) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    big = commissioned(receipt=Receipt(bytes(200_000)))
    with pytest.raises(StorageError, match="SQLITE_FULL"):
        registry.finish_run(run, outcome(run, big))
    assert registry.devices() == [] and registry.run(run).state == "running"
    event.remove(engine, "begin", full)
    registry.close()


def test_what_vouches_for_a_device_stays_with_it_until_it_is_examined_again(registry: Registry) -> None:
    record = finish(registry, replace(commissioned(), checks=(CHECK,)))
    assert registry.device(record).checks == (CHECK,)
    assert registry.device(record).as_json()["checks"] == [
        {
            "check": "cd-signature",
            "verdict": "remark",
            "claim": "Signature of the certification",
            "reason": "Signed by Lamp",
        }
    ]
    finish(registry, commissioned())
    assert registry.device(record).checks == (CHECK,)

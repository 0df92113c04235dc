"""NDEF as ndeflib writes and reads it, and as nobody should."""

import contextlib

import ndef as witness
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import TagMalformed
from companion.model import Advertisement, FoundDevice, WifiSecurity
from companion.nfc import bluetooth, content, ndef, records, wifi
from companion.nfc.ndef import Record

CODE = "MT:Y.K9042C00KA0648G00"
OTHER = "MT:-24J0AFN00KA0648G00"
MEDIA_TYPES = st.from_regex(rb"[a-z]{1,20}/[a-z]{1,20}", fullmatch=True)


def written(*every: object) -> bytes:
    return b"".join(witness.message_encoder(every))


@settings(max_examples=30)
@given(
    st.lists(st.builds(Record, st.just(2), MEDIA_TYPES, st.binary(max_size=600), st.just(b"")), max_size=5)
)
def test_another_library_reads_what_is_written(every: list[Record]) -> None:
    message = ndef.encode(every)
    read = [each for each in witness.message_decoder(message, known_types={}) if each.type]
    assert [(each.type.encode(), bytes(each.data)) for each in read] == [(r.type, r.payload) for r in every]
    assert ndef.decode(message) == tuple(every)


@given(
    st.lists(
        st.tuples(MEDIA_TYPES, st.text("abc09", max_size=8), st.binary(max_size=300)), min_size=1, max_size=4
    )
)
def test_what_another_library_writes_is_read(every: list[tuple[bytes, str, bytes]]) -> None:
    message = written(*(witness.Record(kind.decode(), name, data) for kind, name, data in every))
    expected = [(kind, name.encode(), data) for kind, name, data in every]
    assert [(each.type, each.id, each.payload) for each in ndef.decode(message)] == expected


@given(st.binary(max_size=80))
def test_whatever_stands_on_a_tag_is_content_or_damage(octets: bytes) -> None:
    with contextlib.suppress(TagMalformed):
        content.read(octets)
    for kind in (bluetooth.TYPE, wifi.TYPE, b"Sp"):
        format_ = ndef.WELL_KNOWN if kind == b"Sp" else ndef.MEDIA
        with contextlib.suppress(TagMalformed):
            content.read(ndef.encode([Record(format_, kind, octets)]))


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_message_that_is_cut_is_damaged(payload: bytes, data: st.DataObject) -> None:
    message = ndef.encode([Record(ndef.MEDIA, b"a/b", payload), Record(ndef.MEDIA, b"c/d", payload)])
    cut = data.draw(st.integers(1, len(message) - 1))
    with pytest.raises(TagMalformed):
        ndef.decode(message[:cut])


def test_chunks_are_joined() -> None:
    message = bytes([0xB2, 3, 2]) + b"a/bxy" + bytes([0x36, 0, 1]) + b"z" + bytes([0x56, 0, 1]) + b"!"
    assert ndef.decode(message) == (Record(ndef.MEDIA, b"a/b", b"xyz!"),)


@pytest.mark.parametrize(
    "message",
    [
        bytes([0x51, 0, 0]),  # does not begin
        bytes([0x91, 0, 0, 0xD1, 0, 0]),  # begins twice
        bytes([0xD6, 0, 0]),  # a chunk of nothing
        bytes([0xF2, 0, 0]),  # ends within a record
        bytes([0xB2, 0, 0, 0x52, 0, 0]),  # a record between chunks
        bytes([0xB2, 0, 0, 0x56, 1, 0]) + b"t",  # a chunk with a type
        bytes([0xD7, 0, 0]),  # a format that does not exist
        bytes([0xD0, 0, 1]) + b"x",  # something in an empty record
        bytes([0xC2, 0, 255, 255, 255, 255]),  # four gigabytes
        bytes([0xD2, 0, 0, 0]),  # more after the end
        bytes(ndef.MOST_OCTETS + 1),
        bytes([0x92, 0, 0]) + bytes([0x12, 0, 0]) * ndef.MOST_RECORDS + bytes([0x52, 0, 0]),
    ],
)
def test_what_breaks_the_rules_is_damaged(message: bytes) -> None:
    with pytest.raises(TagMalformed):
        ndef.decode(message)


@pytest.mark.parametrize(
    "record",
    [
        witness.UriRecord(CODE),
        witness.UriRecord("https://example.com/s?code=" + CODE.replace(":", "%3A")),
        witness.TextRecord(CODE),
        witness.TextRecord(CODE, "de", "UTF-16"),
        witness.SmartposterRecord(CODE, "Lamp"),
        witness.Record("text/plain", "", CODE.encode()),
        witness.Record("urn:nfc:wkt:U", "", b"\x00" + CODE.encode()),
    ],
)
def test_a_setup_code_is_found_in_every_record_that_holds_text(record: object) -> None:
    assert [code.text.reveal_text() for code in content.read(written(record)).codes][:1] != []
    assert content.read(written(record)).codes[0].ecosystem == "matter"


@pytest.mark.parametrize(
    "text", [CODE, "https://www.example.com/x", "RP1:6BF OX%*", '{"ver":"v1"}', "ü: no URI"]
)
def test_codes_are_written_as_others_read_them(text: str) -> None:
    message = ndef.encode([records.of_text(text)])
    (read,) = witness.message_decoder(message)
    assert (read.iri if isinstance(read, witness.UriRecord) else read.text) == text
    assert list(records.texts(ndef.decode(message))) == [text]


@pytest.mark.parametrize(
    "record", [(b"U", b""), (b"U", b"\x24x"), (b"U", b"\0\xff"), (b"T", b""), (b"T", b"\x05en")]
)
def test_records_of_text_that_are_none(record: tuple[bytes, bytes]) -> None:
    with pytest.raises(TagMalformed):
        list(records.texts((Record(ndef.WELL_KNOWN, *record),)))


def test_a_tag_with_two_codes_has_both_and_one_with_the_same_twice_has_one() -> None:
    twice = content.read(written(witness.UriRecord(CODE), witness.TextRecord(CODE)))
    both = content.read(written(witness.UriRecord(CODE), witness.TextRecord(OTHER), witness.TextRecord("hi")))
    assert (len(twice.codes), len(both.codes)) == (1, 2)


def test_the_bluetooth_record_names_its_device() -> None:
    oob = witness.bluetooth.BluetoothLowEnergyRecord()
    oob.device_name, oob.role_capabilities = "lamp", "Peripheral"
    oob.device_address = ("01:02:03:04:05:06", "random")
    device = content.read(written(oob)).device
    assert device == bluetooth.TaggedDevice("01:02:03:04:05:06", True, "lamp")
    assert device is not None
    near = [found("01:02:03:04:05:06", "other"), found("AA:02:03:04:05:06", "lamp")]
    assert device.among(tuple(near)) is near[0]
    assert device.among((near[1],)) is near[1]
    assert device.among((near[1], found("AB:02:03:04:05:06", "lamp"))) is None


def found(address: str, name: str) -> FoundDevice:
    return FoundDevice("rp1", Advertisement(address, name), name)


@pytest.mark.parametrize(
    ("authentication", "encryption", "security"),
    [
        ("Open", "None", WifiSecurity.OPEN),
        ("Open", "WEP", WifiSecurity.WEP),
        ("WPA-Personal", "TKIP", WifiSecurity.WPA),
        ("WPA2-Personal", "AES", WifiSecurity.WPA2),
        ("WPA-Personal WPA2-Personal", "AES TKIP", WifiSecurity.WPA2),
        ("WPA2-Enterprise", "AES", None),
    ],
)
def test_the_wifi_record_is_a_network_to_hand_over(
    authentication: str, encryption: str, security: WifiSecurity | None
) -> None:
    network = content.read(written(wifi_record(authentication, encryption))).network
    if security is None:
        assert network is None
        return
    assert network is not None and (network.name, network.security) == ("Hafen 12", security)
    assert (network.passphrase is None) == (security is WifiSecurity.OPEN)
    assert security is WifiSecurity.OPEN or network.passphrase.reveal() == b"seven gulls"


def wifi_record(
    authentication: str = "WPA2-Personal", encryption: str = "AES"
) -> witness.WifiSimpleConfigRecord:
    record = witness.WifiSimpleConfigRecord()
    credential = witness.wifi.Credential()
    credential.set_attribute("network-index", 1)
    credential.set_attribute("ssid", b"Hafen 12")
    credential.set_attribute("authentication-type", *authentication.split())
    credential.set_attribute("encryption-type", *encryption.split())
    credential.set_attribute("network-key", b"seven gulls")
    credential.set_attribute("mac-address", b"\1\2\3\4\5\6")
    record.add_attribute("credential", credential)
    return record


def test_no_secret_is_shown_by_what_a_tag_holds() -> None:
    message = written(witness.UriRecord(CODE), wifi_record())
    shown = repr((ndef.decode(message), content.read(message)))
    assert CODE not in shown and "gulls" not in shown

"""`companion scan --nfc` and `--from nfc`, with a tag at a virtual reader."""

from __future__ import annotations

import argparse
import asyncio

import pytest

from companion.commands import scan
from companion.commands.arguments.channel import add_channel
from companion.commands.arguments.code_source import add_code_source, read_source
from companion.errors import SeveralCodes, TagEmpty
from companion.nfc import ndef, records
from companion.nfc.bluetooth import TYPE
from companion.nfc.ndef import Record
from tests.nfc.tags import Type2Tag, hold
from tests.nfc.vpcd import Service

CODE = "MT:Y.K9042C00KA0648G00"
OTHER = "MT:-24J0AFN00KA0648G00"
LAMP = Record(ndef.MEDIA, TYPE, bytes.fromhex("081B060504030201000509") + b"lamp")


def tag_with(*every: Record) -> Type2Tag:
    card = Type2Tag("NTAG215")
    hold(card, ndef.encode(every))
    return card


def from_tag() -> str:
    parser = argparse.ArgumentParser()
    add_code_source(parser)
    add_channel(parser)
    code, _ = asyncio.run(read_source(parser.parse_args(["--from", "nfc"])))
    assert code is not None
    return code.text.reveal_text()


def test_a_command_takes_the_code_from_a_tag(pcsc: Service) -> None:
    with pcsc.hold(tag_with(records.of_text(CODE), records.of_text("hello"))):
        assert from_tag() == CODE


def test_of_two_codes_somebody_has_to_say_which(pcsc: Service) -> None:
    with pcsc.hold(tag_with(records.of_text(CODE), records.of_text(OTHER))), pytest.raises(SeveralCodes):
        from_tag()
    with pcsc.hold(tag_with()), pytest.raises(TagEmpty):
        from_tag()


def test_a_tag_without_a_code_names_its_device(pcsc: Service) -> None:
    parser = argparse.ArgumentParser()
    add_code_source(parser)
    add_channel(parser)
    with pcsc.hold(tag_with(LAMP)):
        code, device = asyncio.run(read_source(parser.parse_args(["--from", "nfc"])))
    assert code is None and device is not None and device.name == "lamp"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_tag_is_shown_without_its_secret(
    pcsc: Service, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, as_json: bool
) -> None:
    caplog.set_level(0)
    arguments = argparse.Namespace(files=[], nfc=True, json=as_json, show_secrets=False)
    with pcsc.hold(tag_with(records.of_text(CODE), LAMP)):
        assert scan.run(arguments) == 0
    shown = capsys.readouterr()
    assert "lamp" in shown.out and "01:02:03:04:05:06" in shown.out
    assert CODE[3:] not in shown.out + shown.err + caplog.text
    assert scan.run(argparse.Namespace(files=[], nfc=False)) == 2

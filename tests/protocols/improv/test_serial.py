"""Improv over a serial port: the packets, and the driver against a device behind a pseudo-terminal."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serial.tools import list_ports

from companion.errors import (
    CompanionError,
    JoinFailed,
    NetworkMissing,
    PortForeign,
    PortSilent,
    PortUnavailable,
)
from companion.events import Event
from companion.model import DeviceSettings, WifiCredentials
from companion.protocols import Order
from companion.protocols.improv import codec
from companion.protocols.improv.codec import Command, Fault, ProvisioningState
from companion.protocols.improv.driver import serial_port
from companion.protocols.improv.driver.cable import commission
from companion.protocols.improv.driver.commissioning import JoinTimeouts
from companion.protocols.improv.serial_codec import Packet, PacketType, Parser, encode
from companion.questions import ChooseNetwork, Question
from companion.runs.reporter import RunReporter
from companion.secret import Secret
from companion.virtual.access_points import USUAL, Attempt

WORKSHOP = WifiCredentials(b"Workshop", Secret("correct horse"))
WRONG = WifiCredentials(b"Workshop", Secret("wrong horse"))


def test_the_specifications_packet() -> None:
    """Request current state: IMPROV, version, type 3, length 2, command 2, no data, checksum, newline."""
    assert encode(Packet(PacketType.COMMAND, codec.rpc(2))) == b"IMPROV\x01\x03\x02\x02\x00\xe5\n"


@given(
    st.lists(
        st.tuples(
            st.builds(Packet, st.integers(0, 255), st.binary(max_size=255)),
            st.binary(max_size=30).filter(lambda noise: b"I" not in noise),
        ),
        max_size=4,
    ),
    st.integers(1, 64),
)
def test_packets_are_found_among_log_lines_in_pieces_of_any_size(
    sent: list[tuple[Packet, bytes]], size: int
) -> None:
    stream = b"".join(noise + encode(packet) for packet, noise in sent)
    parser = Parser()
    found = [p for at in range(0, len(stream), size) for p in parser.feed(stream[at : at + size])]
    assert found == [packet for packet, _ in sent]


@given(st.binary(max_size=300))
def test_noise_is_passed_over_and_what_follows_is_found(noise: bytes) -> None:
    """Up to a packet's length may be lost to something that looks like the beginning of one."""
    parser = Parser()
    list(parser.feed(noise + b"\n" * 300))
    wanted = Packet(PacketType.STATE, b"\x02")
    assert list(parser.feed(encode(wanted)))[-1:] == [wanted]


def test_a_packet_shows_no_passphrase() -> None:
    assert "correct" not in repr(Packet(PacketType.COMMAND, codec.send_wifi(WORKSHOP)))


class Board:
    """A device behind a pseudo-terminal, which also logs, as boards do.

    mute: it answers nothing, and logs `log` instead; silent: commands that it never answers; unknown: those
    that it does not know; beyond: octets of its results beyond their stated length; wordless: it tells
    success by its state alone
    """

    def __init__(
        self,
        descriptor: int,
        *,
        mute: bool = False,
        log: bytes = b"",
        info: tuple[bytes, ...] = (b"WLED", b"0.15", b"ESP32", b"Desk light"),
        silent: tuple[Command, ...] = (),
        unknown: tuple[Command, ...] = (),
        beyond: bytes = b"",
        state: ProvisioningState = ProvisioningState.AUTHORIZED,
        wordless: bool = False,
    ) -> None:
        self.joined = b""
        self._info, self._silent, self._unknown = info, silent, unknown
        self._beyond, self._state, self._wordless = beyond, state, wordless
        self._descriptor = descriptor
        self._mute, self._log = mute, log
        self._parser = Parser()

    def readable(self) -> None:
        for packet in self._parser.feed(os.read(self._descriptor, 1024)):
            if self._mute:
                os.write(self._descriptor, self._log)
            else:
                self._obey(packet.data[0], packet.data[2:])

    def _obey(self, command: int, data: bytes) -> None:
        self._say(PacketType.ERROR, bytes((Fault.NONE,)))
        os.write(self._descriptor, b"[I][wifi:042]: IMPRO something\r\n")
        if command in self._silent:
            return
        if command in self._unknown:
            self._say(PacketType.ERROR, bytes((Fault.UNKNOWN_RPC,)))
        elif command == serial_port.GET_STATE:
            self._say(PacketType.STATE, bytes((self._state,)))
        elif command == Command.DEVICE_INFO:
            self._answer(command, *self._info)
        elif command == Command.SCAN:
            for network in USUAL.visible():
                self._answer(command, network.ssid, str(network.rssi).encode(), b"YES")
            self._answer(command)
        elif command == Command.SEND_WIFI:
            ssid, passphrase = codec.unpack_strings(data)
            self._say(PacketType.STATE, bytes((ProvisioningState.PROVISIONING,)))
            if USUAL.join(ssid, passphrase) is Attempt.JOINED:
                self.joined = ssid
                self._say(PacketType.STATE, bytes((ProvisioningState.PROVISIONED,)))
                if not self._wordless:
                    self._answer(command, b"http://192.168.4.9/")
            else:
                self._say(PacketType.ERROR, bytes((Fault.UNABLE_TO_CONNECT,)))
                self._say(PacketType.STATE, bytes((self._state,)))

    def _answer(self, command: int, *strings: bytes) -> None:
        self._say(PacketType.RESULT, codec.rpc(command, codec.pack_strings(strings)) + self._beyond)

    def _say(self, kind: PacketType, data: bytes) -> None:
        os.write(self._descriptor, encode(Packet(kind, data)))


@asynccontextmanager
async def board(**options: Any) -> AsyncIterator[tuple[str, Board]]:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    made = Board(ours, **options)
    loop = asyncio.get_running_loop()
    loop.add_reader(ours, made.readable)
    yield os.ttyname(theirs), made
    loop.remove_reader(ours)
    os.close(ours)
    os.close(theirs)


def reporter(answer: Callable[[ChooseNetwork], Any]) -> tuple[RunReporter, list[Event]]:
    told: list[Event] = []

    def tell(event: Event) -> None:
        told.append(event)
        if isinstance(event, Question):
            asyncio.get_running_loop().call_soon(lambda: reply(event))

    def reply(question: Any) -> None:
        given = answer(question)
        if isinstance(given, CompanionError):
            teller.refuse(given)
        else:
            teller.answer(question, given)

    teller = RunReporter(tell)
    return teller, told


async def test_a_board_on_the_cable_joins_after_a_wrong_passphrase() -> None:
    wishes = iter([WRONG, WORKSHOP])
    teller, told = reporter(lambda question: DeviceSettings("Desk light", wifi=next(wishes)))
    async with board() as (port, light):
        done = await commission(port, Order(), teller)
    assert light.joined == b"Workshop"
    assert done.redirect_url == "http://192.168.4.9/"
    assert (done.device.name, done.device.firmware, done.device.model) == ("Desk light", "WLED 0.15", "ESP32")
    asked = [event for event in told if isinstance(event, ChooseNetwork)]
    assert [network.name for network in asked[0].networks] == ["Workshop", "café", "Guests"]
    assert "could not join Workshop" in str(asked[1].problem)
    assert "unencrypted over the serial port" in str(teller.findings[-1].claim)


async def test_where_nobody_can_be_asked_the_failure_is_the_error() -> None:
    teller, _ = reporter(lambda question: NetworkMissing())
    async with board() as (port, _):
        with pytest.raises(JoinFailed):
            await commission(port, Order(wifi=WRONG), teller)


QUICK = JoinTimeouts(answer=0.3, scan=0.3, joining=0.5, moment=0.2)


async def test_octets_beyond_a_results_length_do_not_matter() -> None:
    """ESPHome since 2024.8: the place of a Bluetooth frame's checksum is left in each result."""
    teller, told = reporter(lambda question: DeviceSettings("Desk light", wifi=WORKSHOP))
    async with board(beyond=b"\0") as (port, light):
        done = await commission(port, Order(), teller)
    assert (light.joined, done.device.name, done.confirmed) == (b"Workshop", "Desk light", True)
    (asked,) = [event for event in told if isinstance(event, ChooseNetwork)]
    assert [network.name for network in asked.networks] == ["Workshop", "café", "Guests"]


@pytest.mark.parametrize(
    "options",
    [
        {"unknown": (Command.DEVICE_INFO, Command.SCAN)},
        {"silent": (Command.DEVICE_INFO, Command.SCAN)},
        {"info": (b"Tasmota", b"14", b"ESP32"), "unknown": (Command.SCAN,)},
    ],
    ids=["unknown", "silent", "info of three strings"],
)
async def test_who_it_is_and_what_it_sees_are_courtesies(options: dict[str, Any]) -> None:
    teller, told = reporter(lambda question: DeviceSettings("Desk light", wifi=WORKSHOP))
    async with board(**options) as (port, light):
        done = await commission(port, Order(), teller, QUICK)
        assert (light.joined, done.confirmed) == (b"Workshop", True)
        assert done.device.name == "Improv device"
    (asked,) = [event for event in told if isinstance(event, ChooseNetwork)]
    assert asked.networks == ()


async def test_a_board_that_sends_no_result_says_by_its_state_that_it_joined() -> None:
    teller, _ = reporter(lambda question: NetworkMissing())
    async with board(wordless=True) as (port, light):
        done = await commission(port, Order(wifi=WORKSHOP), teller, QUICK)
    assert (light.joined, done.confirmed, done.redirect_url) == (b"Workshop", True, None)


async def test_a_board_with_a_network_is_believed_by_what_it_says_of_the_new_one() -> None:
    teller, _ = reporter(lambda question: NetworkMissing())
    async with board(state=ProvisioningState.PROVISIONED) as (port, light):
        with pytest.raises(JoinFailed):
            await commission(port, Order(wifi=WRONG), teller, QUICK)
        assert light.joined == b""
        assert (await commission(port, Order(wifi=WORKSHOP), reporter(lambda q: q)[0], QUICK)).confirmed
    async with board(state=ProvisioningState.PROVISIONED, silent=(Command.SEND_WIFI,)) as (port, _):
        done = await commission(port, Order(wifi=WORKSHOP), reporter(lambda q: q)[0], QUICK)
    assert not done.confirmed


async def test_boards_of_one_name_are_told_apart_by_what_is_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An address among their words, or their USB interface's serial number; else each run makes a record."""

    async def known_as(*info: bytes) -> str:
        async with board(info=info) as (port, _):
            return (await commission(port, Order(wifi=WORKSHOP), reporter(lambda q: q)[0], QUICK)).device.id

    tasmota = (b"Tasmota", b"14.2", b"ESP32", b"Tasmota")
    assert await known_as(*tasmota) != await known_as(*tasmota)
    with_address = (b"Tasmota", b"14.2", b"ESP32 24:0A:C4:12:34:56", b"Tasmota")
    assert await known_as(*with_address) == await known_as(*with_address) == "improv-240ac4123456"
    monkeypatch.setattr(serial_port, "usb_serial", lambda name: "5A47012345")
    assert await known_as(*tasmota) == "improv-5A47012345"


@pytest.mark.parametrize(
    ("serial", "unit"), [("24:0A:C4:12:34:56", "24:0A:C4:12:34:56"), ("0001", None), (None, None)]
)
def test_a_usb_serial_number_that_every_interface_has_tells_nothing(
    serial: str | None, unit: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = [SimpleNamespace(device="/dev/ttyUSB0", serial_number=serial)]
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    assert serial_port.usb_serial("/dev/ttyUSB0") == unit
    assert serial_port.usb_serial("/dev/ttyUSB1") is None


async def test_octets_that_are_no_answer_are_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_port, "GREETING_SECONDS", 0.4)
    monkeypatch.setattr(serial_port, "GREETING_INTERVAL", 0.2)
    async with board(mute=True, log=b"rst:0x1 (POWERON_RESET),boot:0x13\r\n") as (port, _):
        with pytest.raises(PortForeign) as raised:
            await commission(port, Order(), reporter(lambda q: q)[0])
    assert port in raised.value.title_text


async def test_a_port_with_nothing_behind_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_port, "GREETING_SECONDS", 0.2)
    monkeypatch.setattr(serial_port, "GREETING_INTERVAL", 0.1)
    teller, _ = reporter(lambda question: NetworkMissing())
    async with board(mute=True) as (port, _):
        with pytest.raises(PortSilent) as raised:
            await commission(port, Order(), teller)
    assert port in raised.value.title_text


async def test_a_port_that_is_not_there_is_named() -> None:
    teller, _ = reporter(lambda question: NetworkMissing())
    with pytest.raises(PortUnavailable):
        await commission("/dev/no-such-port", Order(), teller)

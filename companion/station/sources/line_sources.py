"""Lines of standard input and of a serial port: a barcode scanner that types, and one on a cable."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from typing import Any

from companion.errors import PortUnavailable
from companion.station.queue import Offer
from companion.station.sources.source import HandOut, Lines, from_thread

BAUD = 9600
"""What scanners on a serial port are delivered with."""
_READ_SECONDS = 0.2
_OCTETS = 4096


class StandardInput:
    """Each line of a descriptor is a code; somebody holds it there, so a second time is meant.

    Reads the descriptor itself: a thread in a buffered read holds a lock that the end of the process needs.
    """

    name = "stdin"

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor

    def offers(self) -> AsyncGenerator[Offer, None]:
        return from_thread(self.name, self._read)

    def _read(self, hand_out: HandOut) -> None:
        lines = Lines()
        while True:
            try:
                octets = os.read(self._descriptor, _OCTETS)
            except OSError:
                octets = b""
            for line in lines.feed(octets) if octets else lines.end():
                if not hand_out(Offer(line, self.name, again=True)):
                    return
            if not octets:
                return


class SerialPort:
    """Each line that comes over a serial port is a code."""

    def __init__(self, port: str, baud: int = BAUD) -> None:
        self._port = port
        self._baud = baud
        self.name = f"serial {port}"

    def offers(self) -> AsyncGenerator[Offer, None]:
        """Iterating raises PortUnavailable, also once the scanner is unplugged."""
        return from_thread(self.name, self._read)

    def _read(self, hand_out: HandOut) -> None:
        try:
            self._lines(hand_out)
        except (OSError, ValueError, TypeError) as error:  # serial.SerialException is an OSError
            raise PortUnavailable(type(error).__name__, port=self._port) from error

    def _lines(self, hand_out: HandOut) -> None:
        import serial

        lines = Lines()
        port: Any
        with serial.Serial(self._port, baudrate=self._baud, timeout=_READ_SECONDS) as port:
            going = True
            while going:
                octets = port.read(max(1, min(_OCTETS, port.in_waiting)))
                for line in lines.feed(octets):
                    going = hand_out(Offer(line, self.name, again=True)) and going

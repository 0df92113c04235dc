"""The provisioning manager of a virtual ESP32: scans, credentials, attempts and their outcome.

    WAITING --apply--> TRYING --> DONE, or FAILED --reset--> WAITING
Older firmware has no reset and takes no second credentials.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from companion.model import Network
from companion.protocols.espressif.dialogues.scan import SECURITY
from companion.protocols.espressif.proto import config_pb2, control_pb2, scan_pb2, status_pb2
from companion.protocols.espressif.virtual.options import EspressifFault, EspressifOptions
from companion.protocols.espressif.virtual.security import Refused
from companion.virtual.access_points import Association, Attempt, Ended

ADDRESS = "192.168.4.23"
_AUTH_MODES = {security: mode for mode, security in SECURITY.items() if mode != config_pb2.AUTH_WPA_WPA2}


class JoinState(Enum):
    WAITING = "waiting"
    TRYING = "trying"
    DONE = "done"
    FAILED = "failed"


class Crashed(Exception):
    """The firmware followed a null pointer: the device is gone until it has booted again."""


class NetworkManager:
    """Answers prov-scan, prov-config and prov-ctrl, all in clear."""

    def __init__(self, options: EspressifOptions) -> None:
        self._options = options
        self.state = JoinState.WAITING
        self.ssid = b""
        self.dataset = b""
        self.scans = 0
        self._passphrase = b""
        self._set = False
        self._association: Association = Ended(Attempt.NOT_FOUND)
        self._polls_left = 0
        self._results: list[Network] = []

    # --- prov-config ----------------------------------------------------------------------------

    def config(self, request: bytes) -> bytes:
        """A Config request in, its response out. Raises Refused."""
        asked = config_pb2.Config()
        asked.ParseFromString(request)
        handlers = {
            config_pb2.GET_WIFI_STATUS: ("wifi_status", self._wifi_status),
            config_pb2.SET_WIFI: ("wifi_set", self._set_wifi),
            config_pb2.APPLY_WIFI: ("wifi_applied", self._apply),
            config_pb2.GET_THREAD_STATUS: ("thread_status", self._thread_status),
            config_pb2.SET_THREAD: ("thread_set", self._set_thread),
            config_pb2.APPLY_THREAD: ("thread_applied", self._apply),
        }
        if asked.msg not in handlers or (asked.msg >= config_pb2.GET_THREAD_STATUS) != self._is_thread:
            raise Refused(f"config message {asked.msg}")
        field, handler = handlers[asked.msg]
        answered = config_pb2.Config(msg=asked.msg + 1)
        getattr(answered, field).CopyFrom(handler(asked))
        return bytes(answered.SerializeToString())

    @property
    def _is_thread(self) -> bool:
        return self._options.for_thread

    def _set_wifi(self, asked: Any) -> Any:
        given = asked.set_wifi
        if len(given.ssid) > 32 or len(given.passphrase) > 63 or len(given.bssid) not in (0, 6):
            return config_pb2.Config.Result(status=status_pb2.INVALID_ARGUMENT)
        self.ssid, self._passphrase, self._set = given.ssid, given.passphrase, True
        return config_pb2.Config.Result()

    def _set_thread(self, asked: Any) -> Any:
        self.dataset, self._set = asked.set_thread.dataset, True
        return config_pb2.Config.Result()

    def _apply(self, asked: Any) -> Any:
        if not self._set or self.state is not JoinState.WAITING:
            return config_pb2.Config.Result(status=status_pb2.INTERNAL_ERROR)
        self.state, self._set = JoinState.TRYING, False
        self._polls_left = self._options.connecting_polls
        if self._is_thread:
            self._association = Ended(_attach(self.dataset, self._options.thread_network))
        else:
            self._association = self._options.access_points.begin(self.ssid, self._passphrase)
        return config_pb2.Config.Result()

    def settle(self) -> None:
        """End the attempt under way, as time alone would."""
        outcome = self._association.outcome
        if self.state is not JoinState.TRYING or outcome is None:
            return
        if EspressifFault.NEVER_JOINS not in self._options.faults and outcome is not Attempt.NO_ADDRESS:
            self.state = JoinState.DONE if outcome is Attempt.JOINED else JoinState.FAILED

    def _poll(self) -> None:
        if self._polls_left:
            self._polls_left -= 1
        else:
            self.settle()

    def _wifi_status(self, asked: Any) -> Any:
        self._poll()
        status = config_pb2.Config.WifiStatus(state=config_pb2.STATION_CONNECTING)
        if EspressifFault.ZERO_STATUS in self._options.faults:
            return config_pb2.Config.WifiStatus()
        if self.state is JoinState.DONE:
            point = self._options.access_points.point(self.ssid)
            status.state = config_pb2.STATION_CONNECTED
            status.connected.ip4_address = ADDRESS
            status.connected.ssid = self.ssid
            if point is not None:
                status.connected.bssid, status.connected.channel = point.bssid, point.channel
                status.connected.auth_mode = _AUTH_MODES[point.security]
        elif self.state is JoinState.FAILED:
            status.state = config_pb2.STATION_FAILED
            status.failure = (
                config_pb2.STATION_NETWORK_NOT_FOUND
                if self._association.outcome is Attempt.NOT_FOUND
                else config_pb2.STATION_WRONG_PASSPHRASE
            )
        return status

    def _thread_status(self, asked: Any) -> Any:
        self._poll()
        status = config_pb2.Config.ThreadStatus(state=config_pb2.THREAD_ATTACHING)
        if self.state is JoinState.DONE:
            status.state = config_pb2.THREAD_ATTACHED
            status.attached.name = self._options.thread_network
            status.attached.channel = 15
        elif self.state is JoinState.FAILED:
            status.state = config_pb2.THREAD_FAILED
            status.failure = config_pb2.THREAD_NETWORK_NOT_FOUND
        return status

    # --- prov-scan ------------------------------------------------------------------------------

    def scan(self, request: bytes) -> bytes:
        """A Scan request in, its response out. Raises Refused, or Crashed as the firmware would."""
        asked = scan_pb2.Scan()
        asked.ParseFromString(request)
        answered = scan_pb2.Scan(msg=asked.msg + 1)
        if asked.msg == scan_pb2.START_WIFI_SCAN:
            self.scans += 1
            self._results = list(self._options.access_points.visible())
            answered.wifi_scan_started.SetInParent()
        elif asked.msg == scan_pb2.GET_WIFI_SCAN_STATUS:
            answered.wifi_scan_status.finished = EspressifFault.SCAN_WITHOUT_END not in self._options.faults
            answered.wifi_scan_status.result_count = len(self._results)
        elif asked.msg == scan_pb2.GET_WIFI_SCAN_RESULT:
            self._wifi_results(asked.get_wifi_scan_result, answered)
        elif asked.msg == scan_pb2.START_THREAD_SCAN and self._is_thread:
            answered.thread_scan_started.SetInParent()
        elif asked.msg == scan_pb2.GET_THREAD_SCAN_STATUS and self._is_thread:
            answered.thread_scan_status.finished = True
            answered.thread_scan_status.result_count = 1
        elif asked.msg == scan_pb2.GET_THREAD_SCAN_RESULT and self._is_thread:
            answered.thread_scan_result.entries.add(
                name=self._options.thread_network, pan_id=0xFACE, channel=15, rssi=-60
            )
        else:
            raise Refused(f"scan message {asked.msg}")
        return bytes(answered.SerializeToString())

    def _wifi_results(self, wanted: Any, answered: Any) -> None:
        answered.wifi_scan_result.SetInParent()
        for index in range(wanted.start_index, wanted.start_index + wanted.count):
            if index >= len(self._results):
                if self._options.firmware.crashes:
                    raise Crashed
                answered.status = status_pb2.INTERNAL_ERROR
                return
            network = self._results[index]
            answered.wifi_scan_result.entries.add(
                ssid=network.ssid,
                channel=network.channel,
                rssi=network.rssi,
                bssid=network.bssid,
                auth_mode=_AUTH_MODES.get(network.security, config_pb2.AUTH_WPA2),
            )

    # --- prov-ctrl ------------------------------------------------------------------------------

    def control(self, request: bytes) -> bytes:
        """A Control request in, its response out. Raises Refused."""
        asked = control_pb2.Control()
        asked.ParseFromString(request)
        answered = control_pb2.Control(msg=asked.msg + 1)
        if asked.msg in (control_pb2.RESET_WIFI, control_pb2.RESET_THREAD):
            legal = self.state is JoinState.FAILED
        elif asked.msg in (control_pb2.REPROVISION_WIFI, control_pb2.REPROVISION_THREAD):
            legal = True
        else:
            raise Refused(f"control message {asked.msg}")
        names = {
            control_pb2.RESET_WIFI: "wifi_reset",
            control_pb2.REPROVISION_WIFI: "wifi_reprovisioned",
            control_pb2.RESET_THREAD: "thread_reset",
            control_pb2.REPROVISION_THREAD: "thread_reprovisioned",
        }
        getattr(answered, names[asked.msg]).SetInParent()
        if legal:
            self.state = JoinState.WAITING
        else:
            answered.status = status_pb2.INTERNAL_ERROR
        return bytes(answered.SerializeToString())


def _attach(dataset: bytes, network: str) -> Attempt:
    """Join if the dataset names the network (TLV type 3: network name)."""
    at = 0
    while at + 2 <= len(dataset):
        kind, length = dataset[at], dataset[at + 1]
        if kind == 3 and dataset[at + 2 : at + 2 + length] == network.encode():
            return Attempt.JOINED
        at += 2 + length
    return Attempt.NOT_FOUND

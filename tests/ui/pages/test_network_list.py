"""The network page's card takes what the rules for Wi-Fi details take, and nothing else."""

import pytest
from pytestqt.qtbot import QtBot

from companion.model import WifiCredentials, WifiSecurity
from companion.secret import Secret
from ui.pages.network.networks import NetworkChoice, NetworkList


@pytest.mark.parametrize(
    ("security", "typed", "fits"),
    [
        (WifiSecurity.WPA2, "0f" * 32, True),
        (WifiSecurity.WPA2, "x" * 64, False),
        (WifiSecurity.WPA2, "seven g", False),
        (WifiSecurity.WPA3, "short", True),
        (WifiSecurity.WEP, "abcde", True),
        (WifiSecurity.WEP, "abcdef", False),
    ],
)
def test_a_network_is_whole_once_its_password_can_be_one(
    qtbot: QtBot, security: WifiSecurity, typed: str, fits: bool
) -> None:
    networks = NetworkList()
    qtbot.addWidget(networks)
    offered = NetworkChoice(b"Hafen 12", "Hafen 12", security, rssi=-50)
    wanted = WifiCredentials(b"Hafen 12", Secret(typed), security)
    networks.show_networks((offered,), wanted)
    assert networks.wifi() == (wanted if fits else None)
    assert networks.draft() == wanted


def test_a_name_of_more_than_32_octets_is_no_network(qtbot: QtBot) -> None:
    networks = NetworkList()
    qtbot.addWidget(networks)
    networks.show_networks((), WifiCredentials(("\u00e9" * 17).encode(), Secret("seven gulls at noon")))
    assert networks.wifi() is None


def test_a_network_that_the_device_can_not_join_is_shown_and_not_chosen(qtbot: QtBot) -> None:
    networks = NetworkList()
    qtbot.addWidget(networks)
    office = NetworkChoice(b"Office", "Office", WifiSecurity.ENTERPRISE, rssi=-40, can_join=False)
    home = NetworkChoice(b"Hafen 12", "Hafen 12", WifiSecurity.WPA2, rssi=-60)
    networks.show_networks((office, home), None)
    assert [row.isEnabled() for row in networks._rows] == [False, True, True]
    assert networks._rows[1].isChecked()
    networks.show_networks((office,), None)
    assert networks._rows[-1].isChecked(), "what is left is to name another one"

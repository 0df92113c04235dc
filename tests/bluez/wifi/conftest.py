"""One set of networks for the session, on the air of the guest that BlueZ's tests use too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.identity import FILES, open_identity
from tests.bluez.guest import Guest
from tests.bluez.wifi import guest_air
from tests.bluez.wifi.guest_air import GuestAir
from tests.bluez.wifi.networks import AirNetwork, networks


@dataclass(frozen=True)
class Company:
    """networks: by kind, on the air; home: a data folder with the owner whose devices they admit."""

    networks: dict[str, AirNetwork]
    home: Path

    def move_in(self, folder: Path) -> None:
        """Make `folder` the data folder of this owner, without records."""
        shutil.copy(self.home / FILES["virtual"], folder / FILES["virtual"])


@pytest.fixture(scope="session")
def company(guest: Guest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    home = tmp_path_factory.mktemp("owner")
    made = Company(networks(open_identity(home, throwaway=True).ca), home)
    guest_air.start(guest, made.networks)
    yield made
    guest_air.stop(guest)


@pytest.fixture
def wifi_air(guest: Guest, company: Company) -> GuestAir:
    return GuestAir.of(guest, company.networks)

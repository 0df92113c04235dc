"""The composition root: parts are opened when they are wanted, once, and closed together."""

from pathlib import Path

import pytest

import companion.services
from companion.errors import RadioSpecError, StorageError
from companion.services import Services, open_services


def key_files(folder: Path) -> list[Path]:
    return list(folder.glob("*.sealed"))


async def test_a_part_that_nobody_wants_is_not_opened(tmp_path: Path) -> None:
    async with Services(["virtual"], data_dir=tmp_path) as services:
        services.open_registry()
        with pytest.raises(RuntimeError, match="identity"):
            _ = services.identity
        with pytest.raises(RuntimeError, match="radio"):
            _ = services.radio
        assert services.endpoint is None
    assert not key_files(tmp_path)


async def test_each_part_is_opened_once(tmp_path: Path) -> None:
    async with open_services(["virtual"], data_dir=tmp_path) as services:
        assert key_files(tmp_path)
        assert await services.open_radio() is services.radio
        assert services.open_identity() is services.identity
        assert services.open_registry() is services.registry
        assert await services.open_endpoint() is services.endpoint is not None


async def test_what_was_opened_is_closed_where_a_later_part_fails(tmp_path: Path) -> None:
    (tmp_path / "virtual.sealed").write_bytes(b"damaged")
    services = Services(["virtual"], data_dir=tmp_path)
    with pytest.raises(StorageError):
        async with services:
            await services.open()
    with pytest.raises(RuntimeError):
        _ = services.radio


async def test_services_of_virtual_devices_take_no_real_radio(tmp_path: Path) -> None:
    """A throwaway identity would end up on a device that somebody uses."""
    async with Services(["virtual"], data_dir=tmp_path) as services:
        with pytest.raises(RadioSpecError):
            services.use_radios(["os"])
        services.use_radios(["virtual+bumble:tcp-client:127.0.0.1:6402"])
        services.use_radios(["virtual"])
        await services.open_radio()
        with pytest.raises(RuntimeError):
            services.use_radios(["virtual"])


async def test_services_without_an_endpoint_start_none(tmp_path: Path) -> None:
    async with open_services(["virtual"], data_dir=tmp_path, with_endpoint=False) as services:
        assert services.endpoint is None
    async with open_services(["virtual"], data_dir=tmp_path, endpoint="broker.lan:8883") as services:
        assert services.endpoint is not None and services.endpoint.address == "broker.lan:8883"


async def test_a_command_can_say_where_it_listens_on_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companion.services, "lan_address", lambda: "127.0.0.1")
    monkeypatch.setenv("COMPANION_PASSPHRASE", "correct horse")
    async with Services(["virtual"], data_dir=tmp_path / "virtual") as virtual:
        await virtual.open_endpoint()
        assert virtual.listens_at is None, "nothing of a virtual world is open to the network"
    async with Services(["os"], data_dir=tmp_path / "real") as real:
        assert real.listens_at is None
        endpoint = await real.open_endpoint()
        assert endpoint is not None and real.listens_at == endpoint.address


async def test_a_virtual_radio_has_a_network_that_ends_in_this_computer(tmp_path: Path) -> None:
    async with Services(["virtual"], data_dir=tmp_path) as services:
        assert services.lan.is_loopback and services.lan is services.lan
    async with Services(["os"], data_dir=tmp_path) as services:
        assert not services.lan.is_loopback


async def test_an_endpoint_listens_where_devices_were_told_to_find_it(tmp_path: Path) -> None:
    addresses = []
    for _ in range(2):
        async with open_services(["virtual"], data_dir=tmp_path) as services:
            assert services.endpoint is not None
            addresses.append(services.endpoint.address)
            # A process beside this one takes another port, and does not keep it.
            async with open_services(["virtual"], data_dir=tmp_path) as beside:
                assert beside.endpoint is not None and beside.endpoint.address not in addresses
    assert addresses[0] == addresses[1]


async def test_a_port_that_makes_no_sense_is_replaced(tmp_path: Path) -> None:
    for nonsense in (b"", b"70000", b"-1", b"8883 8884"):
        (tmp_path / "endpoint.port").write_bytes(nonsense)
        async with open_services(["virtual"], data_dir=tmp_path) as services:
            assert services.endpoint is not None
            port = services.endpoint.address.rpartition(":")[2]
        assert (tmp_path / "endpoint.port").read_text().strip() == port

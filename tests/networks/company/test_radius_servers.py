"""A company network proved against real RADIUS servers, which have what an administrator is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509

from companion import errors
from companion.identity import IssuingCa
from companion.model import WifiCredentials
from companion.networks.company import check as checking
from companion.networks.company.check import check
from companion.networks.company.report import CheckReport, Phase, PhaseState, problem_of
from companion.networks.company.server_look import look
from companion.networks.company.ways.eapol_test import EapolTest, RadiusServer
from companion.secret import Secret
from tests.networks.company import servers
from tests.networks.company.servers import SECRET
from tests.networks.company.werk import OTHER, SERVER, SSID, WERK, network

OURS = IssuingCa.create("Ours")


@dataclass(frozen=True)
class Company:
    """A running server. folder: what its administrator has; restart: with another list of revoked numbers"""

    port: int
    start: Callable[[Path], AbstractContextManager[None]]

    def way(self, secret: Secret = SECRET) -> EapolTest:
        return EapolTest(RadiusServer("127.0.0.1", self.port, secret))


@pytest.fixture(scope="module", params=["hostapd", "freeradius"])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    for needed in (request.param, "eapol_test"):
        if servers.program(needed) is None:
            pytest.skip(f"{needed} is not installed: apt-get install hostapd freeradius eapoltest")
    folder, port = tmp_path_factory.mktemp("radius") / "files", servers.free_port()
    servers.write(folder, OURS, port)
    start = getattr(servers, request.param)
    with start(folder):
        yield Company(port, start)


async def test_our_devices_are_admitted(company: Company) -> None:
    report = await check(network(), OURS, company.way())
    assert report.passed, report.problem
    assert [each.state for each in report.phases] == [PhaseState.PASSED] * 4 + [PhaseState.NOT_CHECKED]


@pytest.mark.parametrize(
    ("wifi", "ca", "phase", "error"),
    [
        (network(OTHER), OURS, Phase.SERVER_CERTIFICATE, errors.ServerCertificateUntrusted),
        (network(server_name="other.example"), OURS, Phase.SERVER_NAME, errors.ServerNameDiffers),
        (network(), OTHER, Phase.OWN_CERTIFICATE, errors.OwnCertificateRejected),
    ],
    ids=["other CA", "other name", "our CA unknown"],
)
async def test_what_is_wrong_is_named(
    company: Company,
    wifi: WifiCredentials,
    ca: IssuingCa,
    phase: Phase,
    error: type[errors.NetworkError],
) -> None:
    report = await check(wifi, ca, company.way())
    assert type(report.problem) is error
    assert failed(report) == [phase]


async def test_its_ca_is_learned_and_then_believed(company: Company) -> None:
    seen = await look(company.way(), ssid=SSID, identity="companion-check")
    assert (seen.root, seen.names) == (WERK.anchors[0], (SERVER,))


async def test_a_revoked_certificate_is_rejected(company: Company, tmp_path: Path) -> None:
    """Neither server says so: the reason is in its log alone."""
    wifi, folder, port = network(), tmp_path / "files", servers.free_port()
    assert wifi.login is not None
    with checking.credentials(OURS, wifi.login.anchors) as files:
        own = x509.load_pem_x509_certificate(files.chain.read_bytes())
        servers.write(folder, OURS, port, (own.serial_number,))
        watch = checking.Watch()
        with company.start(folder):
            await EapolTest(RadiusServer("127.0.0.1", port, SECRET)).log_in(wifi, "SN-0001", files, watch)
    found = problem_of(watch.login, ssid=wifi.name)
    assert found is not None and type(found[1]) is errors.OwnCertificateRejected
    assert "revoked" in (folder / "log").read_text(errors="replace")


def failed(report: CheckReport) -> list[Phase]:
    return [each.phase for each in report.phases if each.state is PhaseState.FAILED]


async def test_nobody_answers() -> None:
    if servers.program("eapol_test") is None:
        pytest.skip("eapol_test is not installed: apt-get install eapoltest")
    way = EapolTest(RadiusServer("127.0.0.1", servers.free_port(), Secret("x")), seconds=1)
    report = await check(network(), OURS, way)
    assert type(report.problem) is errors.RadiusServerSilent

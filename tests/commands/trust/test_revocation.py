"""`companion trust revocation`, and the list for services: served, renewed by itself, told to the broker."""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from companion.commands.trust import crl_service
from companion.events import ListHeard
from companion.identity import crl, open_identity
from companion.link_counts import LinkCounts
from companion.model import Commissioned, DeviceIdentity
from companion.outcome import Outcome, Result
from companion.protocols import delegation_drivers
from companion.registry import open_registry
from companion.services import Services
from companion.trust.grants.actions import Grants
from companion.trust.grants.terms import GrantTerms, Places, Right
from tests.commands.conftest import Run
from tests.support.until import until

VIRTUAL = ("--radio", "virtual")
TERMS = GrantTerms(
    frozenset({Right.ONBOARD}), Places(True), datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
)


class Fleet:
    """An owner with some devices and two delegates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        registry, identity = open_registry(self.folder), open_identity(self.folder, throwaway=True)
        grants = Grants(identity, registry)
        self.ids = {}
        for name in ("laptop", "jig"):
            other = open_identity(folder / name, throwaway=True)
            request = Grants(other, registry).ask(name)
            self.ids[name] = grants.issue(request, TERMS).id
        (self.protocol,) = delegation_drivers()
        self.keys = [b"\x04" + bytes([number]) * 64 for number in range(3)]
        for number, key in enumerate(self.keys):
            run = registry.begin_run(ecosystem=self.protocol, radio="virtual")
            device = DeviceIdentity(f"d-{number}", f"Lamp {number}", serial=f"SN-{number}")
            done = Commissioned(device, "oob", identity_key=key)
            outcome = Outcome(
                Result.COMMISSIONED,
                run,
                self.protocol,
                (),
                LinkCounts(),
                commissioned=done,
                site="hall-2" if number else "",
            )
            registry.finish_run(run, outcome)
        registry.close()

    def hears(self, number: int, counter: int) -> None:
        """A run with a device ends: it goes by this list."""
        registry = open_registry(self.folder)
        run = registry.begin_run(ecosystem=self.protocol, radio="virtual")
        registry.append(run, ListHeard(self.keys[number], counter))
        registry.close()


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    return Fleet(tmp_path)


def status(run: Run) -> dict[str, Any]:
    (told,) = run("trust", "revocation", "status", *VIRTUAL, "--json").document["revocation"]
    assert isinstance(told, dict)
    return told


def test_devices_of_one_name_are_told_apart(run: Run, fleet: Fleet) -> None:
    run("trust", "revocation", "lost", fleet.ids["laptop"], "--yes", *VIRTUAL)
    assert "(SN-1)" not in run("trust", "revocation", *VIRTUAL).out
    registry = open_registry(fleet.folder)
    for each in registry.devices():
        registry.rename(each.id, name="Lamp")
    registry.close()
    shown = run("trust", "revocation", *VIRTUAL).out
    assert "not yet: Lamp (SN-1) at hall-2" in shown and "1 entry" in shown


def test_nothing_is_revoked_at_first(run: Run, fleet: Fleet) -> None:
    assert "Nothing is revoked." in run("trust", "revocation", *VIRTUAL).out
    assert status(run)["know"] is None


def test_one_command_cuts_a_lost_laptop_off_and_says_what_is_left_to_visit(run: Run, fleet: Fleet) -> None:
    crl_file = fleet.folder / "companion.crl"
    assert run("trust", "crl", str(crl_file), *VIRTUAL).status == 0
    asked = run("trust", "revocation", "lost", fleet.ids["laptop"], *VIRTUAL)
    assert asked.status == 2 and "jig loses grant" in asked.out and status(run)["counter"] == 0
    cut = run("trust", "revocation", "lost", fleet.ids["laptop"], "--yes", *VIRTUAL)
    assert cut.status == 0 and "0 of 3 devices have" in cut.out and "Lamp 1 at hall-2" in cut.out
    listed = x509.load_pem_x509_crl(crl_file.read_bytes())
    assert len(listed) == 2, "the CA certificates of both"
    told = status(run)
    assert (told["floor"], told["entries"], told["know"]) == (1, 1, 0)
    states = {
        each["holder"]: each["state"] for each in run("grant", "list", *VIRTUAL, "--json").document["grants"]
    }
    assert states == {"laptop": "revoked", "jig": "revoked"}


def test_others_are_spared_on_request(run: Run, fleet: Fleet) -> None:
    run("trust", "revocation", "lost", fleet.ids["laptop"], "--keep-others", "--yes", *VIRTUAL)
    states = {
        each["holder"]: each["state"] for each in run("grant", "list", *VIRTUAL, "--json").document["grants"]
    }
    assert states == {"laptop": "revoked", "jig": "in force"} and status(run)["floor"] == 0


def test_the_map_of_who_has_heard(run: Run, fleet: Fleet) -> None:
    run("trust", "revocation", "lost", fleet.ids["laptop"], "--yes", *VIRTUAL)
    counter = status(run)["counter"]
    fleet.hears(0, counter)
    fleet.hears(1, counter - 1)
    told = status(run)
    assert [each["knows"] for each in told["devices"]].count(True) == told["know"] == 1
    shown = run("trust", "revocation", *VIRTUAL).out
    assert "1 of 3 devices have" in shown
    assert "Lamp 1 at hall-2, has another one" in shown and "Lamp 2 at hall-2, has none" in shown
    run("trust", "revocation", "raise-floor", "--yes", *VIRTUAL)
    assert status(run)["know"] == 0, "there is a newer list"


def test_the_list_travels_as_a_file(run: Run, fleet: Fleet, tmp_path: Path) -> None:
    file = tmp_path / "list"
    assert run("trust", "revocation", "export", str(file), *VIRTUAL).status == 2, "there is none yet"
    run("trust", "revocation", "raise-floor", "--yes", *VIRTUAL)
    assert run("trust", "revocation", "export", str(file), *VIRTUAL).status == 0
    again = run("trust", "revocation", "import", str(file), *VIRTUAL, "--json")
    assert again.document == {"done": True, "newer": False}
    file.write_bytes(b"nonsense")
    refused = run("trust", "revocation", "import", str(file), *VIRTUAL, "--json")
    assert (refused.status, refused.document["error"]["code"]) == (5, "A-159")


@pytest.mark.parametrize("words", [("nonsense",), ("lost",), ("status", "x"), ("export",)])
def test_other_words_are_usage(run: Run, fleet: Fleet, words: tuple[str, ...]) -> None:
    assert run("trust", "revocation", *words, *VIRTUAL).status == 2


# --- the list for services ---------------------------------------------------------------------------------


@pytest.fixture
def services(fleet: Fleet) -> Iterator[Services]:
    made = Services(("virtual",), data_dir=fleet.folder)
    made.open_registry()
    made.open_identity()
    yield made
    made.close_registry()


def arguments(**given: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"serve": "127.0.0.1:0", "reload": None, "sighup": None, **given})


def aged(services: Services, days: float) -> None:
    """The list was written so long ago."""
    note = services.data_dir / crl.NOTE
    told = json.loads(note.read_text())
    told["made"] = (datetime.fromisoformat(told["made"]) - timedelta(days=days)).isoformat()
    told["until"] = (datetime.fromisoformat(told["until"]) - timedelta(days=days)).isoformat()
    note.write_text(json.dumps(told))


@pytest.mark.parametrize(("days", "renewed"), [(0, False), (3.9, False), (4.1, True), (8, True)])
def test_the_list_renews_itself_from_the_fourth_day_on(
    services: Services, tmp_path: Path, days: float, renewed: bool
) -> None:
    crl.publish(services.data_dir, services.identity.ca, services.registry, tmp_path / "list.pem")
    before = crl.published(services.data_dir)
    assert before is not None
    aged(services, days)
    assert crl_service.renew_if_due(services) is renewed
    after = crl.published(services.data_dir)
    assert after is not None and (after.number > before.number) is renewed


def test_where_no_list_was_written_none_is_renewed(services: Services) -> None:
    assert not crl_service.renew_if_due(services)


async def get(url: str, method: str = "GET") -> tuple[int, bytes]:
    host, _, path = url.removeprefix("http://").partition("/")

    def ask() -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request(method, f"/{path}")
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        return reply.status, body

    return await asyncio.to_thread(ask)


async def test_the_list_is_served_renewed_and_told(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crl.publish(services.data_dir, services.identity.ca, services.registry, tmp_path / "list.pem")
    told = tmp_path / "told"
    reload = f"{sys.executable} -c \"open('{told}', 'a').write('x')\""
    serving = asyncio.create_task(crl_service.serve(services, arguments(reload=reload), pause=0.05))
    said: list[str] = []

    def is_served() -> bool:
        said.extend(word for word in capsys.readouterr().out.split() if word.startswith("http:"))
        return bool(said)

    await until(is_served)
    url = said[0]
    status, body = await get(url)
    first = x509.load_der_x509_crl(body)
    assert status == 200 and first.is_signature_valid(
        x509.load_der_x509_certificate(services.identity.ca.anchors[0]).public_key()  # type: ignore[arg-type]
    )
    assert (await get(url, "HEAD"))[1] == b""
    assert (await get(url, "POST"))[0] == 405 and (await get(url + "x"))[0] == 404
    aged(services, 5)
    await until(told.exists)
    _, body = await get(url)
    number = x509.load_der_x509_crl(body).extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    assert number > first.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    await until(lambda: told.read_text() == "x")
    # Another process of this owner revokes, and writes the list.
    crl.publish(services.data_dir, services.identity.ca, services.registry)
    await until(lambda: told.read_text() == "xx")
    (tmp_path / "list.pem").unlink()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


def test_a_broker_is_sent_sighup(tmp_path: Path) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, frame: heard.append(number))
    try:
        pidfile = tmp_path / "broker.pid"
        pidfile.write_text(f"{os.getpid()}\n")
        crl_service.tell_broker(arguments(sighup=pidfile))
        assert heard == [signal.SIGHUP]
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_broker_that_can_not_be_told_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crl_service.tell_broker(arguments(sighup=tmp_path / "none", reload="/does/not/exist"))
    said = capsys.readouterr().err
    assert "--reload failed" in said and "--sighup" in said

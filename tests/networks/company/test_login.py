"""What a login to a company network can be, and the file that carries one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.commands.arguments.options import wifi_from_file
from companion.errors import CredentialsUnusable
from companion.model import CompanyLogin
from companion.networks import wifi_rules
from companion.networks.company import document
from companion.networks.company.login import identity, identity_flaw
from companion.runs import saved_networks
from companion.secret import Secret
from tests.networks.company.werk import WERK, network


class Drawer:
    """A vault's get and put."""

    def __init__(self) -> None:
        self.kept: dict[str, Secret] = {}

    def get(self, key: str) -> Secret | None:
        return self.kept.get(key)

    def put(self, key: str, value: Secret) -> None:
        self.kept[key] = value


@pytest.mark.parametrize("server", ["radius.werk.example", "radius", "a-1.b", "R.Example"])
def test_a_servers_name_is_a_dns_name(server: str) -> None:
    assert wifi_rules.flaw(network(server_name=server)) is None


@pytest.mark.parametrize(
    "server", ["", "-a.b", "a..b", "a b", "radius.werk.example\n", "*.werk", "a" * 254, "ä.b"]
)
def test_what_is_no_servers_name(server: str) -> None:
    assert wifi_rules.flaw(network(server_name=server)) == "the server's name is no DNS name"


@pytest.mark.parametrize("rule", ["", "{serial", "{name}", "a\nb", "x" * 254, "{serial}" * 4, "\u202ea"])
def test_a_rule_makes_an_identity_of_every_serial_or_is_refused(rule: str) -> None:
    assert identity_flaw(rule) is not None
    assert wifi_rules.flaw(network(identity=rule)) is not None


def test_a_rule_names_the_device() -> None:
    assert identity("{serial}@werk.example", "LS2-0048") == "LS2-0048@werk.example"
    assert identity_flaw("host/{serial}") is None


@pytest.mark.parametrize("anchors", [(), (b"",), (bytes(4097),), (b"a",) * 17])
def test_trust_anchors_have_bounds(anchors: tuple[bytes, ...]) -> None:
    wifi = network()
    assert wifi.login is not None
    assert wifi_rules.flaw(replace(wifi, login=replace(wifi.login, anchors=anchors))) is not None


@given(st.text(max_size=300))
def test_any_text_as_a_rule_is_judged(text: str) -> None:
    assert (identity_flaw(text) is None) <= (
        0 < len(identity(text, "x" * 64).encode(errors="replace")) <= 253
    )


@pytest.mark.parametrize("outer", [None, "anonymous@werk.example"])
@pytest.mark.parametrize("hidden", [False, True])
def test_a_file_holds_the_whole_network(outer: str | None, hidden: bool, tmp_path: Path) -> None:
    wifi = network()
    assert wifi.login is not None
    wifi = replace(wifi, hidden=hidden, login=replace(wifi.login, outer=outer))
    file = tmp_path / "werk.json"
    file.write_text(json.dumps(document.as_json(wifi)))
    assert wifi_from_file(file) == wifi


def test_a_network_that_worked_is_kept_with_its_login() -> None:
    vault = Drawer()
    saved_networks.remember(vault, network())
    assert saved_networks.recall(vault) == (network(),)


@pytest.mark.parametrize(
    "change",
    [
        {"anchors": ["no certificate"]},
        {"anchors": 7},
        {"anchors": []},
        {"server_name": "a b"},
        {"identity": "{x}"},
    ],
)
def test_a_file_with_half_a_login_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    file = tmp_path / "werk.json"
    file.write_text(json.dumps(document.as_json(network()) | change))
    with pytest.raises(CredentialsUnusable):
        wifi_from_file(file)


def test_a_company_network_without_its_login_is_no_network(tmp_path: Path) -> None:
    file = tmp_path / "werk.json"
    file.write_text('{"ssid": "Werk", "security": "enterprise"}')
    with pytest.raises(CredentialsUnusable, match="server's name"):
        wifi_from_file(file)


def test_certificates_are_read_as_pem_and_der() -> None:
    (root,) = WERK.anchors
    assert document.certificates_in(root) == (root,)
    assert document.certificates_in(f"a note\n{document.as_pem(root)}".encode()) == (root,)


def test_a_login_prints_no_more_than_it_says() -> None:
    assert document.login_in({"ssid": "Hafen 12"}) is None
    assert isinstance(document.login_in(document.as_json(network())), CompanyLogin)

"""What wpa_supplicant and eapol_test say, as they said it: each ending, and what names can't imitate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import errors
from companion.networks.company.report import Phase, PhaseState, phases_of, problem_of
from companion.networks.company.supplicant_events import MOST_CERTIFICATES, Ending, Login, ServerFlaw, read

HASH = "038756e6dfd905fb209d69e1d9595d034ea3ed7e51887e79ee3cfe7b5d452d11"
OWN = "8d7057317f8fa0c3fadfc1cf4c6fb0305cd764dbf715d415e8fb06a9635b62ef"
BEGIN = """\
wlan1: SME: Trying to authenticate with 02:00:00:00:00:05 (SSID='eap' freq=2437 MHz)
wlan1: Trying to associate with 02:00:00:00:00:05 (SSID='eap' freq=2437 MHz)
wlan1: Associated with 02:00:00:00:00:05
wlan1: CTRL-EVENT-EAP-STARTED EAP authentication started
wlan1: CTRL-EVENT-EAP-PROPOSED-METHOD vendor=0 method=13
"""
SERVER = f"""\
wlan1: CTRL-EVENT-EAP-PEER-CERT depth=1 subject='/CN=Werk Root' hash={HASH}
wlan1: CTRL-EVENT-EAP-PEER-CERT depth=0 subject='/CN=radius.site' hash={OWN}
wlan1: CTRL-EVENT-EAP-PEER-ALT depth=0 DNS:radius.site
"""
UNTRUSTED = (
    "CTRL-EVENT-EAP-TLS-CERT-ERROR reason=1 depth=1 subject='/CN=Werk Root' err='self-signed certificate'\n"
)
OTHER_NAME = (
    "CTRL-EVENT-EAP-TLS-CERT-ERROR reason=10 depth=0 subject='/CN=radius.site' err='Domain mismatch'\n"
)
EXPIRED = "CTRL-EVENT-EAP-TLS-CERT-ERROR reason=4 depth=0 subject='/CN=radius.site' err='expired'\n"
FAILURE = "wlan1: CTRL-EVENT-EAP-FAILURE EAP authentication failed\n"
SUCCESS = "wlan1: CTRL-EVENT-EAP-SUCCESS EAP authentication completed successfully\n"
ALERT = "SSL: SSL3 alert: read (remote end reported an error):fatal:{}\n"
CASES = [
    ("", Phase.NETWORK, errors.NetworkNotSeen),
    (BEGIN + FAILURE, Phase.SERVER_CERTIFICATE, errors.LoginRejected),
    (BEGIN + SERVER + UNTRUSTED + FAILURE, Phase.SERVER_CERTIFICATE, errors.ServerCertificateUntrusted),
    (BEGIN + SERVER + EXPIRED + FAILURE, Phase.SERVER_CERTIFICATE, errors.ServerCertificateExpired),
    (BEGIN + SERVER + OTHER_NAME + FAILURE, Phase.SERVER_NAME, errors.ServerNameDiffers),
    (BEGIN + SERVER + FAILURE, Phase.OWN_CERTIFICATE, errors.OwnCertificateRejected),
    (
        BEGIN + SERVER + ALERT.format("unknown CA") + FAILURE,
        Phase.OWN_CERTIFICATE,
        errors.OwnCertificateRejected,
    ),
    (
        BEGIN + SERVER + ALERT.format("certificate revoked") + FAILURE,
        Phase.OWN_CERTIFICATE,
        errors.OwnCertificateRevoked,
    ),
    (
        BEGIN + SERVER + ALERT.format("certificate expired") + FAILURE,
        Phase.OWN_CERTIFICATE,
        errors.OwnListExpired,
    ),
]


@pytest.mark.parametrize(("said", "phase", "error"), CASES, ids=[case[2].__name__ for case in CASES])
def test_each_failure_names_its_phase(said: str, phase: Phase, error: type[errors.NetworkError]) -> None:
    found = problem_of(read(said.splitlines()), ssid="Werk-IoT")
    assert found is not None
    assert (found[0], type(found[1])) == (phase, error)
    assert "{" not in found[1].title_text + found[1].advice_text


def test_a_login_that_works() -> None:
    login = read((BEGIN + SERVER + SUCCESS).splitlines())
    assert problem_of(login, ssid="Werk-IoT") is None
    assert (login.ending, login.names) == (Ending.ADMITTED, ("radius.site",))
    assert [(each.depth, each.subject, each.fingerprint) for each in login.server] == [
        (1, "/CN=Werk Root", HASH),
        (0, "/CN=radius.site", OWN),
    ]


def test_phases_stand_in_their_order() -> None:
    login = read((BEGIN + SERVER + OTHER_NAME + FAILURE).splitlines())
    shown = phases_of(
        login, Phase.SERVER_NAME, name="radius.other", has_address=None, times={Phase.ADDRESS: 1.0}
    )
    assert [each.state.value for each in shown] == ["passed", "passed", "failed", "open", "not checked"]
    assert [str(each.words or "") for each in shown] == [
        "",
        "Werk Root, SHA-256 03:87:56:E6:DF:D9:05:FB",
        "radius.site",
        "",
        "",
    ]
    assert all(each.seconds is None for each in shown)
    worked = phases_of(read([SUCCESS]), None, name="radius.site", has_address=True, times={})
    assert {each.state for each in worked} == {PhaseState.PASSED}


def test_a_server_that_is_asked_itself_is_called_by_its_address() -> None:
    found = problem_of(Login(), ssid="Werk-IoT", radius="192.0.2.1:1812")
    assert found is not None and type(found[1]) is errors.RadiusServerSilent


def test_a_wrong_password_of_wpa2_is_said_and_of_wpa3_is_not() -> None:
    wrong_key = "wlan1: WPA: 4-Way Handshake failed - pre-shared key may be incorrect"
    rejected = "wlan1: CTRL-EVENT-AUTH-REJECT 02:00:00:00:00:01 auth_type=3 auth_transaction=2 status_code=1"
    assert read([wrong_key]).ending is Ending.WRONG_KEY
    assert read([rejected]).ending is None, "an access point may be full: wpa_supplicant tries again"
    assert read([rejected, rejected]).ending is Ending.REJECTED


def test_a_network_is_missing_after_three_scans() -> None:
    searched = "wlan1: No suitable network found"
    assert read([searched, searched]).ending is None
    assert read([searched] * 3).ending is Ending.NOT_FOUND
    assert read([*BEGIN.splitlines(), *[searched] * 3]).ending is None


@pytest.mark.parametrize(
    "line",
    [
        "wlan1: Associated with CTRL-EVENT-EAP-SUCCESS ",
        "x CTRL-EVENT-CONNECTED ",
        f"CTRL-EVENT-EAP-PEER-CERT depth=0 subject='a' hash={HASH} more",
        "wlan1: wlan1: CTRL-EVENT-EAP-SUCCESS ok",
        "EAP: CTRL-EVENT-EAP-SUCCESS",
    ],
)
def test_only_its_own_events_count(line: str) -> None:
    assert read([line]) == Login()


def test_a_subject_can_not_bring_another_fingerprint_or_steer_a_terminal() -> None:
    subject = f"/CN=x' hash={'0' * 64}\x1b[2J\u202e"
    (certificate,) = read([f"CTRL-EVENT-EAP-PEER-CERT depth=0 subject='{subject}' hash={OWN}"]).server
    assert certificate.fingerprint == OWN
    assert not {"\x1b", "\u202e"} & set(certificate.subject)


def test_a_subject_can_not_choose_what_is_wrong_with_it() -> None:
    line = "CTRL-EVENT-EAP-TLS-CERT-ERROR reason=1 depth=0 subject='/CN=a reason=10 ' err='reason=10 '"
    assert read([line]).flaw is ServerFlaw.UNTRUSTED


def test_a_chain_without_end_is_cut() -> None:
    lines = [f"CTRL-EVENT-EAP-PEER-CERT depth=1 subject='{n}' hash={n:064x}" for n in range(100)]
    names = [f"CTRL-EVENT-EAP-PEER-ALT depth=0 DNS:{n}" for n in range(100)]
    login = read([*lines, *names])
    assert len(login.server) == MOST_CERTIFICATES and len(login.names) == 32


@given(st.lists(st.text(max_size=80) | st.sampled_from((BEGIN + SERVER + FAILURE).splitlines()), max_size=12))
def test_any_lines_are_read(lines: list[str]) -> None:
    found = problem_of(read(lines), ssid="Werk-IoT")
    assert found is None or found[1].title_text

"""What an abort says on the wire, and what it says to the user."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion import errors
from companion.encoding import cbor
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import (
    Abort,
    AbortMessage,
    LocalAbort,
    PeerAbort,
    VerifyFailure,
    WifiRefusal,
    user_error,
    verify_error,
)


@given(st.binary(min_size=8, max_size=8), st.integers(0, 1000), st.none() | st.integers(0, 1000))
def test_an_abort_is_understood(sid, code, detail):
    message = AbortMessage(sid, code, detail)
    assume(code != Abort.LOCKED or detail is None or detail in aborts.WAITS)
    assert aborts.decode(aborts.encode(message)) == message


def test_an_abort_on_the_wire():
    assert aborts.encode(AbortMessage(bytes(8), Abort.LOCKED, 20)).hex() == "84004800000000000000000c14"


@pytest.mark.parametrize("value", [[0], [1, bytes(8), 3], [0, bytes(7), 3], [0, bytes(8), "3"], {}])
def test_broken_aborts(value):
    with pytest.raises(cbor.MalformedCbor):
        aborts.decode(cbor.encode(value))


def test_a_detail_that_nobody_knows_does_not_hide_the_code():
    assert aborts.decode(cbor.encode([0, bytes(8), 22, "stack"])) == AbortMessage(bytes(8), 22)


@pytest.mark.parametrize(("detail", "waits"), [(0, None), (1, 1), (7200, 7200), (7201, None), (-1, None)])
def test_a_lock_of_more_than_two_hours_is_one_without_a_time(detail, waits):
    """The app would count down to a moment that nobody waits for."""
    said = aborts.decode(cbor.encode([0, bytes(8), 12, detail]))
    assert said == AbortMessage(bytes(8), Abort.LOCKED, waits)
    refused = user_error(PeerAbort(Abort.LOCKED, detail=detail), secret_given=False)
    assert (f"{detail} seconds" in refused.advice_text) == (waits is not None)


def test_every_code_means_something_to_the_user():
    for code in Abort:
        error = user_error(PeerAbort(code), secret_given=False)
        assert type(error) is not errors.CompanionError
        assert error.advice_text


SAID_BY_THE_DEVICE = {
    Abort.VERSION: errors.VersionUnsupported,
    Abort.NO_COMMON: errors.MethodUnavailable,
    Abort.BUSY: errors.DeviceBusy,
    Abort.NUMBERS_DIFFER: errors.NumbersDiffer,
    Abort.CANCELLED: errors.CancelledOnDevice,
    Abort.NOT_AUTHORISED: errors.NotAuthorised,
    Abort.NO_SPACE: errors.DeviceFull,
    Abort.INFO_ALTERED: errors.DowngradeRefused,
    Abort.INTERNAL: errors.DeviceInternal,
    99: errors.DeviceError,
}


@pytest.mark.parametrize(("code", "leaf"), SAID_BY_THE_DEVICE.items())
def test_what_the_device_said(code, leaf):
    assert type(user_error(PeerAbort(code), secret_given=True)) is leaf


def test_code_9_is_about_the_secret_only_where_there_was_one():
    refused = PeerAbort(Abort.NOT_AUTHENTIC)
    assert type(user_error(refused, secret_given=True)) is errors.WrongSetupSecret
    assert type(user_error(refused, secret_given=False)) is errors.AuthenticationError
    ours = LocalAbort(Abort.NOT_AUTHENTIC, "sig_D does not hold")
    assert type(user_error(ours, secret_given=True)) is errors.WrongIdentity


def test_what_this_side_decided_is_about_the_device():
    for code, leaf in {
        Abort.NO_COMMON: errors.DowngradeRefused,
        Abort.CHAIN: errors.AttestationFailed,
        Abort.CANCELLED: errors.Cancelled,
    }.items():
        assert type(user_error(LocalAbort(code), secret_given=False)) is leaf


def test_a_lock_says_what_to_do():
    waiting = user_error(PeerAbort(Abort.LOCKED, detail=20), secret_given=False)
    pressing = user_error(PeerAbort(Abort.LOCKED), secret_given=False)
    assert "20 seconds" in waiting.advice_text
    assert "button" in pressing.advice_text


def test_a_timeout_is_the_peoples_while_they_compare():
    late = LocalAbort(Abort.TIMEOUT)
    assert type(user_error(late, secret_given=False, comparing=True)) is errors.ComparisonTimeout
    assert type(user_error(late, secret_given=False)) is errors.OperationTimeout


VERIFY = {
    VerifyFailure.WIFI_AUTH: errors.WrongPassphrase,
    VerifyFailure.WIFI_NOT_FOUND: errors.NetworkNotFound,
    VerifyFailure.DHCP: errors.NoAddress,
    VerifyFailure.DNS: errors.NameNotResolved,
    VerifyFailure.TLS: errors.EndpointUnreachable,
    VerifyFailure.CLOUD_AUTH: errors.CertificateRefused,
    VerifyFailure.THREAD_ATTACH: errors.ThreadAttachFailed,
    99: errors.NetworkError,
    None: errors.NetworkError,
}


@pytest.mark.parametrize(("detail", "leaf"), VERIFY.items())
def test_what_did_not_work(detail, leaf):
    error = verify_error(detail, ssid="Hafen 12", endpoint="endpoint.example:8883")
    assert type(error) is leaf
    assert "{" not in error.title_text + error.advice_text
    assert type(user_error(PeerAbort(Abort.VERIFY_FAILED, detail=detail), secret_given=False)) is leaf


WIFI = {
    None: (errors.WrongPassphrase, errors.LoginRejected),
    WifiRefusal.PASSPHRASE: (errors.WrongPassphrase, errors.LoginRejected),
    WifiRefusal.SERVER_CERTIFICATE: (errors.ServerCertificateUntrusted,) * 2,
    WifiRefusal.SERVER_NAME: (errors.ServerNameDiffers,) * 2,
    WifiRefusal.CLIENT_CERTIFICATE: (errors.OwnCertificateRejected,) * 2,
    WifiRefusal.REJECTED: (errors.JoinFailed, errors.LoginRejected),
}


@pytest.mark.parametrize("cause", WIFI)
def test_what_refines_a_refused_network(cause):
    """A company network has no password that could be wrong, whatever the device says."""
    leaves = [type(verify_error(VerifyFailure.WIFI_AUTH, cause, company=each)) for each in (False, True)]
    assert tuple(leaves) == WIFI[cause]

"""Secrets that a device shows for five minutes: photographed, kept, relayed."""

from __future__ import annotations

from dataclasses import replace

from companion.encoding import es256
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.device.admission.oob_window import FAILURES, WINDOW_SECONDS
from companion.protocols.rp1.handshake import CommissionerHandshake, DeviceHandshake, DeviceIdentityKey
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Standing
from companion.secret import Secret
from tests.adversary.photographer import answer_to_label
from tests.protocols.rp1.device.admission.test_window import try_with
from tests.protocols.rp1.support.bench import PRODUCT, DeviceBench, Requester
from tests.protocols.rp1.support.handshake_pair import FP, Pair, code_of


def owns_with(device: DeviceBench, secret: Secret) -> None:
    session = Requester(device)
    session.secure(replace(session.terms(device.connect()), secret=secret))
    session.own()
    device.disconnect()


# --- a photograph of the display -------------------------------------------------------------------------


def test_a_photograph_of_the_display_is_worthless_when_the_window_is_over():
    device = DeviceBench()
    photographed = device.machine.open_window()
    device.tick(WINDOW_SECONDS)
    assert try_with(device, photographed) == Abort.NOT_AUTHENTIC


def test_a_photograph_of_the_display_is_worthless_in_the_next_window():
    device = DeviceBench()
    photographed = device.machine.open_window()
    device.tick(WINDOW_SECONDS)
    shown = device.machine.open_window()
    assert try_with(device, photographed) == Abort.NOT_AUTHENTIC
    device.machine.open_window()
    assert try_with(device, shown) == Abort.NOT_AUTHENTIC, "nor is one that was replaced before its time"


def test_a_photograph_of_the_display_is_worthless_after_a_power_cut():
    device = DeviceBench()
    photographed = device.machine.open_window()
    device.boot()
    assert try_with(device, photographed) == Abort.NOT_AUTHENTIC


def test_a_photograph_of_the_display_is_worthless_once_it_was_used():
    device = DeviceBench()
    photographed = device.machine.open_window()
    owns_with(device, photographed)
    assert device.machine.standing is Standing.OWNED
    assert answer_to_label(device) == Abort.NOT_AUTHORISED


def test_a_session_that_came_to_nothing_used_it_too():
    device = DeviceBench()
    photographed = device.machine.open_window()
    assert try_with(device, photographed) == 0
    assert try_with(device, photographed) == Abort.NOT_AUTHENTIC
    assert device.machine.standing is Standing.UNOWNED


def test_who_photographs_the_display_in_time_can_race():
    """As with a label: the buyer then sees that the device has an owner."""
    device = DeviceBench()
    owns_with(device, device.machine.open_window())
    assert answer_to_label(device) == Abort.NOT_AUTHORISED


def test_a_photograph_of_the_label_is_worthless_while_the_display_shows_a_secret():
    """It can close the window, which is denial of service; the label is then worth what it was."""
    device = DeviceBench()
    shown = device.machine.open_window()
    for _ in range(FAILURES):
        assert try_with(device, PRODUCT.r) == Abort.NOT_AUTHENTIC
    assert try_with(device, shown) == Abort.NOT_AUTHENTIC
    assert try_with(device, PRODUCT.r) == 0


# --- a relayed code ---------------------------------------------------------------------------------------


class Middle:
    """Somebody who sees the display, has the secret in time, and stands between app and device."""

    def __init__(self, trust: Trust) -> None:
        """trust: by what the app that read the code knows the device."""
        thief = es256.generate()
        own = DeviceIdentityKey(lambda message: es256.sign(thief, message), es256.point(thief))
        pair = Pair(Method.OOB)
        self.app = CommissionerHandshake(replace(pair.c_terms, trust=trust))
        self.towards_app = DeviceHandshake(replace(pair.d_terms, identity=own))
        self.towards_device = pair

    def attack(self) -> bool:
        """Two sessions; True if the middle has the keys of both."""
        _, there = self.towards_device.run()
        self.app.receive_m2(self.towards_app.receive_m1(self.app.commit()))
        m4, mine = self.towards_app.receive_m3(self.app.open())
        return self.app.receive_m4(m4).master == mine.master and there.master is not None


def test_who_relays_a_shown_code_does_not_stand_in_the_middle():
    """The code has the fingerprint of the device's key, which nobody can relay."""
    assert code_of(Middle(Trust(fp=FP)).attack) == Abort.NOT_AUTHENTIC


def test_without_a_fingerprint_he_does():
    """Why every code of ours has one: a commissioner that knows the secret alone is deceived."""
    assert Middle(Trust()).attack()

"""What certificates allow: the five octets as OpenThread's tools write them, and who may do what then."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509 import UnrecognizedExtension

from companion.encoding import es256
from companion.protocols.tcat import authorization
from companion.protocols.tcat.authority import Authority
from companion.protocols.tcat.authorization import (
    AUTHORIZATION,
    Authorization,
    CommandClass,
    Condition,
    Proved,
    allows,
    class_of,
)

ALL = {each: Condition.ACCESS for each in CommandClass if each}
CA = Authority.found("A CA")
KEY = es256.generate().public_key()
COMMISSIONING = CommandClass.COMMISSIONING


def with_octets(octets: bytes) -> x509.Certificate:
    made = replace(Authorization(is_commissioner=True, conditions=ALL))
    builder_extensions = (UnrecognizedExtension(AUTHORIZATION, octets),)

    class Raw(Authorization):
        @property
        def extensions(self) -> tuple[UnrecognizedExtension, ...]:
            return builder_extensions

    return CA.certify("Raw", KEY, Raw(made.is_commissioner), 1)


def test_the_field_is_that_of_openthreads_tools() -> None:
    assert Authorization(True, ALL).field == bytes.fromhex("2101010101")
    wide = Condition(0x3F)
    second = Authorization(
        True,
        {
            CommandClass.COMMISSIONING: Condition(0x1F),
            CommandClass.EXTRACTION: wide,
            CommandClass.DECOMMISSIONING: wide,
            CommandClass.APPLICATION: wide,
        },
        "OpenThread-c64e",
        bytes.fromhex("ef1398c2fd504b67"),
    )
    assert second.field == bytes.fromhex("211f3f3f3f")
    values = [each.value for each in second.extensions]
    assert values[0] == bytes.fromhex("0405211f3f3f3f") and values[2] == bytes.fromhex("0408ef1398c2fd504b67")
    assert authorization.read(CA.certify("Commissioner", KEY, second, 1)) == second


@pytest.mark.parametrize(
    "octets", ["", "04", "040521", "0404 21010101", "0405 2101010101 00", "0c05 2101010101"]
)
def test_another_form_says_nothing(octets: str) -> None:
    assert authorization.read(with_octets(bytes.fromhex(octets))) is None


def test_a_certificate_without_the_field_says_nothing() -> None:
    assert authorization.read(CA.certificate) is None


def test_each_command_is_in_its_class() -> None:
    classes = [class_of(each) for each in (0x08, 0x20, 0x40, 0x60, 0x82)]
    assert classes == list(CommandClass)
    assert class_of(0xA0) is None


def test_who_may_do_what_is_decided_as_the_agent_decides_it() -> None:
    """Every pair of the conditions that a device can check, with everything that may be proved."""
    for mine, asked in itertools.product(range(0x40), repeat=2):
        ours = Authorization(True, {COMMISSIONING: Condition(mine)}, "mesh", b"12345678")
        device = Authorization(False, {COMMISSIONING: Condition(asked)})
        for pskd, named, pan in ((False, False, False), (True, False, False), (False, True, True)):
            proved = Proved(pskd, False, "mesh" if named else "other", b"12345678" if pan else b"........")
            met = asked & 1 or (asked & 2 and pskd) or (asked & 4 and named) or (asked & 8 and pan)
            unmet = (mine & 4 and not named) or (mine & 8 and not pan) or mine & 16
            expected = bool(mine & 1) and not unmet and bool(met)
            assert allows(ours, device, COMMISSIONING, proved) is expected, (mine, asked, proved)
    nobody = Authorization(True)
    assert allows(nobody, nobody, CommandClass.GENERAL)

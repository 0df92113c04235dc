"""proto-ver: what old, new and odd devices say, and which scheme follows from it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import DowngradeRefused, MethodUnavailable, VersionUnsupported
from companion.protocols.espressif.dialogues.version import Version, ask_version, parse_version
from companion.protocols.espressif.security.choice import Choice, CodeSecurity, choose
from companion.protocols.espressif.virtual.options import FIRMWARE
from companion.secret import Secret
from tests.protocols.espressif.device_session import DeviceSession

POP = Secret("abcd1234")
CODE_1 = CodeSecurity(pop=POP)
CODE_2 = CodeSecurity(pop=POP, username="wifiprov")
NO_CODE = CodeSecurity()


def test_an_answer_as_cjson_prints_it() -> None:
    answer = (
        b'{\n\t"prov":\t{\n\t\t"ver":\t"v1.1",\n\t\t"sec_ver":\t2,\n\t\t"sec_patch_ver":\t1,\n'
        b'\t\t"cap":\t["wifi_scan"]\n\t},\n\t"rmaker":\t{"ver":\t"1.0", "cap":\t["claim"]}\n}'
    )
    assert parse_version(answer) == Version("v1.1", 2, 1, frozenset({"wifi_scan"}), {"rmaker": "1.0"})


def test_the_oldest_devices_answer_a_bare_text() -> None:
    assert parse_version(b"V0.1") == Version("V0.1")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null",
        b"[]",
        b'{"prov": 1}',
        b'{"prov": {"ver": 1, "sec_ver": "2", "sec_patch_ver": true, "cap": "wifi_scan"}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_an_odd_answer_says_nothing(answer: bytes) -> None:
    said = parse_version(answer)
    assert (said.security, said.patch, said.capabilities) == (None, None, frozenset())


@given(st.binary(max_size=200))
def test_no_octets_upset_the_parser(answer: bytes) -> None:
    assert parse_version(answer).protocol.isprintable()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("ver", "sec_ver", "cap")), inner),
    )
)
def test_no_json_upsets_the_parser(said: object) -> None:
    version = parse_version(json.dumps({"prov": said}).encode())
    assert version.security is None or version.security >= 0


@pytest.mark.parametrize("firmware", FIRMWARE.values(), ids=FIRMWARE.keys())
def test_every_firmware_is_read(firmware: object) -> None:
    said = DeviceSession.with_device(firmware=firmware).run(ask_version())
    assert said.protocol == firmware.protocol
    assert said.security == (2 if firmware.says_security else None)
    assert said.patch == firmware.patch
    assert said.for_thread == ("thread_prov" in firmware.capabilities)


@pytest.mark.parametrize(
    ("said", "code_security", "expected"),
    [
        (Version(security=2), CODE_2, Choice(2)),
        (Version(security=1), CODE_1, Choice(1)),
        (Version(security=0), NO_CODE, Choice(0)),
        (Version(security=2), CODE_1, Choice(2, needs_username=True)),
        (Version(security=2), NO_CODE, Choice(2, needs_secret=True, needs_username=True)),
        (Version(security=1), NO_CODE, Choice(1, needs_secret=True)),
        (Version(security=1, capabilities=frozenset({"no_pop"})), NO_CODE, Choice(1)),
        (Version(), NO_CODE, Choice(1, needs_secret=True)),
        (Version(), CODE_1, Choice(1)),
        (Version(), CODE_2, Choice(2)),
        (Version(capabilities=frozenset({"no_sec"})), NO_CODE, Choice(0)),
        (Version(security=2), CodeSecurity(pop=POP, security=1), Choice(2, needs_username=True)),
    ],
)
def test_the_scheme_follows_from_the_device_and_its_code(
    said: Version, code_security: CodeSecurity, expected: Choice
) -> None:
    assert choose(said, code_security) == expected


@pytest.mark.parametrize(
    ("said", "code_security"),
    [
        (Version(security=0), CODE_1),
        (Version(capabilities=frozenset({"no_sec"})), CODE_1),
        (Version(security=0), CODE_2),
        (Version(security=1), CODE_2),
        (Version(security=1, capabilities=frozenset({"no_pop"})), CODE_1),
        (Version(security=1), CodeSecurity(pop=POP, security=2)),
        (Version(security=0), CodeSecurity(security=1)),
    ],
)
def test_a_device_may_not_offer_less_than_its_code_promises(
    said: Version, code_security: CodeSecurity
) -> None:
    with pytest.raises(DowngradeRefused):
        choose(said, code_security)


@given(
    st.builds(
        Version,
        security=st.none() | st.integers(0, 2),
        capabilities=st.frozensets(st.sampled_from(("no_sec", "no_pop", "wifi_scan"))),
    ),
    st.sampled_from((CODE_1, CODE_2)),
)
def test_no_claim_of_a_device_gets_below_the_codes_promise(
    said: Version, code_security: CodeSecurity
) -> None:
    try:
        choice = choose(said, code_security)
    except DowngradeRefused:
        return
    assert choice.security >= code_security.least
    assert not choice.needs_secret


def test_a_scheme_of_the_future_is_named_as_such() -> None:
    with pytest.raises(VersionUnsupported):
        choose(Version(security=3), CODE_2)


def test_a_demanded_method_is_not_exchanged_for_another() -> None:
    assert choose(Version(security=2), CODE_2, "security-2") == Choice(2)
    with pytest.raises(MethodUnavailable):
        choose(Version(security=2), CODE_2, "security-1")

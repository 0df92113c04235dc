"""SRP-6a against RFC 5054's vectors, and ESP-IDF's departures from them."""

import hashlib
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.espressif.security import srp
from companion.protocols.espressif.virtual.options import EspressifOptions, Verifier
from companion.protocols.espressif.virtual.security import make_credential
from companion.secret import Secret

# RFC 5054, appendix A: the 1024-bit group; appendix B: the test vectors, which use SHA-1.
RFC = srp.Group(
    int(
        "EEAF0AB9ADB38DD69C33F80AFA8FC5E86072618775FF3C0B9EA2314C9C256576D674DF7496EA81D3383B4813D692C6E0"
        "E0D5D8E250B98BE48E495C1D6089DAD15DC7D7B46154D6B6CE8EF4AD69B15D4982559B297BCF1885C529F566660E57EC"
        "68EDBC3C05726CC02FD4CBF4976EAA9AFD5138FE8376435B9FC61D2FC0EB06E3",
        16,
    ),
    2,
    "sha1",
)
SALT = bytes.fromhex("BEB25379D1A8581EB5A727673A2441EE")
X = 0x94B7555AABE9127CC58CCF4993DB6CF84D16C124
A = 0x60975527035CF2AD1989806F0407210BC81EDC04E2762A56AFD529DDDA2D4393
A_PUBLIC = int(
    "61D5E490F6F1B79547B0704C436F523DD0E560F0C64115BB72557EC44352E8903211C04692272D8B2D1A5358A2CF1B6E"
    "0BFCF99F921530EC8E39356179EAE45E42BA92AEACED825171E1E8B9AF6D9C03E1327F44BE087EF06530E69F66615261"
    "EEF54073CA11CF5858F0EDFDFE15EFEAB349EF5D76988A3672FAC47B0769447B",
    16,
)
B_PUBLIC = int(
    "BD0C61512C692C0CB6D041FA01BB152D4916A1E77AF46AE105393011BAF38964DC46A0670DD125B95A981652236F99D9"
    "B681CBF87837EC996C6DA04453728610D0C6DDB58B318885D7D82C7F8DEB75CE7BD4FBAA37089E6F9C6059F388838E7A"
    "00030B331EB76840910440B1B27AAEAEEB4012B7D7665238A8E3FB004B117B58",
    16,
)
PREMASTER = int(
    "B0DC82BABCF30674AE450C0287745E7990A3381F63B387AAF271A10D233861E359B48220F7C4693C9AE12B0A6F67809F"
    "0876E2D013800D6C41BB59B6D5979B5C00A172B4A2A5903A0BDCAF8A709585EB2AFAFA8F3499B200210DCC1F10EB3394"
    "3CD67FC88A2F39A4BE5BEC4EC0A3212DC346D7E474B29EDE8A469FFECA686E5A",
    16,
)


def test_rfc_5054_multiplier_and_private_key() -> None:
    assert srp.multiplier(RFC) == 0x7556AA045AEF2CDD07ABAF0F665C3E818913186F
    assert next(srp.private_keys(RFC, SALT, b"alice", Secret("password123"))) == X


def test_rfc_5054_public_key_scrambler_and_premaster() -> None:
    assert srp.Client(RFC, a=A).public == RFC.pad(A_PUBLIC)
    assert srp.scrambler(RFC, A_PUBLIC, B_PUBLIC) == 0xCE38B9593487DA98554ED47D70A7AE5F462EF019
    assert srp.client_premaster(RFC, A, B_PUBLIC, X) == PREMASTER


def test_the_3072_bit_prime_is_the_one_of_the_rfcs() -> None:
    """RFC 3526, section 4, derives it from pi; the digest pins every digit, primality the idea."""
    n = srp.GROUP_3072.prime
    assert n.bit_length() == 3072 and srp.GROUP_3072.octets == 384 and srp.GROUP_3072.generator == 5
    for base in (2, 3, 5, 7):
        assert pow(base, n - 1, n) == 1
        assert pow(base, (n - 1) // 2 - 1, (n - 1) // 2) == 1
    assert (n >> 64) & ((1 << 64) - 1) == 0x4B82D120A93AD2CA
    assert n >> (3072 - 128) == 0xFFFFFFFFFFFFFFFFC90FDAA22168C234


def both_sides(username: bytes, password: Secret, a: int, b: int) -> tuple[srp.Agreement, srp.Agreement]:
    """Client and server agreements, the server's computed from the definition."""
    group = srp.GROUP_3072
    x = next(srp.private_keys(group, SALT, username, password))
    verifier = pow(group.generator, x, group.prime)
    b_public = (srp.multiplier(group) * verifier + pow(group.generator, b, group.prime)) % group.prime
    sent_b = b_public.to_bytes((b_public.bit_length() + 7) // 8, "big")
    client = srp.Client(a=a)
    u = srp.scrambler(group, int.from_bytes(client.public, "big"), b_public)
    premaster = pow(int.from_bytes(client.public, "big") * pow(verifier, u, group.prime), b, group.prime)
    return (
        client.agree(username, SALT, sent_b, x),
        srp.agree(group, username, SALT, client.public, sent_b, premaster),
    )


@settings(deadline=None, max_examples=8)
@given(
    st.binary(min_size=1, max_size=20),
    st.binary(max_size=20),
    st.integers(1, 2**256),
    st.integers(1, 2**256),
)
def test_both_sides_agree_whatever_the_keys(username: bytes, password: bytes, a: int, b: int) -> None:
    client, server = both_sides(username, Secret(password), a, b)
    assert client == server
    assert client.proves_server(server.server_proof)
    assert not client.proves_server(server.client_proof)


def short_public(secrets: range) -> int:
    """A secret whose public key begins with a zero octet: 1 in 256 does."""
    group = srp.GROUP_3072
    value = pow(group.generator, secrets.start, group.prime)
    for secret in secrets:
        if value.bit_length() <= 3064:
            return secret
        value = value * group.generator % group.prime
    raise AssertionError("no short public key in range")


def test_a_short_client_key_is_padded_and_hashed_as_sent() -> None:
    secret = short_public(range(2000, 20000))
    client = srp.Client(a=secret)
    assert len(client.public) == 384 and client.public[0] == 0
    ours, theirs = both_sides(b"wifiprov", Secret("abcd1234"), secret, 77)
    assert ours == theirs


def test_a_short_device_key_is_hashed_as_received() -> None:
    group = srp.GROUP_3072
    x = next(srp.private_keys(group, SALT, b"u", Secret("p")))
    verifier = pow(group.generator, x, group.prime)
    multiple, power, b = srp.multiplier(group) * verifier, group.generator, 1
    while ((multiple + power) % group.prime).bit_length() > 3064:
        power, b = power * group.generator % group.prime, b + 1
    b_public = (multiple + power) % group.prime
    sent = b_public.to_bytes(383, "big")
    client = srp.Client(a=12345)
    agreement = client.agree(b"u", SALT, sent, x)
    hashed = hashlib.sha512
    n, g = group.pad(group.prime), group.pad(group.generator)
    mask = bytes(p ^ q for p, q in zip(hashed(n).digest(), hashed(g).digest(), strict=True))
    expected = hashed(mask + hashed(b"u").digest() + SALT + client.public + sent + agreement.key).digest()
    assert agreement.client_proof == expected


@pytest.mark.parametrize("multiple", [0, 1])
def test_a_device_key_that_cancels_the_secret_is_refused(multiple: int) -> None:
    """B = 0 or N would make every password right."""
    bad = srp.GROUP_3072.pad(srp.GROUP_3072.prime * multiple)
    with pytest.raises(ProtocolViolation):
        srp.Client().agree(b"u", SALT, bad, 1)


def test_most_credentials_have_one_private_key_that_shows_and_one_that_does_not() -> None:
    """A device that made its verifier at boot may have sent a stray octet behind a shorter salt."""
    inner = hashlib.sha512(b"wifiprov:abcd1234").digest()
    assert list(srp.private_keys(srp.GROUP_3072, SALT, b"wifiprov", Secret("abcd1234"))) == [
        int.from_bytes(hashlib.sha512(SALT + inner).digest(), "big"),
        int.from_bytes(hashlib.sha512(SALT[:-1] + inner).digest(), "big"),
    ]


@pytest.mark.parametrize("verifier", Verifier)
def test_of_800_verifiers_each_is_met(verifier: Verifier) -> None:
    """Every second salt begins with a zero octet, where the three ways to make a verifier differ."""
    for number in range(800):
        salt = bytes(number % 2) + (number + 256).to_bytes(2, "big") + secrets.token_bytes(14 - number % 2)
        options = EspressifOptions(pop=Secret(f"pw{number}"), salt=salt, verifier=verifier)
        sent, x = make_credential(options)
        assert len(sent) == 16
        assert x in set(srp.private_keys(srp.GROUP_3072, sent, b"wifiprov", options.pop))


def test_a_leading_zero_in_the_inner_hash_gives_a_second_private_key() -> None:
    inner = hashlib.sha512(b"wifiprov:pw69").digest()
    assert inner[0] == 0
    keys = list(srp.private_keys(srp.GROUP_3072, SALT, b"wifiprov", Secret("pw69")))
    assert keys[:-1] == [
        int.from_bytes(hashlib.sha512(SALT + inner).digest(), "big"),
        int.from_bytes(hashlib.sha512(SALT + inner[1:]).digest(), "big"),
    ]


def test_a_leading_zero_in_the_salt_gives_a_second_private_key() -> None:
    salt = b"\0" + SALT[1:]
    inner = hashlib.sha512(b"wifiprov:abcd1234").digest()
    keys = list(srp.private_keys(srp.GROUP_3072, salt, b"wifiprov", Secret("abcd1234")))
    assert keys[:-1] == [
        int.from_bytes(hashlib.sha512(salt + inner).digest(), "big"),
        int.from_bytes(hashlib.sha512(salt[1:] + inner).digest(), "big"),
    ]

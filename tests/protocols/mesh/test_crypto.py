"""The security functions: the sample data of the mesh specification (Mesh Protocol 1.1, 8.1 and 8.2)."""

from __future__ import annotations

import pytest

from companion.protocols.mesh import crypto

KEY = bytes.fromhex("7dd7364cd842ad18c17c2b820c84c3d6")
OTHER = bytes.fromhex("f7a2a44f8e8a8029064f173ddc1e2b00")


def test_s1() -> None:
    assert crypto.s1(b"test").hex() == "b73cefbd641ef2ea598c2b6efb62f79c"


def test_k1() -> None:
    made = crypto.k1(
        bytes.fromhex("3216d1509884b533248541792b877f98"),
        bytes.fromhex("2ba14ffa0df84a2831938d57d276cab4"),
        bytes.fromhex("5a09d60797eeb4478aada59db3352a0d"),
    )
    assert made.hex() == "f6ed15a8934afbe7d83e8dcb57fcf5d7"


@pytest.mark.parametrize(
    ("key", "purpose", "nid", "encryption", "privacy"),
    [
        (OTHER, "00", 0x7F, "9f589181a0f50de73c8070c7a6d27f46", "4c715bd4a64b938f99b453351653124f"),
        (
            OTHER,
            "010203040506070809",
            0x73,
            "11efec0642774992510fb5929646df49",
            "d4d7cc0dfa772d836a8df9df5510d7a7",
        ),
        (KEY, "00", 0x68, "0953fa93e7caac9638f58820220a398e", "8b84eedec100067d670971dd2aa700cf"),
        (
            KEY,
            "01120123450000072f",
            0x5E,
            "be635105434859f484fc798e043ce40e",
            "5d396d4b54d3cbafe943e051fe9a4eb8",
        ),
        (KEY, "02", 0x0D, "b47a02c6cc9b4ac4cb9b88e765c9ade4", "9bf7ab5a5ad415fbd77e07bb808f4865"),
    ],
)
def test_k2(key: bytes, purpose: str, nid: int, encryption: str, privacy: str) -> None:
    made = crypto.k2(key, bytes.fromhex(purpose))
    assert made == (nid, bytes.fromhex(encryption), bytes.fromhex(privacy))


def test_k3_and_k4() -> None:
    assert crypto.k3(OTHER).hex() == "ff046958233db014"
    assert crypto.k3(KEY).hex() == "3ecaff672f673370"
    assert crypto.k4(bytes.fromhex("3216d1509884b533248541792b877f98")) == 0x38
    assert crypto.k4(bytes.fromhex("63964771734fbd76e3b40519d1d94a48")) == 0x26


def test_s2_and_k5() -> None:
    inputs = bytes.fromhex(
        "00010003000100000000000001000100002c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd"
        "919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4ff465e43ff23d3f1b9dc7dfc04da8758184"
        "dbc966204796eccf0d6cf5e16500cc0201d048bcbbd899eeefc424164e33c201c2b010ca6b4d43a8a155cad8ecb279"
    )
    salt = crypto.s2(inputs)
    assert salt.hex() == "a71141ba8cb6b40f4f52b622e1c091614c73fc308f871b78ca775e769bc3ae69"
    secrets = bytes.fromhex(
        "ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69"
        "906d73a3c7a7cb3ff730dca68a46b9c18d673f50e078202311473ebbe253669f"
    )
    made = crypto.k5(secrets, salt, b"prck256")
    assert made.hex() == "210c3c448152e8d59ef742aa7d22ee5ba59a38648bda6bf05c74f3e46fc2c0bb"


def test_keys_of_a_network() -> None:
    assert crypto.identity_key(KEY).hex() == "84396c435ac48560b5965385253e210c"
    assert crypto.beacon_key(KEY).hex() == "5423d967da639a99cb02231a83f7d254"
    other = bytes.fromhex("3bbb6f1fbd53e157417f308ce7aec58f")
    assert crypto.private_beacon_key(other).hex() == "ca478cdac626b7a8522d7272dd124f26"


def test_obfuscation_uses_one_block() -> None:
    made = crypto.e(
        bytes.fromhex("8b84eedec100067d670971dd2aa700cf"), bytes.fromhex("0000000000123456782a80d381b91f82")
    )
    assert made[:6].hex() == "b8bd2c18096e"

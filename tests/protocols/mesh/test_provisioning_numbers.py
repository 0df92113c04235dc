"""Provisioning with the sample data of the mesh specification (Mesh Protocol 1.1, 8.7 and 8.17)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.encoding import es256
from companion.protocols.mesh.provisioning import pdus
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, Method
from companion.protocols.mesh.provisioning.exchange import (
    DataRefused,
    Exchange,
    ProvisioningData,
    agree,
    public_octets,
)
from companion.protocols.mesh.provisioning.provisioner import Done, Proved, Provisioner
from companion.secret import Secret

SCALAR = bytes.fromhex("06a516693c9aa31a6084545d0c5db641b48572b97203ddffb7ac73f7d0457663")
OURS = (
    "2c31a47b5779809ef44cb5eaaf5c3e43d5f8faad4a8794cb987e9b03745c78dd"
    "919512183898dfbecd52e2408e43871fd021109117bd3ed4eaf8437743715d4f"
)
THEIRS = (
    "f465e43ff23d3f1b9dc7dfc04da8758184dbc966204796eccf0d6cf5e16500cc"
    "0201d048bcbbd899eeefc424164e33c201c2b010ca6b4d43a8a155cad8ecb279"
)
SHARED = "ab85843a2f6d883f62e5684b38e307335fe6e1945ecd19604105c6f23221eb69"
DATA = ProvisioningData(Secret(bytes.fromhex("efb2255e6422d330088e09bb015ed707")), 0x0567, 0x01020304, 0x0B0C)
CMAC = {
    "capabilities": "0100010000000000000000",
    "choice": Choice(Algorithm.CMAC),
    "auth": "00000000000000000000000000000000",
    "salt": "5faabe187337c71cc6c973369dcaa79a",
    "random_provisioner": "8b19ac31d58b124c946209b5db1021b9",
    "random_device": "55a2a2bca04cd32ff6f346bd0a0c1a3a",
    "confirmation_provisioner": "b38a114dfdca1fe153bd2c1e0dc46ac2",
    "confirmation_device": "eeba521c196b52cc2e37aa40329f554e",
    "session_key": "c80253af86b33dfa450bbdb2a191fea3",
    "nonce": "da7ddbe78b5f62b81d6847487e",
    "sealed": "d0bd7f4a89a2ff6222af59a90a60ad58acfe3123356f5cec2973e0ec50783b10c7",
    "device_key": "0520adad5e0142aa3e325087b4ec16d8",
}
HMAC = {
    "capabilities": "0100030001000000000000",
    "choice": Choice(Algorithm.HMAC, Method.STATIC),
    "auth": "906d73a3c7a7cb3ff730dca68a46b9c18d673f50e078202311473ebbe253669f",
    "salt": "a71141ba8cb6b40f4f52b622e1c091614c73fc308f871b78ca775e769bc3ae69",
    "random_provisioner": "36f968b94a13000e64b223576390db6bcc6d62f02617c369ee3f5b3e89df7e1f",
    "random_device": "5b9b1fc6a64b2de8bece53187ee989c6566db1fc7dc8580a73dafdd6211d56a5",
    "confirmation_provisioner": "c99b54617ae646f5f32cf7e1ea6fcc49fd69066078eba9580fa6c7031833e6c8",
    "confirmation_device": "56e3722d291373d38c995d6f942c02928c96abb015c233557d7974b6e2df662b",
    "session_key": "df4a494da3d45405e402f1d6a6cea338",
    "nonce": "11b987db2ae41fbb9e96b80446",
    "sealed": "f9df98cbb736be1f600659ac4c37821a82db31e410a03de7693a2a0428fbdaf321",
    "device_key": "2770852a737cf05d8813768f22af3a2d",
}


def test_keys_agree() -> None:
    key = es256.private_key(SCALAR)
    assert public_octets(key).hex() == OURS
    assert agree(key, bytes.fromhex(THEIRS)).reveal().hex() == SHARED


@pytest.mark.parametrize("numbers", [CMAC, HMAC], ids=["cmac", "hmac"])
def test_both_ends(numbers: dict[str, str]) -> None:
    choice = numbers["choice"]
    assert isinstance(choice, Choice)
    exchange = Exchange.of(
        bytes(1),
        bytes.fromhex(numbers["capabilities"]),
        choice,
        (bytes.fromhex(OURS), bytes.fromhex(THEIRS)),
        Secret(bytes.fromhex(SHARED)),
    )
    auth = Secret(bytes.fromhex(numbers["auth"]))
    randoms = bytes.fromhex(numbers["random_provisioner"]), bytes.fromhex(numbers["random_device"])
    assert exchange.salt.hex() == numbers["salt"]
    assert exchange.confirmation(randoms[0], auth).hex() == numbers["confirmation_provisioner"]
    assert exchange.confirmation(randoms[1], auth).hex() == numbers["confirmation_device"]
    session = exchange.session(*randoms)
    assert session.key.reveal().hex() == numbers["session_key"]
    assert session.nonce.hex() == numbers["nonce"]
    assert session.device_key.reveal().hex() == numbers["device_key"]
    assert session.seal(DATA).hex() == numbers["sealed"]
    assert session.unseal(bytes.fromhex(numbers["sealed"])) == DATA
    with pytest.raises(DataRefused):
        session.unseal(bytes(33))


@pytest.mark.parametrize("numbers", [CMAC, HMAC], ids=["cmac", "hmac"])
def test_the_provisioner_sends_these_octets(numbers: dict[str, str]) -> None:
    choice = numbers["choice"]
    assert isinstance(choice, Choice)
    randoms: Iterator[bytes] = iter((bytes.fromhex(numbers["random_provisioner"]),))
    provisioner = Provisioner(random=lambda size: next(randoms), key=es256.private_key(SCALAR))
    assert provisioner.invite(0).hex() == "0000"
    provisioner.receive(bytes.fromhex("01" + numbers["capabilities"]))
    start, key = provisioner.start(choice)
    assert start == pdus.encode(pdus.Start(choice)) and key.hex() == "03" + OURS
    provisioner.receive(bytes.fromhex("03" + THEIRS))
    confirmation = provisioner.confirm(Secret(bytes.fromhex(numbers["auth"])))
    assert confirmation.hex() == "05" + numbers["confirmation_provisioner"]
    provisioner.receive(bytes.fromhex("05" + numbers["confirmation_device"]))
    assert provisioner.reveal().hex() == "06" + numbers["random_provisioner"]
    proved = provisioner.receive(bytes.fromhex("06" + numbers["random_device"]))
    assert proved == Proved(Secret(bytes.fromhex(numbers["device_key"])))
    assert provisioner.hand_over(DATA).hex() == "07" + numbers["sealed"]
    assert provisioner.receive(b"\x08") == Done()

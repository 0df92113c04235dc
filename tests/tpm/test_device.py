"""A connected vehicle's part: identity key, operational key and IDevID in a TPM, mutual TLS with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.encoding import es256
from companion.outcome import Result
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain
from companion.protocols.rp1.virtual import builder, manufacturer
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.tpm import certificates, keys
from companion.virtual.devices import DeviceOptions
from tests.tpm.soft_tpm import SoftTpm
from tests.virtual.stage import on_stage


def vehicle(folder: Path, tpm: SoftTpm, *, made_now: bool = True) -> VirtualRp1:
    """As `companion virtual rp1 --tpm ... --state ...` makes it."""
    made: dict[str, tuple[str, ...]] = {"tpm": (tpm.tcti,)}
    if made_now:
        made["manufacturer"] = (str(folder / "manufacturer"),)
    return builder.make(DeviceOptions(state=folder / "state", say=lambda text: None, own=made))


async def test_it_is_attested_and_calls_home_with_keys_that_never_leave_the_tpm(
    tmp_path: Path, soft_tpm: SoftTpm
) -> None:
    device = vehicle(tmp_path, soft_tpm)
    root = x509.load_pem_x509_certificate((tmp_path / "manufacturer" / manufacturer.ROOT_FILE).read_bytes())
    async with on_stage(device, tmp_path / "data") as stage:
        memory = stage.services.registry.memory("rp1", stage.services.identity.vault)
        memory.put("makers", [root.public_bytes(Encoding.DER).hex()])
        outcome = await stage.commission("nc+key", with_code=False)
        assert outcome.result is Result.COMMISSIONED, outcome.error
        await device.wait_for_report()
        # Mutual TLS: the endpoint saw the certificate whose key is in the TPM, and greeted it.
        (visit, *_) = stage.services.endpoint.visits  # type: ignore[union-attr]  # the embedded one
        assert visit.tls == "TLSv1.3" and device.greetings == [f"hello {device.label.serial}"]
        settings = device.settings
        chain = settings.settings[ItemType.LDEVID]
        assert isinstance(chain, LdevidChain) and settings.key is not None
        leaf = x509.load_der_x509_certificate(chain.chain[0])
        assert es256.point(keys.TpmKey(settings.key)) == es256.point(leaf.public_key())  # type: ignore[arg-type]  # P-256
    assert certificates.kept(soft_tpm.tcti) == device.label.chain[0]


async def test_it_is_the_same_device_after_a_restart_and_without_its_tpm_none(
    tmp_path: Path, soft_tpm: SoftTpm
) -> None:
    first = vehicle(tmp_path, soft_tpm)
    again = vehicle(tmp_path, soft_tpm, made_now=False)
    assert again.label.point == first.label.point and again.label.chain == first.label.chain
    assert isinstance(first.label.identity, keys.TpmKey)
    with pytest.raises(ValueError, match="--tpm"):
        builder.make(DeviceOptions(state=tmp_path / "state", say=lambda text: None))

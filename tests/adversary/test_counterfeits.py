"""A counterfeit with a label of its own: only a pinned maker tells it apart (section 13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import es256
from companion.protocols import Order
from companion.protocols.rp1.methods import Standing
from tests.protocols.rp1.handshake import test_attestation as maker
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, ListeningBench, with_code

COUNTERFEIT = replace(PRODUCT, serial="L-1", identity=es256.generate())
GENUINE = replace(PRODUCT, serial="L-1", chain=(maker.leaf(PRODUCT.identity), maker.INTERMEDIATE))
FORGED_CHAIN = (maker.leaf(COUNTERFEIT.identity, signer=COUNTERFEIT.identity), maker.INTERMEDIATE)


def bench(product, method: str | None = None) -> DriverBench:
    """A user who pinned the maker, and this device with its label."""
    made = with_code(device=ListeningBench(product=product), order=Order(method=method))
    made.memory.put("makers", [maker.ROOT.hex()])
    return made


@pytest.mark.parametrize("method", ["oob+key", "nc+key"])
async def test_a_genuine_device_is_taken(method):
    assert (await bench(GENUINE, method).commission()).method == method


async def test_the_label_alone_does_not_tell_a_counterfeit():
    assert (await bench(COUNTERFEIT).commission()).confirmed


FAKES = {
    "its own key": (COUNTERFEIT, errors.AttestationFailed),
    "a chain that it made": (replace(COUNTERFEIT, chain=FORGED_CHAIN), errors.AttestationFailed),
    "the chain of a genuine one": (replace(COUNTERFEIT, chain=GENUINE.chain), errors.WrongIdentity),
    "a genuine one of another number": (replace(GENUINE, serial="L-2"), errors.AttestationFailed),
}


@pytest.mark.parametrize(("fake", "error"), FAKES.values(), ids=FAKES.keys())
@pytest.mark.parametrize("method", ["oob+key", "nc+key"])
async def test_a_counterfeit_with_its_own_label_is_refused_by_a_chain(method, fake, error):
    here = bench(fake, method)
    with pytest.raises(error):
        await here.commission()
    assert here.device.machine.standing is Standing.UNOWNED

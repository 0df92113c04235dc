"""Somebody with a photograph of the label, who does not care what INFO says."""

from __future__ import annotations

from dataclasses import replace

from companion.protocols.rp1 import aborts
from companion.protocols.rp1.handshake import CommissionerHandshake, CommissionerTerms
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.wire import fragment, info, messages
from companion.protocols.rp1.wire.info import InfoState
from tests.protocols.rp1.support.bench import DeviceBench


def answer_to_label(device: DeviceBench, method: Method = Method.OOB) -> int | None:
    """The code with which the device refuses an M1 of this method in mode 0; None: it answers with M2."""
    served = device.connect()
    unowned = info.encode(replace(info.decode(served), state=InfoState.UNOWNED))
    terms = CommissionerTerms(unowned, method, secret=device.product.r)
    m1 = messages.decode_m1(CommissionerHandshake(terms).commit())
    forced = messages.encode_m1(replace(m1, info_digest=info.digest(served)))
    for piece in fragment.split(forced, 244):
        device.write(piece.data)
    assembled = fragment.Reassembler()
    answer = [assembled.feed(value) for value in device.notified][-1]
    assert answer is not None
    return aborts.decode(answer).code if messages.kind_of(answer) == 0 else None

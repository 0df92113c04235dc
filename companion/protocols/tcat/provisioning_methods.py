"""How TCAT compares."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod

METHODS = (
    ProvisioningMethod(
        Text("Certificates (TLS)"),
        SessionFacts("tcat", Channel.SEALED, frozenset({Evidence.MANUFACTURER})),
        downgrade=Judgement(Rating.GOOD, Text("TLS 1.2 with one cipher suite: no choice to attack.")),
        scale=Judgement(Rating.GOOD, Text("Nothing is scanned or pressed: any device in range, one by one.")),
        effort=Judgement(Rating.GOOD, Text("Choose the device. Some ask for the PSKd on their label.")),
        hardware=Judgement(Rating.FAIR, Text("A certificate in each device, and one for the commissioner.")),
        adoption=Judgement(Rating.FAIR, Text("Part of Thread 1.4 and OpenThread; few products yet.")),
    ),
)

"""How Matter's commissioning compares (core specification 1.4, 4.14, 5.1 and 6.2)."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod

METHODS = (
    ProvisioningMethod(
        Text("Setup code + attestation"),
        SessionFacts("pase", Channel.SEALED, frozenset({Evidence.CODE_SECRET, Evidence.MANUFACTURER})),
        downgrade=Judgement(
            Rating.GOOD, Text("One handshake, one cipher suite: there is no choice to attack.")
        ),
        scale=Judgement(
            Rating.FAIR,
            Text("One code for each device. Other apps share it over the network."),
        ),
        effort=Judgement(Rating.GOOD, Text("Scan one code, or type 11 digits.")),
        hardware=Judgement(Rating.FAIR, Text("A printed code, and a certificate of the manufacturer.")),
        adoption=Judgement(
            Rating.GOOD, Text("Sold in shops; the apps of Apple, Google and others speak it.")
        ),
    ),
)

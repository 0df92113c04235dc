"""How the ways to provision a mesh device compare."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod
from companion.protocols.mesh.provisioning.authenticity import session_facts
from companion.protocols.mesh.provisioning.capabilities import Algorithm, Choice, Method

_TWO_ALGORITHMS = Judgement(
    Rating.FAIR,
    Text(
        "Whoever answers can offer the broken algorithm of Mesh 1.0 alone: Companion asks before it goes on."
    ),
)
_NOTHING_LOWER = Judgement(Rating.POOR, Text("There is nothing to lower: nobody is authenticated."))
_ADOPTION = Judgement(
    Rating.GOOD, Text("In lights and sensors of many manufacturers; Mesh 1.1 in few of them.")
)

METHODS = (
    ProvisioningMethod(
        Text("Secret on the label"),
        session_facts(Choice(Algorithm.HMAC, Method.STATIC)),
        _TWO_ALGORITHMS,
        scale=Judgement(
            Rating.GOOD, Text("A list of secrets is enough: nobody has to stand at the devices.")
        ),
        effort=Judgement(Rating.FAIR, Text("The secret on the label is typed.")),
        hardware=Judgement(Rating.GOOD, Text("Only Bluetooth, and a secret of its own for each device.")),
        adoption=_ADOPTION,
    ),
    ProvisioningMethod(
        Text("Number it shows"),
        session_facts(Choice(Algorithm.HMAC, Method.OUTPUT, size=6)),
        _TWO_ALGORITHMS,
        scale=Judgement(Rating.POOR, Text("Someone has to read each device.")),
        effort=Judgement(Rating.FAIR, Text("A number on the device is typed.")),
        hardware=Judgement(Rating.FAIR, Text("A display, or a light that blinks the number.")),
        adoption=_ADOPTION,
    ),
    ProvisioningMethod(
        Text("Number it takes"),
        session_facts(Choice(Algorithm.HMAC, Method.INPUT, size=6)),
        _TWO_ALGORITHMS,
        scale=Judgement(Rating.POOR, Text("Someone has to enter a number on each device.")),
        effort=Judgement(Rating.FAIR, Text("A number on the screen is entered on the device.")),
        hardware=Judgement(Rating.FAIR, Text("Keys, or a button that is pressed as often as asked.")),
        adoption=_ADOPTION,
    ),
    ProvisioningMethod(
        Text("Without a secret"),
        session_facts(Choice(Algorithm.HMAC, Method.NO_OOB)),
        _NOTHING_LOWER,
        scale=Judgement(Rating.GOOD, Text("Nothing is scanned or pressed: any device in range, one by one.")),
        effort=Judgement(Rating.GOOD, Text("Choose the device, and accept the risk.")),
        hardware=Judgement(Rating.GOOD, Text("Only Bluetooth.")),
        adoption=_ADOPTION,
    ),
)

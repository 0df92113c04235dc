"""How ESP-IDF's security schemes compare."""

from __future__ import annotations

from companion.claims.attacks import Judgement, Rating
from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.model import Text
from companion.protocols.evaluation import ProvisioningMethod

_ANNOUNCED = Judgement(
    Rating.FAIR,
    Text("The device announces its scheme unprotected. Less than the setup code names is rejected."),
)
_LOWEST = Judgement(Rating.POOR, Text("It is the lowest scheme already. A code that names more is rejected."))
_SCALE = Judgement(
    Rating.FAIR, Text("Nobody presses anything, but the secret is often the same in a whole product.")
)
_OPEN_SCALE = Judgement(Rating.FAIR, Text("Nobody presses anything; nothing tells one device from another."))
_SCAN = Judgement(Rating.GOOD, Text("Scan one code, or type the secret."))
_NOTHING = Judgement(Rating.GOOD, Text("Nothing is scanned and nothing is compared."))
_BOARD = Judgement(Rating.GOOD, Text("Any board with ESP-IDF; no display and no button."))
_ADOPTION = Judgement(Rating.GOOD, Text("Part of Espressif's SDK, with apps for Android and iOS."))


def _scheme(
    number: int,
    title: Text,
    channel: Channel,
    *evidence: Evidence,
    downgrade: Judgement = _ANNOUNCED,
    scale: Judgement = _SCALE,
    effort: Judgement = _SCAN,
) -> ProvisioningMethod:
    session = SessionFacts(f"security-{number}", channel, frozenset(evidence))
    return ProvisioningMethod(title, session, downgrade, scale, effort, _BOARD, _ADOPTION)


METHODS = (
    _scheme(2, Text("Security 2 (SRP6a)"), Channel.SEALED, Evidence.CODE_SECRET),
    _scheme(1, Text("Security 1 (secret)"), Channel.UNAUTHENTICATED, Evidence.CODE_SECRET),
    _scheme(
        0,
        Text("Security 0 (open)"),
        Channel.CLEAR,
        downgrade=_LOWEST,
        scale=_OPEN_SCALE,
        effort=_NOTHING,
    ),
)

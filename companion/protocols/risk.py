"""A risk that has to be accepted before something is handed over, whichever way it was entered."""

from __future__ import annotations

from companion.errors import Cancelled, RiskUnaccepted
from companion.model import Finding
from companion.protocols.contract import Order, Reporter
from companion.questions import AcceptRisk


async def require_acceptance(order: Order, reporter: Reporter, risk: Finding) -> None:
    """Go on only if the order or the user accepts `risk`.

    Raises Cancelled where the user does not, RiskUnaccepted where nobody is there to be asked.
    """
    if order.accept_risks or await reporter.ask(AcceptRisk(risk)):
        return
    raise Cancelled("the risk was not accepted") if order.attended else RiskUnaccepted(str(risk.claim))

"""A commissioner's certificate in the words of the contract, and back."""

from __future__ import annotations

from companion.protocols import CommissionerCertificate, CommissionerTerms
from companion.protocols.tcat.authorization import Authorization, CommandClass, Condition
from companion.protocols.tcat.commissioner import Commissioner

CLASSES = {each.name.lower(): each for each in CommandClass if each}


def described(found: Commissioner) -> CommissionerCertificate:
    """What it says."""
    allowed = found.allowed
    bound = Condition(0)
    for each in CLASSES.values():
        bound |= allowed.of(each)
    terms = CommissionerTerms(
        {name: bool(allowed.of(each) & Condition.ACCESS) for name, each in CLASSES.items()},
        allowed.network_name if bound & Condition.NETWORK_NAME else None,
        allowed.extended_pan_id if bound & Condition.EXTENDED_PAN_ID else None,
    )
    names = tuple(each.subject.rfc4514_string() for each in found.anchors)
    return CommissionerCertificate(found.name, found.leaf.not_valid_after_utc, terms, names)


def authorization_of(terms: CommissionerTerms) -> Authorization:
    """What a certificate with these terms says: each open class is bound to the network, if there is one."""
    conditions = Condition.ACCESS
    if terms.network is not None:
        conditions |= Condition.NETWORK_NAME
    if terms.extended_pan_id is not None:
        conditions |= Condition.EXTENDED_PAN_ID
    opened = {CLASSES[name]: conditions for name, is_open in terms.classes.items() if is_open}
    return Authorization(True, opened, terms.network, terms.extended_pan_id)

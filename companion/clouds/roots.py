"""Whom a device believes at a cloud: the cloud's published roots, from this computer's own list."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable

from companion.clouds.profile import CloudProfile
from companion.errors import CloudPieceMissing
from companion.model import Text


def system_roots() -> list[bytes]:
    """DER of the roots that this computer trusts."""
    return ssl.create_default_context().get_ca_certs(binary_form=True)


def are_of(profile: CloudProfile, ders: tuple[bytes, ...]) -> bool:
    """True if these (DER) are roots that devices of this profile believe, all or some of them."""
    own = {hashlib.sha256(der).hexdigest() for der in profile.own_roots()}
    wanted = own or set(profile.declared.roots)
    return bool(ders) and all(hashlib.sha256(der).hexdigest() in wanted for der in ders)


def anchors(
    profile: CloudProfile, owner: tuple[bytes, ...], known: Callable[[], list[bytes]] = system_roots
) -> tuple[bytes, ...]:
    """DER of whom devices of this profile believe at its endpoint.

    owner: the owner's CA, for endpoints that no cloud runs. The profile's own roots take precedence. A
    cloud's are found by their published SHA-256, so that no list has to be trusted for them.
    Raises CloudPieceMissing where this computer has none of them.
    """
    if own := profile.own_roots():
        return own
    wanted = profile.declared.roots
    if not wanted:
        return owner
    by_print = {hashlib.sha256(der).hexdigest(): der for der in known()}
    found = tuple(by_print[each] for each in wanted if each in by_print)
    if not found:
        raise CloudPieceMissing(
            cloud=str(profile.declared.provider),
            missing=Text(
                "This computer does not have its roots. Add them to the profile with `--roots FILE`."
            ),
        )
    return found

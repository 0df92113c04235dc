"""An owner's keys on tokens: where they are, unlocking them, and moving them there.

The vault keeps where they are and the owner key's public half, so a token with other keys is never taken for
them. Each of several tokens holds the same keys: any of them will do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.errors import HsmKeyMissing, HsmPinWrong, HsmUnavailable, KeyStoreDamaged
from companion.identity.hardware.token import OpenToken, Token, find, open_token
from companion.identity.hardware.tries import Tries
from companion.identity.hardware.uri import KeyUri
from companion.secret import Secret

PLACE = "identity/hardware"
"""Under which the vault keeps `Place`."""
OWNER = "companion-owner"
MOST_TOKENS = 4


@dataclass(frozen=True)
class PinRequest:
    """A PIN is needed. left: wrong ones that may still be given before Companion stops; was_wrong: the one
    before"""

    token: str
    left: int
    was_wrong: bool = False


AskPin = Callable[[PinRequest], Secret]


@dataclass(frozen=True)
class Place:
    """Where an owner's keys are. uris: of the tokens; label: of the owner key, the CA's has "-ca" behind it;
    point: the owner's public key (65 octets)"""

    uris: tuple[KeyUri, ...]
    label: str
    point: bytes

    @property
    def ca_label(self) -> str:
        return f"{self.label}-ca"

    def write(self) -> bytes:
        """For the vault."""
        uris = [str(each) for each in self.uris]
        return json.dumps({"uris": uris, "label": self.label, "owner": self.point.hex()}).encode()

    @classmethod
    def read(cls, content: bytes) -> Place:
        """What `write` made. Raises KeyStoreDamaged."""
        try:
            fields = json.loads(content)
            uris = tuple(KeyUri.parse(each) for each in fields["uris"])
            place = cls(uris, str(fields["label"]), bytes.fromhex(fields["owner"]))
            es256.load_point(place.point)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise KeyStoreDamaged("the key file does not say where the owner key is") from problem
        return place


@dataclass(frozen=True)
class TokenKeys:
    """Both keys on an open token."""

    token: OpenToken
    owner: ec.EllipticCurvePrivateKey
    ca: ec.EllipticCurvePrivateKey


def unlock(place: Place, folder: Path, ask: AskPin | None) -> TokenKeys:
    """Log in to the first of the place's tokens that is inserted.

    folder: the data folder. ask: where the PIN comes from, may block; None: nobody can be asked. Raises
    HsmUnavailable, HsmPinWrong, HsmLastTry, HsmLocked, HsmKeyMissing, and what `ask` raises.
    """
    token = _inserted(place.uris)
    opened = log_in(token, folder, ask)
    try:
        keys = TokenKeys(opened, opened.key(place.label), opened.key(place.ca_label))
        if es256.point(keys.owner) != place.point:
            raise HsmKeyMissing("another key of this label", token=token.label, key=place.label)
    except BaseException:
        opened.close()
        raise
    return keys


def log_in(token: Token, folder: Path, ask: AskPin | None, *, writes: bool = False) -> OpenToken:
    """Ask for the PIN until it is right or no more may be sent. Raises as `unlock`."""
    if ask is None:
        raise HsmUnavailable("there is no way to ask for a PIN", token=token.label)
    tries, was_wrong = Tries(folder), False
    while True:
        left = tries.left(token)
        pin = ask(PinRequest(token.label, left, was_wrong))
        tries.begin(token)
        try:
            opened = open_token(token, pin, writes=writes)
        except HsmPinWrong:
            was_wrong = True
            # Its flags may have changed: one try fewer.
            token = find(token.uri)
            continue
        tries.succeed(token)
        return opened


def move(
    tokens: Sequence[Token],
    keys: Mapping[str, ec.EllipticCurvePrivateKey],
    folder: Path,
    ask: AskPin | None,
) -> None:
    """Put the same keys on each token, and see that they sign there. Nothing is left on any of them if one
    fails. keys: by label. Raises HsmUnavailable (also where a label is taken), HsmImportRefused, and what
    `unlock` raises.
    """
    stored: list[tuple[OpenToken, str]] = []
    try:
        for token in tokens:
            opened = log_in(token, folder, ask, writes=True)
            for label, key in keys.items():
                if opened.has(label):
                    raise HsmUnavailable(f"it holds a key “{label}” already", token=token.label)
                stored.append((opened, label))
                _prove(opened.store(label, key), key, token)
    except BaseException:
        for opened, label in reversed(stored):
            _remove(opened, label)
        raise
    finally:
        for opened in {id(each): each for each, _ in stored}.values():
            opened.close()


def _prove(stored: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePrivateKey, token: Token) -> None:
    """A token may take a key and not sign with it: better now than at the first device."""
    challenge = b"companion hardware token"
    if not es256.verify(es256.point(key), es256.sign(stored, challenge), challenge):
        raise HsmUnavailable("its signature does not hold", token=token.label)


def _remove(opened: OpenToken, label: str) -> None:
    try:
        opened.remove(label)
    except HsmUnavailable:
        return  # the token is gone: what failed is said already


def _inserted(uris: Sequence[KeyUri]) -> Token:
    """The first that is there. Raises HsmUnavailable of the first where none is."""
    failed: HsmUnavailable | None = None
    for uri in uris:
        try:
            return find(uri)
        except HsmUnavailable as problem:
            failed = failed or problem
    raise failed or HsmUnavailable("no token is named", token="")

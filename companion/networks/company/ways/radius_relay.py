"""RADIUS packets passed on under another shared secret.

eapol_test takes its secret as an argument, which everybody on a computer can read. So it gets one that is
made for one check, and what it sends is signed again with the server's on its way. The keys for the air that
an answer holds are unreadable under another secret, and left out: nobody here needs them.

Sources: RFC 2865 3 (packets, response authenticator), RFC 3579 3.2 (Message-Authenticator), RFC 2869 5.13.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from companion.secret import Secret

ACCESS_REQUEST = 1
MOST = 4096
_HEADER = 20
_VENDOR_SPECIFIC, _MESSAGE_AUTHENTICATOR = 26, 80
_ZEROS = bytes(16)


class NotRadius(ValueError):
    """These octets are no packet, or are not signed with this secret."""


def pass_request(packet: bytes, once: Secret, real: Secret) -> bytes:
    """A request signed with `once`, now signed with `real`. Raises NotRadius."""
    head, attributes = _parse(packet)
    if head[0] != ACCESS_REQUEST:
        raise NotRadius("no Access-Request")
    _check_message(head, head[4:], attributes, once)
    return _signed_message(head, head[4:], attributes, real)


def pass_answer(packet: bytes, request: bytes, real: Secret, once: Secret) -> bytes:
    """The answer to `request` signed with `real`, now signed with `once`, without keys. Raises NotRadius."""
    head, attributes = _parse(packet)
    asked = request[4:_HEADER]
    if head[1] != request[1]:
        raise NotRadius("the answer to another request")
    body = packet[_HEADER : int.from_bytes(packet[2:4], "big")]
    if not hmac.compare_digest(head[4:], _response(head[:4], asked, body, real)):
        raise NotRadius("signed with another secret")
    _check_message(head, asked, attributes, real)
    kept = tuple(each for each in attributes if each[0] != _VENDOR_SPECIFIC)
    signed = _signed_message(head, asked, kept, once)
    body = signed[_HEADER:]
    return signed[:4] + _response(signed[:4], asked, body, once) + body


def _parse(packet: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Header (20 octets) and attributes, each whole."""
    size = int.from_bytes(packet[2:4], "big")
    if not _HEADER <= size <= min(len(packet), MOST):
        raise NotRadius("a length that can't be")
    return packet[:_HEADER], tuple(_attributes(packet[_HEADER:size]))


def _attributes(body: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(body):
        size = body[at + 1] if at + 1 < len(body) else 0
        if size < 2 or at + size > len(body):
            raise NotRadius("an attribute that can't be")
        yield body[at : at + size]
        at += size


def _check_message(head: bytes, authenticator: bytes, attributes: tuple[bytes, ...], secret: Secret) -> None:
    said = [each[2:] for each in attributes if each[0] == _MESSAGE_AUTHENTICATOR]
    if len(said) != 1 or not hmac.compare_digest(said[0], _message(head, authenticator, attributes, secret)):
        raise NotRadius("signed with another secret")


def _signed_message(
    head: bytes, authenticator: bytes, attributes: tuple[bytes, ...], secret: Secret
) -> bytes:
    """The packet with its length and a new Message-Authenticator."""
    body = b"".join(attributes)
    head = head[:2] + (_HEADER + len(body)).to_bytes(2, "big") + head[4:]
    mark = _message(head, authenticator, attributes, secret)
    return head + b"".join(_marked(each, mark) for each in attributes)


def _message(head: bytes, authenticator: bytes, attributes: tuple[bytes, ...], secret: Secret) -> bytes:
    body = b"".join(_marked(each, _ZEROS) for each in attributes)
    return hmac.digest(secret.reveal(), head[:4] + authenticator + body, "md5")


def _marked(attribute: bytes, mark: bytes) -> bytes:
    return attribute[:2] + mark if attribute[0] == _MESSAGE_AUTHENTICATOR else attribute


def _response(start: bytes, asked: bytes, body: bytes, secret: Secret) -> bytes:
    joined = start + asked + body + secret.reveal()
    return hashlib.md5(joined, usedforsecurity=False).digest()

"""Uploading a voucher to an owner service, and announcing it to a rendezvous server, over a `Client`."""

from __future__ import annotations

import secrets

from companion.errors.voucher import AnnouncementRejected, VoucherServerAnswerInvalid, VoucherServerRejected
from companion.vouchers.announcement import (
    ERROR,
    MAX_ANSWER,
    Accepted,
    Announcement,
    AnswerUnusable,
    Refused,
    Request,
)
from companion.vouchers.exchange.client import Answer, Client
from companion.vouchers.upload import Login, ServerKind, authorization, upload_of

_CBOR = "application/cbor"
_MOST_TOLD = 64 * 1024
_MOST_TOKEN = 8192
_UNAUTHORISED = 401


def send(client: Client, kind: ServerKind, content: bytes, login: Login | None = None) -> None:
    """Upload a voucher (CBOR). A login is used over what nobody can read along only.

    Raises ValueError for a voucher that such a server can't take and for a login that would be readable, and
    VoucherServerUnreachable, VoucherServerRejected, VoucherServerAnswerInvalid.
    """
    upload = upload_of(kind, content)
    if login is not None and not client.is_private:
        raise ValueError("a login is sent over https only")
    headers, path = dict(upload.headers), client.path + upload.path
    first = "" if login is None else authorization(login, "", "POST", path, "")
    if first:
        headers["Authorization"] = first
    answer = client.post(upload.path, upload.body, headers, most=_MOST_TOLD)
    if answer.status == _UNAUTHORISED and login is not None:
        challenge = answer.headers.get("www-authenticate", "")
        proof = authorization(login, challenge, "POST", path, secrets.token_hex(16))
        if proof is not None and proof != first:
            headers["Authorization"] = proof
            answer = client.post(upload.path, upload.body, headers, most=_MOST_TOLD)
    if not 200 <= answer.status < 300:
        raise VoucherServerRejected(answer.told, server=client.name, status=answer.status)


def announce(client: Client, announcement: Announcement) -> Accepted:
    """Run TO0 (FDO 1.1, section 4.3: each message is a POST). Raises AnnouncementRejected,
    VoucherServerUnreachable, VoucherServerRejected, VoucherServerAnswerInvalid."""
    step: Request | Accepted = announcement.begin()
    token = ""
    while isinstance(step, Request):
        headers = {"Content-Type": _CBOR, "Message-Type": str(step.number)}
        if token:
            headers["Authorization"] = token
        answer = client.post(f"/fdo/101/msg/{step.number}", step.body, headers, most=MAX_ANSWER)
        number = _message(client, answer)
        token = answer.headers.get("authorization", token)
        if len(token) > _MOST_TOKEN or not (token.isascii() and token.isprintable()):
            raise VoucherServerAnswerInvalid("its token can't be repeated", server=client.name)
        try:
            step = announcement.take(number, answer.body)
        except Refused as problem:
            raise AnnouncementRejected(str(problem), server=client.name, number=problem.number) from problem
        except AnswerUnusable as problem:
            raise VoucherServerAnswerInvalid(str(problem), server=client.name) from problem
    return step


def _message(client: Client, answer: Answer) -> int:
    """The type of the message in an answer. Only an error comes with another status than 200."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    said = answer.headers.get("message-type", "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else -1
    if answer.status != 200 and (kind != _CBOR or number != ERROR):
        raise VoucherServerRejected(answer.told, server=client.name, status=answer.status)
    if kind != _CBOR:
        raise VoucherServerAnswerInvalid(f"its type is no {_CBOR}", server=client.name)
    if number < 0:
        raise VoucherServerAnswerInvalid("it does not say which message it is", server=client.name)
    return number

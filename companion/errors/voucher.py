"""A-165 on, N-154 on: ownership vouchers of FDO that are handed on, uploaded and announced."""

from __future__ import annotations

from companion.errors.authentication import AuthenticationError
from companion.errors.network import NetworkError


class OwnershipVoucherNotOurs(AuthenticationError):
    """Only who owns a device can hand it on, or say where its owner is. It has no key of ours."""

    code = "A-165"
    title = "The voucher {file} is not assigned to you"
    advice = (
        "It is assigned to the key {mark}. Ask whoever has it to hand the device on to you: "
        "`companion voucher key` writes the key that they need."
    )
    retryable = False


class OwnerKeyUnsuitable(AuthenticationError):
    """Every key of a voucher has the type, size and encoding of its manufacturer's (FDO 1.1, section 3.4)."""

    code = "A-166"
    title = "The new owner's key does not fit the voucher {file}"
    advice = "It needs {needed}. Ask the new owner for one. Yours are made with `companion voucher key`."
    retryable = False


class OwnershipVoucherBroken(AuthenticationError):
    """A check failed, so nothing is built on it. The detail says which."""

    code = "A-167"
    title = "The voucher {file} can't be trusted"
    advice = "`companion voucher verify` shows every check. Ask whoever sent it for a valid one."
    retryable = False


class AnnouncementRejected(AuthenticationError):
    """The rendezvous server answered with FDO's error message."""

    code = "A-168"
    title = "The rendezvous server {server} rejected the voucher (FDO error {number})"
    advice = (
        "Many servers take vouchers of manufacturers only whom they know. Ask its operator, or announce at "
        "another one with --server."
    )


class OwnershipVoucherUnknown(AuthenticationError):
    """No voucher is kept under this GUID."""

    code = "A-169"
    title = "No ownership voucher with the GUID {guid} is saved here"
    advice = "Save it with `companion voucher keep FILE`, or name its file."
    retryable = False


class VoucherServerUnreachable(NetworkError):
    """The detail says how far it got: name, connection, TLS, request, answer."""

    code = "N-154"
    title = "The FDO server {server} can't be reached, or not securely"
    advice = "Check its address, and that --ca is the certificate of its CA. Nothing was changed there."


class VoucherServerRejected(NetworkError):
    """An owner service or its proxy says no. The detail has its words."""

    code = "N-155"
    title = "The FDO server {server} rejected the request (HTTP {status})"
    advice = "Check --kind and the login, and whether it accepts vouchers that are assigned to this owner."


class VoucherServerAnswerInvalid(NetworkError):
    """Too long, too late, of another type, or a redirection, which is never followed."""

    code = "N-156"
    title = "The FDO server {server} sent an unusable answer"
    advice = "It may be another service. Check its address with its operator."
    retryable = False

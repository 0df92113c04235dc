"""A key in a TPM for Python's `ssl`, which takes keys as files alone.

OpenSSL asks a method of ours to sign digests (EC_KEY_METHOD_new(3)). Its provider for TPMs (tpm2-openssl 1.1)
would do: but it hashes in the TPM too, where one without a resource manager has no room for that many hashes.
"""

from __future__ import annotations

import ctypes
import ssl
import sys
from collections.abc import Callable, Sequence
from typing import Any

from companion.encoding import es256
from companion.errors import CompanionError, TpmUnavailable
from companion.tpm.keys import TpmKey

# obj_mac.h, evp.h, ssl.h.
_NID_P256, _EVP_EC, _ADD_CHAIN_CERTIFICATE, _REFERENCED = 415, 408, 89, 1
_OCTETS, _POINTER, _INT = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
_SIGN = ctypes.CFUNCTYPE(
    _INT, _INT, _POINTER, _INT, _POINTER, ctypes.POINTER(ctypes.c_uint), _POINTER, _POINTER, _POINTER
)
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "EC_KEY_OpenSSL": (_POINTER, ()),
    "EC_KEY_METHOD_new": (_POINTER, (_POINTER,)),
    "EC_KEY_METHOD_set_sign": (None, (_POINTER, _SIGN, _POINTER, _POINTER)),
    "EC_KEY_new_by_curve_name": (_POINTER, (_INT,)),
    "EC_KEY_oct2key": (_INT, (_POINTER, _OCTETS, ctypes.c_size_t, _POINTER)),
    "EC_KEY_set_method": (_INT, (_POINTER, _POINTER)),
    "EVP_PKEY_new": (_POINTER, ()),
    "EVP_PKEY_assign": (_INT, (_POINTER, _INT, _POINTER)),
    "d2i_X509": (_POINTER, (_POINTER, ctypes.POINTER(_OCTETS), ctypes.c_long)),
    "X509_free": (None, (_POINTER,)),
    "SSL_CTX_use_certificate": (_INT, (_POINTER, _POINTER)),
    "SSL_CTX_use_PrivateKey": (_INT, (_POINTER, _POINTER)),
    "SSL_CTX_ctrl": (ctypes.c_long, (_POINTER, _INT, ctypes.c_long, _POINTER)),
}


def use_key(context: ssl.SSLContext, key: TpmKey, chain: Sequence[bytes]) -> None:
    """Show `chain` (DER, leaf first) in this context and sign with its key in the TPM.

    Raises TpmUnavailable where this Python's OpenSSL can't, ssl.SSLError for a certificate of another key.
    """
    openssl = _openssl(key.tcti)
    pointer = _context_pointer(context)
    private = _kept.get((key.kept, key.tcti)) or _private_key(openssl, key)
    for place, der in enumerate(chain):
        certificate = openssl("d2i_X509")(None, ctypes.byref(_OCTETS(der)), len(der))
        if not certificate:
            raise ssl.SSLError("a certificate can't be read")
        if place == 0:
            used = openssl("SSL_CTX_use_certificate")(pointer, certificate)
        else:
            used = openssl("SSL_CTX_ctrl")(pointer, _ADD_CHAIN_CERTIFICATE, _REFERENCED, certificate)
        openssl("X509_free")(certificate)
        if not used:
            raise ssl.SSLError("a certificate can't be used")
    if not openssl("SSL_CTX_use_PrivateKey")(pointer, private[0]):
        raise ssl.SSLError("the certificate is not of this key")


_Openssl = Callable[[str], Any]
_kept: dict[tuple[bytes, str], tuple[int, object]] = {}
"""For each key its EVP_PKEY and what OpenSSL calls of it, for as long as the process lives: no context says
when it is done with them."""


def _openssl(tcti: str) -> _Openssl:
    """Functions of the very OpenSSL that `ssl` uses, by name."""
    import _ssl

    file = getattr(_ssl, "__file__", None)
    if sys.implementation.name != "cpython" or file is None:
        raise TpmUnavailable("this Python's ssl has an OpenSSL of its own", tpm=tcti)
    library = ctypes.CDLL(file)
    try:
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except AttributeError as problem:
        raise TpmUnavailable(f"this OpenSSL has no {problem}", tpm=tcti) from problem
    return lambda name: getattr(library, name)


def _context_pointer(context: ssl.SSLContext) -> int:
    """The SSL_CTX of a context: the first field behind the object's head (CPython, Modules/_ssl.c)."""
    pointer = _POINTER.from_address(id(context) + object.__basicsize__).value
    assert pointer is not None
    return pointer


def _private_key(openssl: _Openssl, key: TpmKey) -> tuple[int, object]:
    """An EVP_PKEY whose signatures are made in the TPM, and what must live as long."""
    method = openssl("EC_KEY_METHOD_new")(openssl("EC_KEY_OpenSSL")())
    callback = _SIGN(_signer(key))
    openssl("EC_KEY_METHOD_set_sign")(method, callback, None, None)
    point = es256.point(key)
    made = openssl("EC_KEY_new_by_curve_name")(_NID_P256)
    openssl("EC_KEY_oct2key")(made, point, len(point), None)
    openssl("EC_KEY_set_method")(made, method)
    private: int = openssl("EVP_PKEY_new")()
    openssl("EVP_PKEY_assign")(private, _EVP_EC, made)
    return _kept.setdefault((key.kept, key.tcti), (private, callback))


def _signer(key: TpmKey) -> Callable[..., int]:
    def sign(
        kind: int, digest: int, size: int, signature: int, written: Any, inverse: int, r: int, owner: int
    ) -> int:
        """As ECDSA_sign: 1 if it went well. No exception may leave it."""
        try:
            made = es256.der_signature(key.sign_digest(ctypes.string_at(digest, size)))
        except CompanionError:
            return 0
        ctypes.memmove(signature, made, len(made))
        written[0] = len(made)
        return 1

    return sign

"""Who the user is to devices: owner key, issuing CA, and the vault that keeps them and other secrets.

Each name is imported when it is first used: who only reads names in certificates opens no vault.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.identity.ca import IssuingCa, RevokedCertificate, serial_of
    from companion.identity.identity import (
        FILES,
        PASSPHRASE_VARIABLE,
        Identity,
        KeyFile,
        check_url,
        has_keys,
        key_file,
        open_identity,
        restore_identity,
    )
    from companion.identity.issuer import IssuedCertificate
    from companion.identity.names import DeviceName, InvalidDeviceName, owner_domain
    from companion.identity.owner import OwnerKey
    from companion.identity.vault import Vault

__all__ = [
    "FILES",
    "PASSPHRASE_VARIABLE",
    "DeviceName",
    "Identity",
    "InvalidDeviceName",
    "IssuedCertificate",
    "IssuingCa",
    "KeyFile",
    "OwnerKey",
    "RevokedCertificate",
    "Vault",
    "check_url",
    "has_keys",
    "key_file",
    "open_identity",
    "owner_domain",
    "restore_identity",
    "serial_of",
]

_MODULES = {
    "ca": "IssuingCa RevokedCertificate serial_of",
    "issuer": "IssuedCertificate",
    "names": "DeviceName InvalidDeviceName owner_domain",
    "identity": "FILES PASSPHRASE_VARIABLE Identity KeyFile check_url has_keys key_file open_identity"
    " restore_identity",
    "owner": "OwnerKey",
    "vault": "Vault",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

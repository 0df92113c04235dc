"""The TPM as a second way into a key file that has a passphrase: programs start with nobody there to type it.

The lock of the file gets a field "tpm": the file's key, sealed by the TPM of this computer. The passphrase
stays, and is the way in where the TPM does not open the file any more. Which TPM is said by the environment
and not by the file: an address could name a program.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from companion.errors import KeyStoreDamaged, SealBroken, SealUnfit, TpmForeign, TpmUnavailable
from companion.files import own_folder
from companion.identity import locks
from companion.identity.sealed_file import KEY_BYTES
from companion.identity.vault import Vault, held, read_sealed
from companion.secret import Secret
from companion.tpm import sealing
from companion.tpm.connection import SYSTEM

FIELD = "tpm"
TPM_VARIABLE = "COMPANION_TPM"
"""Names another TPM than the system's, as the TSS does ("swtpm:path=SOCKET")."""


def tpm_address() -> str:
    """By which the TPM is opened."""
    return os.environ.get(TPM_VARIABLE) or SYSTEM


def tpm_key(lock: Mapping[str, Any]) -> bytes:
    """The key (32 octets) of a lock that has the field. Raises SealBroken."""
    try:
        key = sealing.unseal(str(lock[FIELD]), tpm_address()).reveal()
    except (TpmForeign, TpmUnavailable) as problem:
        raise SealBroken(f"{problem.code}: {problem.detail}") from problem
    if len(key) != KEY_BYTES:
        raise SealBroken("the TPM sealed something else")
    return key


def seal_by_tpm(data_dir: Path, ask_passphrase: Callable[[bool], Secret] | None) -> None:
    """From now on the owner's key file opens by this computer's TPM, and still by its passphrase.

    Raises SealUnfit where there is no key file with a passphrase, TpmUnavailable, and what `open_identity`
    raises for a wrong passphrase.
    """
    _relock(data_dir, ask_passphrase, sealed=True)


def forget_seal(data_dir: Path, ask_passphrase: Callable[[bool], Secret] | None) -> None:
    """From now on it opens by its passphrase alone. Raises as `seal_by_tpm`; needs no TPM."""
    _relock(data_dir, ask_passphrase, sealed=False)


def _relock(data_dir: Path, ask_passphrase: Callable[[bool], Secret] | None, *, sealed: bool) -> None:
    from companion.identity.identity import FILES, passphrase

    path = own_folder(data_dir) / FILES["owner"]
    file = read_sealed(path)
    if file is None or file.lock.get("kind") != "passphrase":
        raise SealUnfit("no key file with a passphrase")
    # Typed even if the TPM would open it: whoever forgot it would lose the keys with the TPM.
    key = locks.passphrase_key(file.lock, passphrase(ask_passphrase, new=False))
    with held(path):
        file = read_sealed(path)
        if file is None:
            raise KeyStoreDamaged(f"{path.name} is gone")
        content = file.open(key)
        lock = {name: value for name, value in file.lock.items() if name != FIELD}
        if sealed:
            lock[FIELD] = sealing.seal(Secret(key), tpm_address())
            if tpm_key(lock) != key:
                raise SealBroken("the TPM gives out something else")
        Vault(path, file.purpose, lock, key).write(content, lock=lock)

"""What has to be done once at a cloud before devices can come: files for it, and the steps.

A step is done from here, or its command is given to an administrator. Both do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.model import Text


@dataclass(frozen=True)
class SetupStep:
    """text: what is there afterwards; command: of the cloud's own tool, in a folder with the plan's files

    perform: does it from here; False: it was there already. Blocks, raises CloudError leaves
    """

    text: Text
    command: str
    perform: Callable[[], bool] = field(repr=False)


@dataclass(frozen=True)
class SetupPlan:
    """files: by name, their text; none holds a secret. steps: in this order"""

    files: Mapping[str, str]
    steps: tuple[SetupStep, ...]


@dataclass(frozen=True)
class SetupOrder:
    """For whom a cloud is set up.

    ca:    DER of the CA that issues for the devices: the owner's, or a delegate's
    prove: makes the certificate (DER) that shows who has the CA's key; None: it is a delegate's
    code:  what the cloud wants in that certificate, if it is known already
    suffix: what a delegate's CA is called besides, "" for the owner's
    """

    ca: bytes
    prove: Callable[[str], bytes] | None
    code: str = ""
    suffix: str = ""


class CloudSetup(Protocol):
    """The setup of a profile's account, for the owner's CA or for a delegate's."""

    def plan(self) -> SetupPlan:
        """Files and steps. Asks nobody."""

    def switch(self, *, on: bool) -> bool:
        """Whether devices of this CA are let in from now on. False: the cloud does not know it.

        Blocks. Raises CloudError leaves.
        """

    def off_command(self) -> str:
        """How an administrator switches it off."""


def pem(der: bytes) -> str:
    """A certificate in PEM."""
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM).decode()

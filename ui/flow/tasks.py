"""What an owner may want of a device, and how each of it begins."""

from __future__ import annotations

from enum import StrEnum

from companion.administration import AdministrationOperation
from companion.protocols import OwnershipOperation
from ui.flow.state import Input


class Task(StrEnum):
    """Keys of the buttons on the devices page (`ui.present.registry.buttons`), and what has none there.

    operation: what is done with the device in range; None: the owner's keys are enough, or
    administration: what is done with it over the network
    form: what shows the task's form; None: it starts at once
    """

    operation: OwnershipOperation | None
    form: Input | None
    administration: AdministrationOperation | None

    def __new__(
        cls,
        key: str,
        operation: OwnershipOperation | None = None,
        form: Input | None = None,
        administration: AdministrationOperation | None = None,
    ) -> Task:
        made = str.__new__(cls, key)
        made._value_ = key
        made.operation = operation
        made.form = form
        made.administration = administration
        return made

    ROTATE = "rotate", OwnershipOperation.ROTATE
    REPROVISION = "reprovision", OwnershipOperation.REPROVISION
    TRANSFER = "transfer", None, Input.SHOW_TRANSFER
    RESET = "reset", OwnershipOperation.RESET, Input.SHOW_RESET
    QUERY = "query", OwnershipOperation.QUERY
    ACCEPT = "accept", OwnershipOperation.ACCEPT
    CANCEL = "cancel"
    REVOKE = "revoke", None, Input.SHOW_REVOCATION
    RENEW = "renew"
    """Of no device: the list of revoked certificates for brokers."""
    CHECKS = "checks", None, Input.SHOW_CHECKS
    """What was examined about who vouches for it."""

    STATUS = "status", None, None, AdministrationOperation.STATUS
    FOLLOW = "follow", None, None, AdministrationOperation.FOLLOW
    """Its status as it changes, for some minutes."""
    UNFOLLOW = "unfollow"
    """No longer: it ends what FOLLOW began."""
    SHARE = "share", None, None, AdministrationOperation.SHARE
    CONTROLLERS = "controllers", None, None, AdministrationOperation.CONTROLLERS
    SWITCH = "switch", None, None, AdministrationOperation.SWITCH
    IDENTIFY = "identify", None, None, AdministrationOperation.IDENTIFY
    RECERTIFY = "recertify", None, None, AdministrationOperation.RENEW
    RENAME = "rename there", None, None, AdministrationOperation.RENAME
    """The device is told what it is called here; its button is the page's own."""
    REMOVE = "remove", None, Input.SHOW_REMOVAL, AdministrationOperation.REMOVE

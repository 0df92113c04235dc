"""Azure, set up once: an enrollment group that knows our CA, or one with keys."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from companion.clouds.azure.provisioning import ProvisioningService
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.clouds.setup import SetupOrder, SetupPlan, SetupStep, pem
from companion.model import Text

CA_FILE, PROOF_FILE = "ca.pem", "verification.pem"
_ENABLED, _DISABLED = "enabled", "disabled"


class AzureSetup:
    """The setup of a profile's provisioning service. A delegate's CA has a group of its own."""

    def __init__(
        self, profile: CloudProfile, order: SetupOrder, service: Callable[[], ProvisioningService]
    ) -> None:
        self._profile = profile
        self._order = order
        self._service = service
        self._group = "-".join(filter(None, (profile.group, order.suffix)))
        self._is_x509 = profile.kind is CloudKind.AZURE_X509

    def plan(self) -> SetupPlan:
        """The group; before it, where Azure's code is known, the CA with its proof for Azure's portal."""
        files, steps = {}, [self._group_step()]
        if self._is_x509:
            files[CA_FILE] = pem(self._order.ca)
        if self._is_x509 and self._order.code and self._order.prove is not None:
            files[PROOF_FILE] = pem(self._order.prove(self._order.code))
        return SetupPlan(files, tuple(steps))

    def switch(self, *, on: bool) -> bool:
        """Whether devices of this group are let in. False: there is none. Raises CloudError leaves."""
        service = self._service()
        group = service.group(self._group)
        if group is None:
            return False
        service.put_group({**group, "provisioningStatus": _ENABLED if on else _DISABLED})
        return True

    def off_command(self) -> str:
        """How an administrator switches the group off."""
        return self._az(f"update --enrollment-id {self._group} --provisioning-status disabled")

    def _group_step(self) -> SetupStep:
        how = f"--certificate-path {CA_FILE}" if self._is_x509 else ""
        command = f"create --enrollment-id {self._group} {how} --provisioning-status enabled"
        text = Text("Enrollment group {name}", {"name": self._group})
        return SetupStep(text, self._az(" ".join(command.split())), self._perform)

    def _perform(self) -> bool:
        service = self._service()
        if service.group(self._group) is not None:
            self.switch(on=True)
            return False
        attestation: dict[str, Any] = {"type": "symmetricKey"}
        if self._is_x509:
            ca = base64.b64encode(self._order.ca).decode()
            attestation = {"type": "x509", "x509": {"signingCertificates": {"primary": {"certificate": ca}}}}
        service.put_group(
            {
                "enrollmentGroupId": self._group,
                "attestation": attestation,
                "provisioningStatus": _ENABLED,
            }
        )
        return True

    def _az(self, words: str) -> str:
        name = self._profile.service.partition(".")[0]
        return f"az iot dps enrollment-group {words} --dps-name {name}"

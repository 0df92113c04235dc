"""Whether an account has what devices of a profile need: endpoint, policy, CA, template, role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from companion.clouds import checks
from companion.clouds.aws.certificates import certificate_der
from companion.clouds.aws.client import Absent, AwsClient
from companion.clouds.aws.documents import lacking_in_ours
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.errors import CloudDenied
from companion.model import Check, Text

ENDPOINT, POLICY, CA, TEMPLATE, ROLE = "endpoint", "policy", "ca", "template", "role"
_JITP = "JITP"
_MOST_CAS = 100

_ENDPOINT, _POLICY, _CA = Text("Endpoint"), Text("Policy"), Text("CA registered")
_TEMPLATE, _ROLE = Text("Template"), Text("Role of the template")


class Account:
    """The account that this computer is signed in to."""

    def __init__(self, iot: AwsClient, iam: AwsClient, profile: CloudProfile) -> None:
        self._iot = iot
        self._iam = iam
        self._profile = profile

    def checks(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """anchors: DER of the CAs that issue for devices. Raises CloudError leaves."""
        found = [self._endpoint()]
        if self._profile.policy:
            found.append(self._policy())
        if self._profile.template:
            found += self._template()
        if self._profile.kind is CloudKind.AWS_JITP:
            found += [self._ca(der) for der in anchors]
        return tuple(found)

    def _endpoint(self) -> Check:
        told = str(
            self._iot.call("describe_endpoint", endpointType="iot:Data-ATS").get("endpointAddress", "")
        )
        if told != self._profile.host:
            reason = Text("This account's is {endpoint}: another account or region?", {"endpoint": told})
            return checks.failed(ENDPOINT, _ENDPOINT, reason)
        return checks.passed(ENDPOINT, _ENDPOINT, Text("{endpoint}", {"endpoint": told}))

    def _policy(self) -> Check:
        name = self._profile.policy
        try:
            self._iot.call("get_policy", policyName=name)
        except Absent:
            return checks.failed(POLICY, _POLICY, Text("There is no policy {name}", {"name": name}))
        return checks.passed(POLICY, _POLICY, Text("{name}", {"name": name}))

    def _template(self) -> list[Check]:
        name = self._profile.template
        try:
            told = self._iot.call("describe_provisioning_template", templateName=name)
        except Absent:
            return [checks.failed(TEMPLATE, _TEMPLATE, Text("There is no template {name}", {"name": name}))]
        return [self._judged(name, told), self._role(str(told.get("provisioningRoleArn", "")))]

    def _judged(self, name: str, told: Mapping[str, Any]) -> Check:
        is_jitp = self._profile.kind is CloudKind.AWS_JITP
        if not told.get("enabled"):
            return checks.failed(TEMPLATE, _TEMPLATE, Text("{name} is switched off", {"name": name}))
        if (told.get("type") == _JITP) is not is_jitp:
            reason = Text("{name} is of another type: {type}", {"name": name, "type": str(told.get("type"))})
            return checks.failed(TEMPLATE, _TEMPLATE, reason)
        if is_jitp and (missing := lacking_in_ours(str(told.get("templateBody", "")))):
            facts = {"name": name, "fields": ", ".join(missing)}
            reason = Text("{name} names {fields}, which our certificates do not have", facts)
            return checks.failed(TEMPLATE, _TEMPLATE, reason)
        return checks.passed(TEMPLATE, _TEMPLATE, Text("{name}", {"name": name}))

    def _role(self, arn: str) -> Check:
        name = arn.rpartition("/")[2]
        if not name:
            return checks.failed(ROLE, _ROLE, Text("The template has none"))
        try:
            self._iam.call("get_role", RoleName=name)
        except Absent:
            return checks.failed(ROLE, _ROLE, Text("There is no role {name}", {"name": name}))
        except CloudDenied:
            return checks.not_known(ROLE, _ROLE, Text("Your account may not look at roles"))
        return checks.passed(ROLE, _ROLE, Text("{name}", {"name": name}))

    def _ca(self, der: bytes) -> Check:
        entry = registered_ca(self._iot, der)
        if entry is None:
            return checks.failed(CA, _CA, Text("AWS does not know your CA"))
        description = entry.get("certificateDescription", {})
        if description.get("status") != "ACTIVE":
            return checks.failed(CA, _CA, Text("Your CA is switched off there"))
        if description.get("autoRegistrationStatus") != "ENABLE":
            return checks.failed(CA, _CA, Text("Your CA is there without automatic registration"))
        named = entry.get("registrationConfig", {}).get("templateName")
        if named != self._profile.template:
            facts = {"template": self._profile.template, "named": str(named or "-")}
            return checks.failed(
                CA, _CA, Text("Your CA is there with template {named}, not {template}", facts)
            )
        return checks.passed(CA, _CA, Text("Active, with automatic registration"))


def registered_ca(iot: AwsClient, der: bytes) -> Mapping[str, Any] | None:
    """What describe_ca_certificate says of a CA (DER); None where it is not registered.

    Raises CloudError leaves.
    """
    for each in iot.pages("list_ca_certificates", "certificates")[:_MOST_CAS]:
        told: Mapping[str, Any] = iot.call("describe_ca_certificate", certificateId=each["certificateId"])
        if certificate_der(told["certificateDescription"].get("certificatePem")) == der:
            return told
    return None

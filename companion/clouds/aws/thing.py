"""What AWS knows of one device: which piece it waits for, in words."""

from __future__ import annotations

from companion.clouds import checks
from companion.clouds.aws.certificates import certificate_der, certificate_id
from companion.clouds.aws.client import Absent, AwsClient
from companion.clouds.aws.documents import lacking
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.errors import CloudDenied
from companion.model import Check, Text

CERTIFICATE, THING, POLICY, CONNECTION = "certificate", "thing", "policy", "connection"
ACTIVE, PENDING = "ACTIVE", "PENDING_ACTIVATION"

_CERTIFICATE = Text("Certificate active")
_THING = Text("Thing attached")
_POLICY = Text("Policy attached")
_CONNECTION = Text("First connection seen")


class Thing:
    """What AWS says of the device with this name and certificate (DER)."""

    def __init__(self, iot: AwsClient, profile: CloudProfile, name: str, leaf: bytes) -> None:
        self._iot = iot
        self._profile = profile
        self._name = name
        self._leaf = leaf

    def checks(self) -> tuple[Check, ...]:
        """Certificate, thing, policy, connection; what rests on a missing piece is left out.

        Raises CloudError leaves.
        """
        if self._profile.kind is CloudKind.AWS_CLAIM:
            return self._self_registered()
        try:
            told = self._iot.call("describe_certificate", certificateId=certificate_id(self._leaf))
        except Absent:
            return (checks.failed(CERTIFICATE, _CERTIFICATE, self._never_seen()),)
        description = told.get("certificateDescription", {})
        status = str(description.get("status", ""))
        if status != ACTIVE:
            return (checks.failed(CERTIFICATE, _CERTIFICATE, self._inactive(status)),)
        arn = str(description.get("certificateArn", ""))
        certificate = checks.passed(CERTIFICATE, _CERTIFICATE, Text("AWS has it as ACTIVE"))
        return certificate, *self._around(arn)

    def _self_registered(self) -> tuple[Check, ...]:
        """The device made its own certificate with the claim: the thing of its name leads to it."""
        arns = self._principals()
        if arns is None:
            return (checks.failed(THING, _THING, self._never_seen()),)
        if not arns:
            return (checks.failed(THING, _THING, Text("The thing {name} has no certificate", self._facts)),)
        told = self._iot.call("describe_certificate", certificateId=arns[0].rpartition("/")[2])
        description = told.get("certificateDescription", {})
        status = str(description.get("status", ""))
        if status != ACTIVE:
            return (checks.failed(CERTIFICATE, _CERTIFICATE, self._inactive(status)),)
        certificate_der(description.get("certificatePem"))
        active = checks.passed(CERTIFICATE, _CERTIFICATE, Text("AWS has it as ACTIVE"))
        return active, *self._around(arns[0])

    def _around(self, arn: str) -> tuple[Check, ...]:
        """Thing, policy and connection of an active certificate."""
        arns = self._principals()
        if arns is None or arn not in arns:
            reason = Text("The certificate is attached to no thing {name}", self._facts)
            return (checks.failed(THING, _THING, reason),)
        more = len(arns) - 1
        if more:
            reason = Text(
                "{name}, which has {more} older certificates too: deactivate them",
                self._facts | {"more": more},
            )
            thing = checks.remark(THING, _THING, reason)
        else:
            thing = checks.passed(THING, _THING, Text("{name}", self._facts))
        return thing, self._policy(arn), self._connection()

    def _principals(self) -> list[str] | None:
        """ARNs of the certificates of the thing; None where there is no such thing."""
        try:
            return [
                str(each)
                for each in self._iot.pages("list_thing_principals", "principals", thingName=self._name)
            ]
        except Absent:
            return None

    def _policy(self, arn: str) -> Check:
        attached = [
            str(each.get("policyName"))
            for each in self._iot.pages("list_attached_policies", "policies", target=arn)
        ]
        wanted = self._profile.policy
        if not attached or (wanted and wanted not in attached):
            reason = Text(
                "The certificate has no policy {policy}: it can connect and do nothing",
                {"policy": wanted or "*"},
            )
            return checks.failed(POLICY, _POLICY, reason)
        return checks.passed(POLICY, _POLICY, Text("{policy}", {"policy": ", ".join(sorted(attached)[:3])}))

    def _connection(self) -> Check:
        """Known only where the account has fleet indexing with connectivity switched on."""
        try:
            told = self._iot.call("get_thing_connectivity_data", thingName=self._name)
        except (Absent, CloudDenied):
            reason = Text("AWS tells this only with fleet indexing switched on")
            return checks.not_known(CONNECTION, _CONNECTION, reason)
        if told.get("connected"):
            return checks.passed(CONNECTION, _CONNECTION, Text("{name} is connected now", self._facts))
        if told.get("timestamp"):
            return checks.passed(CONNECTION, _CONNECTION, Text("{name} was connected before", self._facts))
        reason = Text("{name} is registered and has not connected yet", self._facts)
        return checks.failed(CONNECTION, _CONNECTION, reason)

    def _never_seen(self) -> Text:
        if self._profile.kind is CloudKind.AWS_REGISTRAR:
            return Text("AWS does not know this certificate")
        return Text("AWS has not seen the device yet: it registers at its first connection")

    def _inactive(self, status: str) -> Text:
        """Why AWS took the certificate and did not activate it, where its template tells."""
        if status == PENDING and self._profile.template:
            try:
                told = self._iot.call("describe_provisioning_template", templateName=self._profile.template)
            except Absent:
                return Text(
                    "PENDING_ACTIVATION: there is no template {template}",
                    {"template": self._profile.template},
                )
            except CloudDenied:
                return Text("PENDING_ACTIVATION: provisioning failed")
            if missing := lacking(str(told.get("templateBody", "")), self._leaf):
                facts = {"fields": ", ".join(missing)}
                return Text(
                    "PENDING_ACTIVATION: the template names {fields}, which the certificate does not have",
                    facts,
                )
            return Text("PENDING_ACTIVATION: provisioning failed, often for a missing policy or role")
        return Text("AWS has it as {status}", {"status": status or "?"})

    @property
    def _facts(self) -> dict[str, str | int | float]:
        return {"name": self._name}

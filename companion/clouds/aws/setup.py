"""AWS, set up once: a policy, a template, its role and our CA, as they fit our certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from companion.clouds.aws import documents
from companion.clouds.aws.account import registered_ca
from companion.clouds.aws.client import CLOUD, Absent, Exists
from companion.clouds.aws.service import AwsService
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.clouds.setup import SetupOrder, SetupPlan, SetupStep, pem
from companion.errors import CloudPieceMissing, CloudProfileInvalid
from companion.model import Text

ROLE = "CompanionProvisioning"
CA_FILE, PROOF_FILE = "ca.pem", "verification.pem"
POLICY_FILE, TEMPLATE_FILE, ROLE_FILE = "policy.json", "template.json", "role.json"


class AwsSetup:
    """The setup of a profile's account. service: opened only if something is done from here"""

    def __init__(self, profile: CloudProfile, order: SetupOrder, service: Callable[[], AwsService]) -> None:
        """Raises CloudProfileInvalid for a profile that names no policy."""
        if not profile.policy:
            raise CloudProfileInvalid(what="policy", reason="the setup makes a policy of this name")
        self._profile = profile
        self._order = order
        self._service = service
        self._is_jitp = profile.kind is CloudKind.AWS_JITP

    def plan(self) -> SetupPlan:
        """Everything for the owner; for a delegate the CA alone, which is one of its own there."""
        if self._order.suffix:
            return SetupPlan({CA_FILE: pem(self._order.ca)}, (self._ca_step(),))
        files = {POLICY_FILE: documents.policy(self._profile.aws_region or "*")}
        steps = [self._policy_step()]
        if self._profile.template:
            files |= {TEMPLATE_FILE: self._template(), ROLE_FILE: documents.trust_policy()}
            steps += [self._role_step(), self._rights_step(), self._template_step()]
        if self._is_jitp:
            files[CA_FILE] = pem(self._order.ca)
            if self._order.code and self._order.prove is not None:
                files[PROOF_FILE] = pem(self._order.prove(self._order.code))
            steps.append(self._ca_step())
        return SetupPlan(files, tuple(steps))

    def switch(self, *, on: bool) -> bool:
        """Whether devices of this CA are let in. False: AWS does not know it. Raises CloudError leaves."""
        iot = self._service().iot
        entry = registered_ca(iot, self._order.ca)
        if entry is None:
            return False
        number = entry["certificateDescription"]["certificateId"]
        iot.call("update_ca_certificate", certificateId=number, newStatus="ACTIVE" if on else "INACTIVE")
        return True

    def off_command(self) -> str:
        """How an administrator switches the CA off."""
        return self._aws("iot update-ca-certificate --certificate-id CA_ID --new-status INACTIVE")

    def _template(self) -> str:
        make = documents.jitp_template if self._is_jitp else documents.fleet_template
        return make(self._profile.policy)

    def _policy_step(self) -> SetupStep:
        name, text = self._profile.policy, documents.policy(self._profile.aws_region or "*")
        return SetupStep(
            Text("Policy {name}", {"name": name}),
            self._aws(f"iot create-policy --policy-name {name} --policy-document file://{POLICY_FILE}"),
            lambda: self._made("iot", "create_policy", policyName=name, policyDocument=text),
        )

    def _role_step(self) -> SetupStep:
        return SetupStep(
            Text("Role {name}", {"name": ROLE}),
            self._aws(f"iam create-role --role-name {ROLE} --assume-role-policy-document file://{ROLE_FILE}"),
            lambda: self._made(
                "iam", "create_role", RoleName=ROLE, AssumeRolePolicyDocument=documents.trust_policy()
            ),
        )

    def _rights_step(self) -> SetupStep:
        policy = documents.MANAGED_POLICY
        return SetupStep(
            Text("Right of the role to register things"),
            self._aws(f"iam attach-role-policy --role-name {ROLE} --policy-arn {policy}"),
            lambda: self._made("iam", "attach_role_policy", RoleName=ROLE, PolicyArn=policy),
        )

    def _template_step(self) -> SetupStep:
        name = self._profile.template
        kind = "JITP" if self._is_jitp else "FLEET_PROVISIONING"
        command = (
            f"iot create-provisioning-template --template-name {name} --type {kind} --enabled "
            f'--provisioning-role-arn "$(aws iam get-role --role-name {ROLE} '
            '--query Role.Arn --output text)" '
            f"--template-body file://{TEMPLATE_FILE}"
        )

        def perform() -> bool:
            role = self._service().iam.call("get_role", RoleName=ROLE)["Role"]["Arn"]
            return self._made(
                "iot",
                "create_provisioning_template",
                templateName=name,
                type=kind,
                enabled=True,
                provisioningRoleArn=role,
                templateBody=self._template(),
            )

        return SetupStep(Text("Template {name}", {"name": name}), self._aws(command), perform)

    def _ca_step(self) -> SetupStep:
        """With a proof that we have its key, where AWS's code is known; else for connections with SNI alone,
        for which AWS wants none."""
        template = self._profile.template
        proof = f"--verification-certificate file://{PROOF_FILE}"
        known = bool(self._order.code) and self._order.prove is not None
        command = (
            f"iot register-ca-certificate --ca-certificate file://{CA_FILE} "
            f"{proof if known else '--certificate-mode SNI_ONLY'} "
            f"--set-as-active --allow-auto-registration --registration-config templateName={template}"
        )
        text = Text("CA of the delegate") if self._order.suffix else Text("Your CA")
        return SetupStep(text, self._aws(command), self._register_ca)

    def _register_ca(self) -> bool:
        iot, prove = self._service().iot, self._order.prove
        if registered_ca(iot, self._order.ca) is not None:
            self.switch(on=True)
            return False
        options: dict[str, Any] = {"certificateMode": "SNI_ONLY"}
        if prove is not None:
            code = self._order.code or str(iot.call("get_registration_code")["registrationCode"])
            options = {"verificationCertificate": pem(prove(code))}
        return self._made(
            "iot",
            "register_ca_certificate",
            caCertificate=pem(self._order.ca),
            setAsActive=True,
            allowAutoRegistration=True,
            registrationConfig={"templateName": self._profile.template},
            **options,
        )

    def _made(self, service: str, operation: str, **parameters: Any) -> bool:
        opened = self._service()
        try:
            (opened.iot if service == "iot" else opened.iam).call(operation, **parameters)
        except Exists:
            return False
        except Absent as absent:
            what = Text("AWS does not know what {operation} needs", {"operation": operation})
            raise CloudPieceMissing(str(absent), cloud=CLOUD, missing=what) from absent
        return True

    def _aws(self, words: str) -> str:
        region = self._profile.aws_region
        return f"aws {words}" + (f" --region {region}" if region and not words.startswith("iam") else "")

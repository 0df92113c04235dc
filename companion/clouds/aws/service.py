"""AWS IoT Core as a `CloudService`: registers devices, fetches claims, tells what is missing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from companion.clouds import claims
from companion.clouds.aws.account import Account
from companion.clouds.aws.certificates import CLOUD, certificate_der, check_key, key_der, request_pem
from companion.clouds.aws.client import Absent, AwsClient, open_client
from companion.clouds.aws.documents import registrar_template
from companion.clouds.aws.thing import Thing
from companion.clouds.kinds import CloudKind
from companion.clouds.profile import CloudProfile
from companion.endpoint import Claim
from companion.errors import CloudAnswerInvalid, CloudClaimExpired, CloudPieceMissing
from companion.model import Check, Text
from companion.secret import Secret


@dataclass(frozen=True)
class AwsService:
    """See `CloudService`."""

    profile: CloudProfile
    iot: AwsClient
    iam: AwsClient

    @classmethod
    def open(cls, profile: CloudProfile) -> AwsService:
        """With the credentials of the platform's chain. Raises CloudExtraMissing, CloudCredentialsMissing."""
        region = profile.aws_region
        return cls(
            profile,
            AwsClient("iot", open_client("iot", region)),
            AwsClient("iam", open_client("iam", region)),
        )

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """As registrar: certificate, thing and policy in one call, from the device's own request."""
        if self.profile.kind is not CloudKind.AWS_REGISTRAR:
            return None
        try:
            told = self.iot.call(
                "register_thing",
                templateBody=registrar_template(self.profile.policy),
                parameters={"ThingName": name, "CSR": request_pem(csr)},
            )
        except Absent as absent:
            raise _missing(Text("There is no policy {name}", {"name": self.profile.policy})) from absent
        leaf = certificate_der(told.get("certificatePem"))
        check_key(leaf, csr)
        return (leaf,)

    def claim(self, name: str) -> Claim:
        """A trusted user's claim: valid for five minutes, for one device."""
        template = self.profile.template
        try:
            told = self.iot.call("create_provisioning_claim", templateName=template)
        except Absent as absent:
            raise _missing(Text("There is no template {name}", {"name": template})) from absent
        ends, pair = told.get("expiration"), told.get("keyPair")
        if not isinstance(ends, datetime) or not isinstance(pair, Mapping):
            raise CloudAnswerInvalid("a claim without a key or an end", cloud=CLOUD)
        if ends.timestamp() <= time.time():
            raise CloudClaimExpired("it had ended when it came")
        certificate, key = certificate_der(told.get("certificatePem")), key_der(pair.get("PrivateKey"))
        return Claim(claims.encode(claims.FleetClaim(template, certificate, Secret(key))), ends.timestamp())

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        """See `CloudService.standing`."""
        return Thing(self.iot, self.profile, name, leaf).checks()

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """See `CloudService.check`."""
        return Account(self.iot, self.iam, self.profile).checks(anchors)


def _missing(what: Text) -> CloudPieceMissing:
    return CloudPieceMissing(cloud=CLOUD, missing=what)

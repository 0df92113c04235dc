"""The documents that AWS is given: a policy and templates that fit our certificates.

A template may name only what the certificates' subjects have, or every device stays PENDING_ACTIVATION.
Ours have a common name, which is the device's name there.
Source: AWS IoT Core developer guide, "Provisioning templates" and "AWS IoT Core policy variables".
"""

from __future__ import annotations

import json
import re
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

THING = "${iot:Connection.Thing.ThingName}"
CERTIFICATE = "AWS::IoT::Certificate::"
MANAGED_POLICY = "arn:aws:iam::aws:policy/service-role/AWSIoTThingsRegistration"

_SUBJECT = {
    "Country": NameOID.COUNTRY_NAME,
    "Organization": NameOID.ORGANIZATION_NAME,
    "OrganizationalUnit": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "DistinguishedNameQualifier": NameOID.DN_QUALIFIER,
    "StateName": NameOID.STATE_OR_PROVINCE_NAME,
    "CommonName": NameOID.COMMON_NAME,
    "SerialNumber": NameOID.SERIAL_NUMBER,
}
_NAMED = re.compile(rf'"{CERTIFICATE}(\w+)"')
_ALWAYS = {"Id"}


def policy(region: str) -> str:
    """The least that a device needs: to connect as its own thing, and to speak below its own name.

    The account is a wildcard: a policy is for the certificates of its own account alone.
    """
    resource = f"arn:aws:iot:{region}:*"
    own = [f"devices/{THING}/*", f"$aws/things/{THING}/shadow/*"]
    statements: list[dict[str, Any]] = [
        {
            "Effect": "Allow",
            "Action": "iot:Connect",
            "Resource": f"{resource}:client/{THING}",
            "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}},
        },
        {
            "Effect": "Allow",
            "Action": ["iot:Publish", "iot:Receive"],
            "Resource": [f"{resource}:topic/{topic}" for topic in own],
        },
        {
            "Effect": "Allow",
            "Action": "iot:Subscribe",
            "Resource": [f"{resource}:topicfilter/{topic}" for topic in own],
        },
    ]
    return _text({"Version": "2012-10-17", "Statement": statements})


def registrar_template(policy_name: str) -> str:
    """For RegisterThing: a thing, its certificate from the device's own request, and the policy."""
    certificate = {"CertificateSigningRequest": {"Ref": "CSR"}, "Status": "ACTIVE"}
    return _template(
        {"ThingName": {"Type": "String"}, "CSR": {"Type": "String"}}, certificate, "ThingName", policy_name
    )


def jitp_template(policy_name: str) -> str:
    """For the first connection of a certificate of our CA: its common name is the thing's name."""
    name, number = f"{CERTIFICATE}CommonName", f"{CERTIFICATE}Id"
    certificate = {"CertificateId": {"Ref": number}, "Status": "ACTIVE"}
    return _template({name: {"Type": "String"}, number: {"Type": "String"}}, certificate, name, policy_name)


def fleet_template(policy_name: str) -> str:
    """For a device that registers itself with a claim and says its name."""
    number = f"{CERTIFICATE}Id"
    certificate = {"CertificateId": {"Ref": number}, "Status": "ACTIVE"}
    return _template(
        {"ThingName": {"Type": "String"}, number: {"Type": "String"}}, certificate, "ThingName", policy_name
    )


def trust_policy() -> str:
    """Who may act in the role by which AWS provisions devices: AWS IoT itself."""
    statement = {"Effect": "Allow", "Principal": {"Service": "iot.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return _text({"Version": "2012-10-17", "Statement": [statement]})


def lacking(template: str, leaf: bytes) -> tuple[str, ...]:
    """What a template names and the subject of this certificate (DER) has not: it can't provision it."""
    subject = x509.load_der_x509_certificate(leaf).subject
    has = {name for name, oid in _SUBJECT.items() if subject.get_attributes_for_oid(oid)}
    return tuple(sorted(set(_NAMED.findall(template)) - has - _ALWAYS))


def lacking_in_ours(template: str) -> tuple[str, ...]:
    """What a template names and no certificate of ours has."""
    return tuple(sorted(set(_NAMED.findall(template)) - {"CommonName"} - _ALWAYS))


def _template(
    parameters: dict[str, Any], certificate: dict[str, Any], thing_name: str, policy_name: str
) -> str:
    resources = {
        "thing": {"Type": "AWS::IoT::Thing", "Properties": {"ThingName": {"Ref": thing_name}}},
        "certificate": {"Type": "AWS::IoT::Certificate", "Properties": certificate},
        "policy": {"Type": "AWS::IoT::Policy", "Properties": {"PolicyName": policy_name}},
    }
    return _text({"Parameters": parameters, "Resources": resources})


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2)

"""Calls to AWS: by the credentials of the platform's own chain, with our errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from companion.errors import (
    CloudClockWrong,
    CloudCredentialsMissing,
    CloudDenied,
    CloudError,
    CloudExtraMissing,
    CloudUnreachable,
)
from companion.model import Text

CLOUD = "AWS"
INSTALL = "pipx inject companion boto3"
SIGN_IN = "aws sso login"
_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 5, 15, 2

_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedException", "UnauthorizedOperation"}
_ABSENT = {"ResourceNotFoundException", "NoSuchEntity", "NotFoundException", "IndexNotReadyException"}
_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"}
_EXISTS = {"ResourceAlreadyExistsException", "EntityAlreadyExists"}
_CLOCK = {"RequestExpired", "RequestTimeTooSkewed"}
# By the names of botocore's exceptions, so that none has to be imported for them.
_UNSIGNED = {
    "NoCredentialsError",
    "PartialCredentialsError",
    "CredentialRetrievalError",
    "TokenRetrievalError",
    "SSOTokenLoadError",
    "UnauthorizedSSOTokenError",
    "ProfileNotFound",
}


class Absent(Exception):
    """What was asked for is not there."""


class Exists(Exception):
    """What was to be made is there."""


def open_client(service: str, region: str) -> Any:
    """A boto3 client. Raises CloudExtraMissing, CloudCredentialsMissing."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise CloudExtraMissing(cloud=CLOUD, command=INSTALL) from error
    # At DEBUG they write whole answers, and that of a claim has a private key in it.
    for name in ("boto3", "botocore", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    config = Config(
        connect_timeout=_CONNECT_SECONDS, read_timeout=_READ_SECONDS, retries={"max_attempts": _TRIES}
    )
    try:
        return boto3.Session().client(service, region_name=region or None, config=config)
    except Exception as error:  # botocore has no root for what a profile or a configuration file lacks
        raise _explained(error, "sts:GetCallerIdentity") from error


@dataclass(frozen=True)
class AwsClient:
    """One service of AWS. name: as rights are named ("iot"); client: boto3's"""

    name: str
    client: Any

    def call(self, operation: str, **parameters: Any) -> Any:
        """What an operation answers, named as in boto3. Raises Absent, Exists, CloudError leaves."""
        return self._explain(operation, lambda: getattr(self.client, operation)(**parameters))

    def pages(self, operation: str, key: str, **parameters: Any) -> list[Any]:
        """The entries `key` of all pages of a list. Raises as `call`."""

        def every() -> list[Any]:
            pages = self.client.get_paginator(operation).paginate(**parameters)
            return [entry for page in pages for entry in page.get(key, ())]

        found: list[Any] = self._explain(operation, every)
        return found

    def _explain(self, operation: str, work: Callable[[], Any]) -> Any:
        action = f"{self.name}:{self.client.meta.method_to_api_mapping[operation]}"
        try:
            return work()
        except Exception as error:  # botocore makes its errors of a service when that is opened
            raise _explained(error, action) from error


def _explained(error: Exception, action: str) -> Exception:
    """What an exception of botocore means. Its text is left out: it repeats what was sent."""
    name = type(error).__name__
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        told = response.get("Error", {})
        return _refused(str(told.get("Code", "")), str(told.get("Message", "")), action)
    if name in _UNSIGNED:
        return CloudCredentialsMissing(name, cloud=CLOUD, command=SIGN_IN)
    if name == "NoRegionError":
        return CloudError(name, missing=Text("Add `--region` to the cloud profile."))
    if any(each.__name__ in ("HTTPClientError", "EndpointConnectionError") for each in type(error).__mro__):
        return CloudUnreachable(name, cloud=CLOUD)
    return CloudError(f"{action}: {name}")


def _refused(code: str, message: str, action: str) -> Exception:
    if code in _CLOCK or (code == "InvalidSignatureException" and "Signature expired" in message):
        return CloudClockWrong(code)
    if code in _ABSENT:
        return Absent(code)
    if code in _EXISTS:
        return Exists(code)
    if code in _EXPIRED:
        return CloudCredentialsMissing(code, cloud=CLOUD, command=SIGN_IN)
    if code in _DENIED:
        return CloudDenied(code, action=action)
    return CloudError(f"{action}: {code}")

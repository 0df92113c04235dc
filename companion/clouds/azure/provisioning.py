"""The service API of DPS: enrollment groups and what became of registrations.

Source: Azure REST reference, "Device Provisioning Service", Enrollment Group and Device Registration State.
"""

from __future__ import annotations

import base64
import binascii
import urllib.parse
from collections.abc import Callable
from typing import Any

from companion.clouds.azure import rest, sign_in
from companion.errors import (
    CloudAnswerInvalid,
    CloudClockWrong,
    CloudCredentialsMissing,
    CloudDenied,
    CloudError,
    CloudPieceMissing,
)
from companion.model import Text
from companion.secret import Secret

CLOUD = "Azure"
API_VERSION = "2021-10-01"
MOST_CLOCK_SECONDS = 300.0
_ETAG = "etag"


class ProvisioningService:
    """One instance of DPS. host: of its service API; make_token: asked when it is first needed"""

    def __init__(
        self,
        host: str,
        make_token: Callable[[], Secret] = sign_in.token,
        send: Callable[..., rest.Answer] = rest.send,
    ) -> None:
        self._host = host
        self._make_token = make_token
        self._send = send
        self._token: Secret | None = None

    def group(self, group: str) -> dict[str, Any] | None:
        """The enrollment group; None where there is none. Raises CloudError leaves."""
        return self._get(f"enrollmentGroups/{_quoted(group)}", "enrollmentGroups/read")

    def put_group(self, content: dict[str, Any]) -> None:
        """Make or replace an enrollment group. Raises CloudError leaves."""
        headers = {"If-Match": str(content[_ETAG])} if _ETAG in content else {}
        name = str(content["enrollmentGroupId"])
        answer = self._ask("PUT", f"enrollmentGroups/{_quoted(name)}", body=content, headers=headers)
        self._check(answer, "enrollmentGroups/write")

    def registration(self, name: str) -> dict[str, Any] | None:
        """The registration state of a device; None: it was never there. Raises CloudError leaves."""
        return self._get(f"registrations/{_quoted(name)}", "registrations/read")

    def group_key(self, group: str) -> Secret:
        """The group's primary key (octets), to derive a device's from and to forget.

        Raises CloudError leaves, CloudPieceMissing for a group without one.
        """
        path = f"enrollmentGroups/{_quoted(group)}/attestationmechanism"
        answer = self._ask("POST", path)
        if answer.status == 404:
            raise missing(Text("There is no group {name}", {"name": group}))
        self._check(answer, "attestationmechanism/read")
        key = _within(answer.content, "symmetricKey", "primaryKey")
        if not isinstance(key, str):
            raise missing(Text("The group {name} has no keys", {"name": group}))
        try:
            return Secret(base64.b64decode(key, validate=True))
        except binascii.Error:
            raise CloudAnswerInvalid("a key that is not base64", cloud=CLOUD) from None

    def _get(self, path: str, action: str) -> dict[str, Any] | None:
        answer = self._ask("GET", path)
        if answer.status == 404:
            return None
        self._check(answer, action)
        if not isinstance(answer.content, dict):
            raise CloudAnswerInvalid("it is no object", cloud=CLOUD)
        return answer.content

    def _ask(
        self, method: str, path: str, *, body: Any | None = None, headers: dict[str, str] | None = None
    ) -> rest.Answer:
        if self._token is None:
            self._token = self._make_token()
        bearer = {"Authorization": f"Bearer {self._token.reveal_text()}", **(headers or {})}
        url = f"https://{self._host}/{path}?api-version={API_VERSION}"
        return self._send(url, method=method, headers=bearer, body=body)

    def _check(self, answer: rest.Answer, action: str) -> None:
        """Raises CloudError leaves for an answer that is a refusal."""
        if answer.status < 300:
            return
        if answer.status == 401:
            if answer.clock is not None and abs(answer.clock) > MOST_CLOCK_SECONDS:
                raise CloudClockWrong("the server's clock says otherwise")
            raise CloudCredentialsMissing("401", cloud=CLOUD, command=sign_in.SIGN_IN)
        if answer.status == 403:
            raise CloudDenied("403", action=action)
        code = _within(answer.content, "errorCode")
        raise CloudError(f"{action}: status {answer.status}, {code if isinstance(code, int) else '-'}")


def missing(what: Text, detail: str = "") -> CloudPieceMissing:
    """That something is not there, in words."""
    return CloudPieceMissing(detail, cloud=CLOUD, missing=what)


def _quoted(name: str) -> str:
    return urllib.parse.quote(name, safe="")


def _within(content: Any, *path: str) -> Any:
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    return content

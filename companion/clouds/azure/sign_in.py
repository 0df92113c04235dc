"""Who this computer is to Azure: a token from `az`, or for a service principal of the environment.

Neither is stored. A token lasts about an hour; it is fetched when a service is first asked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.parse
from collections.abc import Mapping
from typing import Any

from companion.clouds.azure import rest
from companion.errors import CloudCredentialsMissing
from companion.secret import Secret

CLOUD = "Azure"
SIGN_IN = "az login"
RESOURCE = "https://azure-devices-provisioning.net"
_SECONDS = 30
_PRINCIPAL = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")


def token(environment: Mapping[str, str] = os.environ) -> Secret:
    """A token for the provisioning service's API. Raises CloudCredentialsMissing, CloudUnreachable."""
    if all(environment.get(name) for name in _PRINCIPAL):
        return _of_principal(*(environment[name] for name in _PRINCIPAL))
    return _of_command()


def _of_principal(tenant: str, client: str, secret: str) -> Secret:
    """The client credentials grant (RFC 6749, section 4.4)."""
    where = f"https://login.microsoftonline.com/{urllib.parse.quote(tenant, safe='')}/oauth2/v2.0/token"
    form = {
        "grant_type": "client_credentials",
        "client_id": client,
        "client_secret": secret,
        "scope": f"{RESOURCE}/.default",
    }
    answer = rest.send(where, method="POST", form=form)
    return _token_of(
        answer.content if answer.status == 200 else {}, "access_token", f"status {answer.status}"
    )


def _of_command() -> Secret:
    """What `az` says on its standard output, which nobody else sees."""
    program = shutil.which("az")
    if program is None:
        raise _missing("az is not installed")
    command = [program, "account", "get-access-token", "--resource", RESOURCE, "--output", "json"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _missing(type(error).__name__) from None
    try:
        content = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        content = {}
    return _token_of(content, "accessToken", f"az ended with {done.returncode}")


def _token_of(content: Any, name: str, why: str) -> Secret:
    found = content.get(name) if isinstance(content, dict) else None
    if not isinstance(found, str) or not found:
        raise _missing(why)
    return Secret(found)


def _missing(why: str) -> CloudCredentialsMissing:
    return CloudCredentialsMissing(why, cloud=CLOUD, command=SIGN_IN)

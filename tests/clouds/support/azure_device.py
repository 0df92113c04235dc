"""A program: one device with Azure's SDK. Its standard input says who it is, its output what became of it.

The SDK wants an older paho-mqtt than the suite, so it runs in a process of its own. Of the SDK only the port
is changed, which is fixed in it; the password that it makes is told, for the broker does not check it.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import paho.mqtt.client as paho
from azure.iot.device import X509, ProvisioningDeviceClient


def main() -> None:
    wanted: dict[str, Any] = json.load(sys.stdin)
    told: dict[str, Any] = {"password": None}
    connect, log_in = paho.Client.connect, paho.Client.username_pw_set

    def to_port(self: Any, host: str, port: int = 0, **rest: Any) -> Any:
        assert port == 8883
        return connect(self, host, port=wanted["port"], **rest)

    def logged_in(self: Any, username: str, password: str | None = None) -> Any:
        told.update(username=username, password=password)
        return log_in(self, username, password)

    paho.Client.connect, paho.Client.username_pw_set = to_port, logged_in
    common = {
        "provisioning_host": "localhost",
        "registration_id": wanted["name"],
        "id_scope": wanted["id_scope"],
        "server_verification_cert": wanted["roots"],
    }
    if "key" in wanted:
        client = ProvisioningDeviceClient.create_from_symmetric_key(symmetric_key=wanted["key"], **common)
    else:
        shown = X509(cert_file=wanted["certificate_file"], key_file=wanted["key_file"])
        client = ProvisioningDeviceClient.create_from_x509_certificate(x509=shown, **common)
    try:
        result = client.register()
    except Exception as error:  # whatever the SDK makes of it is what is told
        told["error"] = f"{type(error).__name__}: {error.__cause__ or error}"
    else:
        told.update(status=result.status, device=result.registration_state.device_id)
    print(json.dumps(told), flush=True)
    os._exit(0)  # its threads would go on


if __name__ == "__main__":
    main()

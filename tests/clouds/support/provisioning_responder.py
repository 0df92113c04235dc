"""The MQTT side of AWS fleet provisioning and of Azure's DPS, in a few lines: what devices' SDKs talk to.

Sources: AWS IoT developer guide, "Device provisioning MQTT API"; Azure, "Communicate with DPS using MQTT".
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509

from tests.clouds.support.fake_aws import FakeAws, pem
from tests.support.mqtt import Client

_FLEET_CSR = "$aws/certificates/create-from-csr/json"
_TEMPLATES = "$aws/provisioning-templates"
_REGISTER, _STATUS = "iotdps-register", "iotdps-get-operationstatus"

Publish = Callable[[str, Any], Awaitable[None]]


@dataclass
class FleetProvisioning:
    """Certificates by request and things by template, in this account."""

    aws: FakeAws
    tokens: dict[str, bytes] = field(default_factory=dict)
    topics = (_FLEET_CSR, f"{_TEMPLATES}/+/provision/json")

    async def answer(self, topic: str, content: Any, publish: Publish) -> None:
        if topic == _FLEET_CSR:
            request = x509.load_pem_x509_csr(content["certificateSigningRequest"].encode())
            der = self.aws.issue(request.public_key(), "AWS IoT Certificate")
            token = f"token {len(self.tokens)}"
            self.tokens[token] = der
            made = {"certificateId": "-", "certificatePem": pem(der), "certificateOwnershipToken": token}
            await publish(f"{topic}/accepted", made)
            return
        template, thing = topic.split("/")[2], content["parameters"]["ThingName"]
        der = self.tokens.get(content["certificateOwnershipToken"])
        if template not in self.aws.templates or der is None:
            told = {"statusCode": 400, "errorCode": "InvalidCertificateOwnershipToken", "errorMessage": "-"}
            await publish(f"{topic}/rejected", told)
            return
        self.aws.take(der, thing, "sensors")
        await publish(f"{topic}/accepted", {"thingName": thing, "deviceConfiguration": {}})


@dataclass
class Provisioning:
    """DPS over MQTT. registrations: what became of devices, as the service API tells it."""

    registrations: dict[str, dict[str, Any]] = field(default_factory=dict)
    disabled: bool = False
    topics = ("$dps/registrations/PUT/#", "$dps/registrations/GET/#")

    async def answer(self, topic: str, content: Any, publish: Publish) -> None:
        query = urllib.parse.parse_qs(topic.partition("?")[2])
        rid = query["$rid"][0]
        if _REGISTER in topic:
            name = content["registrationId"]
            told = {"operationId": f"4.{name}", "status": "assigning"}
            await publish(f"$dps/registrations/res/202/?$rid={rid}&retry-after=0", told)
            return
        assert _STATUS in topic
        name = query["operationId"][0].removeprefix("4.")
        status = "disabled" if self.disabled else "assigned"
        state = {"registrationId": name, "status": status, "assignedHub": "hub.example", "deviceId": name}
        # The SDK can't do without these.
        state |= {"substatus": "initialAssignment", "etag": "-"}
        state |= {
            "createdDateTimeUtc": "2026-12-01T00:00:00Z",
            "lastUpdatedDateTimeUtc": "2026-12-01T00:00:00Z",
        }
        self.registrations[name] = state
        told = {"operationId": f"4.{name}", "status": status, "registrationState": state}
        await publish(f"$dps/registrations/res/200/?$rid={rid}", told)


@contextlib.asynccontextmanager
async def answering(port: int, service: FleetProvisioning | Provisioning) -> AsyncIterator[None]:
    """It answers at the broker's plain port, from its subscription on."""
    async with Client("127.0.0.1", port, timeout=10) as client:
        for topic in service.topics:
            await client.subscribe(topic, qos=1)

        async def publish(topic: str, content: Any) -> None:
            await client.publish(topic, json.dumps(content), qos=1)

        async def serve() -> None:
            async for message in client.messages:
                payload = bytes(message.payload) if isinstance(message.payload, bytes | bytearray) else b""
                content = json.loads(payload) if payload.strip() else None
                await service.answer(str(message.topic), content, publish)

        task = asyncio.create_task(serve())
        try:
            yield
        finally:
            # Before Python 3.12 `wait_for`, in aiomqtt's publish, may keep a cancellation to itself.
            while not task.done():
                task.cancel()
                await asyncio.wait((task,), timeout=0.1)
            if not task.cancelled():
                task.result()

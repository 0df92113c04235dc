"""How a device is made ready, of its code or advertisement and of the device models that were imported."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from companion.model import FoundDevice, MakerGuide, SetupCode, Text
from companion.protocols.matter.driver.discovery import payloads_of
from companion.protocols.matter.driver.store import product_models
from companion.protocols.matter.ledger.hints import what_to_press
from companion.protocols.matter.ledger.links import usable, with_payload
from companion.protocols.matter.ledger.models import DeviceModel
from companion.protocols.matter.setup_code.payload import CUSTOM, PREFIX, USER_INTENT
from companion.protocols.matter.setup_code.recogniser import PREPARE, of_flow
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory


def of_code(memory: Memory, code: SetupCode) -> SetupCode:
    """The code with what its product's model says, where its device needs more than power.

    A code that says its flow is believed; digits say none, and the long ones mean that power is not enough.
    A QR code of several devices stays as it is: they are told apart one after the other.
    """
    payloads = payloads_of(code)
    if len(payloads) != 1:
        return code
    (payload,) = payloads
    if payload.vendor_id is None or payload.product_id is None:
        return code
    model = product_models.find(memory, (payload.vendor_id, payload.product_id))
    flow = payload.flow if payload.flow is not None or model is None else model.flow
    if model is None or flow not in (USER_INTENT, CUSTOM):
        return code
    guide = _guide(model, flow, _as_printed(code.text))
    return replace(of_flow(code, flow), prepare=guide.steps, maker=guide)


def of_found(memory: Memory, found: FoundDevice) -> MakerGuide | None:
    """The same for a device that announces its product. Its code is not known, so no link has it."""
    try:
        product = int(found.facts["vendor"], 16), int(found.facts["product"], 16)
    except KeyError:
        return None
    model = product_models.find(memory, product)
    return None if model is None or model.flow not in (USER_INTENT, CUSTOM) else _guide(model, model.flow)


def _guide(model: DeviceModel, flow: int, code: str = "") -> MakerGuide:
    published = model.flow_url if flow == CUSTOM else ""
    link = next(filter(None, map(usable, (published, model.manual_url, model.support_url))), "")
    filled = with_payload(link, code) if code and link == published else None
    return MakerGuide(
        product=model.name,
        steps=_steps(model, flow),
        instruction=model.instruction,
        link=link,
        link_with_code=None if filled is None else Secret(filled),
    )


def _steps(model: DeviceModel, flow: int) -> Text:
    told = what_to_press(model.hint, model.instruction) if flow == USER_INTENT else None
    return told or PREPARE[flow]


def _as_printed(code: Secret) -> str:
    """The text of a QR code, or the digits alone."""
    text = code.reveal_text().strip()
    return text.upper() if text[:3].upper() == PREFIX else re.sub("[ -]", "", text)

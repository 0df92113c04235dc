"""How devices are made ready, of their code, of what they announce, and of imported device models."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from companion.model import FoundDevice, MakerGuide, SetupCode, Text
from companion.protocols.matter.driver.discovery import HINT, INSTRUCTION, payloads_of
from companion.protocols.matter.driver.store import product_models
from companion.protocols.matter.ledger.hints import what_to_press
from companion.protocols.matter.ledger.links import usable, with_payload, without_places
from companion.protocols.matter.ledger.models import POWER_CYCLE, DeviceModel
from companion.protocols.matter.setup_code.payload import CUSTOM, STANDARD, USER_INTENT, MatterPayload
from companion.protocols.matter.setup_code.recogniser import GET_CODE, PREPARE, of_flow, parts_of
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.protocols import Memory


def of_code(memory: Memory, code: SetupCode) -> SetupCode:
    """The code with what the models of its products say, where they need more than power.

    A code that says its flow is believed; digits say none, and the long ones mean that power is not enough.
    """
    payloads = payloads_of(code)
    if len(payloads) != 1:
        return _of_several(memory, code)
    (payload,) = payloads
    model, flow = _known(memory, payload)
    if model is None or flow not in PREPARE:
        return code
    guide = _of_payload(payload, model, flow, parts_of(code)[0])
    return replace(of_flow(code, flow), prepare=guide.steps, guides=(guide,))


def of_found(memory: Memory, found: FoundDevice) -> MakerGuide | None:
    """The same for a device that announces its product, or on the network itself says what to press.

    Its code is not known, so no link has it.
    """
    vendor, product = found.facts.get("vendor"), found.facts.get("product")
    model = None
    if vendor is not None and product is not None:
        model = product_models.find(memory, (int(vendor, 16), int(product, 16)))
    if model is not None and model.flow != STANDARD:
        return _guide(model, model.flow)
    said = DeviceModel(hint=int(found.facts.get(HINT, "0")), instruction=found.facts.get(INSTRUCTION, ""))
    if not said.hint & ~POWER_CYCLE:
        return None
    return _guide(said, USER_INTENT)


def _of_several(memory: Memory, code: SetupCode) -> SetupCode:
    """Each of its devices that needs more than power; those of which the same is said, once."""
    guides: list[MakerGuide] = []
    for payload, text in zip(payloads_of(code), parts_of(code), strict=False):
        model, flow = _known(memory, payload)
        if flow in PREPARE and (guide := _of_payload(payload, model, flow, text)) not in guides:
            guides.append(guide)
    return replace(code, guides=tuple(guides)) if guides else code


def _known(memory: Memory, payload: MatterPayload) -> tuple[DeviceModel | None, int]:
    """What is known of its product, and its flow."""
    if payload.vendor_id is None or payload.product_id is None:
        return None, STANDARD
    model = product_models.find(memory, (payload.vendor_id, payload.product_id))
    if payload.flow is not None:
        return model, payload.flow
    return model, STANDARD if model is None else model.flow


def _of_payload(payload: MatterPayload, model: DeviceModel | None, flow: int, text: str) -> MakerGuide:
    guide = _guide(model or DeviceModel(), flow, text)
    return guide if payload.passcode is not None else replace(guide, steps=GET_CODE)


def _guide(model: DeviceModel, flow: int, code: str = "") -> MakerGuide:
    published = model.flow_url if flow == CUSTOM else ""
    link = next(filter(None, map(usable, (published, model.manual_url, model.support_url))), "")
    filled = with_payload(link, code) if code and link == published else None
    return MakerGuide(
        product=model.name,
        steps=_steps(model, flow),
        instruction=model.instruction,
        link=without_places(link) if link == published else link,
        link_with_code=None if filled is None else Secret(filled),
    )


def _steps(model: DeviceModel, flow: int) -> Text:
    told = what_to_press(model.hint, model.instruction) if flow == USER_INTENT else None
    return told or PREPARE[flow]

"""Messages against those of another implementation: read the same, and written octet by octet."""

import json
from pathlib import Path
from typing import Any

import pytest

from companion.protocols.matter.interaction import messages
from companion.protocols.matter.interaction.blocks import (
    AttributeData,
    AttributeReport,
    AttributeStatus,
    CommandData,
    CommandReply,
    CommandStatus,
    EventFilter,
    VersionFilter,
)
from companion.protocols.matter.interaction.paths import (
    APPEND,
    AttributePath,
    ClusterPath,
    CommandPath,
    EventPath,
)
from companion.protocols.matter.interaction.status import StatusBlock
from companion.protocols.matter.tlv import Shape, array, boolean, structure, text, unsigned

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "interaction.json").read_text())
ACL = AttributePath(0, 31, 0)
ITEM = AttributePath(0, 31, 0, APPEND)


def fields(tag: int, number: int, name: str) -> Any:
    return structure(tag, unsigned(0, number), text(1, name))


EXPECTED: dict[str, tuple[Shape[Any], Any]] = {
    "read": (
        messages.READ_REQUEST,
        messages.ReadRequest(
            (
                AttributePath(0, 0x28),
                AttributePath(None, 0x1D, 3),
                AttributePath(1, 0xFFF1FC00, 0xFFFD),
            )
        ),
    ),
    "readFilter": (
        messages.READ_REQUEST,
        messages.ReadRequest(
            (AttributePath(0, 0x28),),
            (EventPath(0, 0x28, 0, urgent=True),),
            (EventFilter(7),),
            fabric_filtered=False,
            versions=(VersionFilter(ClusterPath(0, 0x28), 0xDEADBEEF),),
        ),
    ),
    "report": (
        messages.REPORT_DATA,
        messages.ReportData(
            attributes=(
                AttributeReport(data=AttributeData(AttributePath(1, 6, 0), boolean(2, True), 1234)),
                AttributeReport(data=AttributeData(ITEM, fields(2, 1, "xy"), 5)),
                AttributeReport(status=AttributeStatus(AttributePath(1, 6, 77), StatusBlock(0x86))),
            ),
            more=True,
        ),
    ),
    "write": (
        messages.WRITE_REQUEST,
        messages.WriteRequest(True, (AttributeData(ACL, array(2)), AttributeData(ITEM, unsigned(2, 7)))),
    ),
    "writeResponse": (
        messages.WRITE_RESPONSE,
        messages.WriteResponse((AttributeStatus(ACL, StatusBlock(0)),)),
    ),
    "invoke": (
        messages.INVOKE_REQUEST,
        messages.InvokeRequest(False, False, (CommandData(CommandPath(0, 0x30, 0), fields(1, 60, "z")),)),
    ),
    "invokeResponse": (
        messages.INVOKE_RESPONSE,
        messages.InvokeResponse(
            (
                CommandReply(data=CommandData(CommandPath(0, 0x30, 1), fields(1, 0, ""))),
                CommandReply(status=CommandStatus(CommandPath(1, 6, 2), StatusBlock(1, 3))),
            )
        ),
    ),
    "timed": (messages.TIMED_REQUEST, messages.TimedRequest(500)),
    "status": (messages.STATUS_RESPONSE, messages.StatusResponse(0x9C)),
    "subscribe": (
        messages.SUBSCRIBE_REQUEST,
        messages.SubscribeRequest(True, 1, 600, (AttributePath(1, 6),)),
    ),
    "subscribeResponse": (messages.SUBSCRIBE_RESPONSE, messages.SubscribeResponse(99, 600)),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_matter_js_writes_what_we_write(name: str) -> None:
    shape, message = EXPECTED[name]
    theirs = bytes.fromhex(VECTORS[name])
    assert shape.decode(theirs) == message
    assert shape.encode(message) == theirs


def test_an_empty_list_is_read_and_left_out() -> None:
    last = messages.ReportData(99, quiet=True)
    assert messages.REPORT_DATA.decode(bytes.fromhex(VECTORS["reportLast"])) == last
    assert messages.REPORT_DATA.encode(last).hex() == "152400632904" + "24ff0c18"


def test_a_message_without_a_revision_is_read() -> None:
    """Early devices leave it out."""
    assert messages.STATUS_RESPONSE.decode(bytes.fromhex("1524000018")).status == 0

"""The app's own widgets, one idea a file. Everything a page needs is named here.

A widget's file is loaded when its name is first used: the first page needs a third of them, and each costs
the start a millisecond or two.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.widgets.banner import Banner, Tone
    from ui.widgets.button import Button, ButtonKind
    from ui.widgets.card import Card, Inset, Line, Stage
    from ui.widgets.check_list import CheckLine, CheckList, CheckState
    from ui.widgets.chip import Chip, RoomChip
    from ui.widgets.choice import Choice
    from ui.widgets.code_groups import CodeGroups, Group, GroupState
    from ui.widgets.countdown import Countdown
    from ui.widgets.device_row import DeviceRow
    from ui.widgets.field import Field
    from ui.widgets.finding_row import FindingRow, Level
    from ui.widgets.flow_layout import FlowLayout
    from ui.widgets.mark import Mark, mark_icon
    from ui.widgets.network_row import NetworkRow
    from ui.widgets.page_frame import PageFrame
    from ui.widgets.picture import ArtView, IconView
    from ui.widgets.rail import Rail, RailButton, RailEntry
    from ui.widgets.ring import Ring
    from ui.widgets.segment import Segment
    from ui.widgets.signal_bars import SignalBars
    from ui.widgets.step_list import StepList, StepRow
    from ui.widgets.step_track import MarkState, StepMark, StepTrack
    from ui.widgets.stepper import Stepper
    from ui.widgets.text import Label
    from ui.widgets.tile import Tile
    from ui.widgets.toggles import Switch, Tick
    from ui.widgets.validity_bar import ValidityBar

__all__ = [
    "ArtView",
    "Banner",
    "Button",
    "ButtonKind",
    "Card",
    "CheckLine",
    "CheckList",
    "CheckState",
    "Chip",
    "Choice",
    "CodeGroups",
    "Countdown",
    "DeviceRow",
    "Field",
    "FindingRow",
    "FlowLayout",
    "Group",
    "GroupState",
    "IconView",
    "Inset",
    "Label",
    "Level",
    "Line",
    "Mark",
    "MarkState",
    "NetworkRow",
    "PageFrame",
    "Rail",
    "RailButton",
    "RailEntry",
    "Ring",
    "RoomChip",
    "Segment",
    "SignalBars",
    "Stage",
    "StepList",
    "StepMark",
    "StepRow",
    "StepTrack",
    "Stepper",
    "Switch",
    "Tick",
    "Tile",
    "Tone",
    "ValidityBar",
    "mark_icon",
]

_HOMES = {
    "ArtView": "picture",
    "Banner": "banner",
    "Button": "button",
    "Card": "card",
    "CheckLine": "check_list",
    "CheckList": "check_list",
    "CheckState": "check_list",
    "Chip": "chip",
    "Choice": "choice",
    "CodeGroups": "code_groups",
    "Countdown": "countdown",
    "DeviceRow": "device_row",
    "Tile": "tile",
    "Field": "field",
    "FindingRow": "finding_row",
    "FlowLayout": "flow_layout",
    "Group": "code_groups",
    "GroupState": "code_groups",
    "Inset": "card",
    "IconView": "picture",
    "ButtonKind": "button",
    "Label": "text",
    "Level": "finding_row",
    "ValidityBar": "validity_bar",
    "Line": "card",
    "Mark": "mark",
    "NetworkRow": "network_row",
    "PageFrame": "page_frame",
    "RailEntry": "rail",
    "Rail": "rail",
    "RailButton": "rail",
    "Ring": "ring",
    "RoomChip": "chip",
    "Segment": "segment",
    "SignalBars": "signal_bars",
    "Stage": "card",
    "StepList": "step_list",
    "StepMark": "step_track",
    "StepRow": "step_list",
    "MarkState": "step_track",
    "StepTrack": "step_track",
    "Stepper": "stepper",
    "Switch": "toggles",
    "Tick": "toggles",
    "Tone": "banner",
    "mark_icon": "mark",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found

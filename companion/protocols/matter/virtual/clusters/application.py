"""What a device is for: a light is switched, a thermometer is read, and either can be identified."""

from __future__ import annotations

import math
from dataclasses import replace

from companion.protocols.matter.clusters import identify, on_off
from companion.protocols.matter.clusters.identify import Identify, IdentifyType
from companion.protocols.matter.clusters.table import Attribute, Nothing
from companion.protocols.matter.interaction.node import Access, ServedCluster
from companion.protocols.matter.interaction.status import DONE, StatusBlock
from companion.protocols.matter.tlv import INT16, Nullable
from companion.protocols.matter.virtual.state import effects
from companion.protocols.matter.virtual.state.state import DeviceState

TEMPERATURE, TEMPERATURE_REVISION = 0x0402, 4
MEASURED = Attribute(TEMPERATURE, 0, Nullable(INT16))
LOWEST, HIGHEST = Attribute(TEMPERATURE, 1, Nullable(INT16)), Attribute(TEMPERATURE, 2, Nullable(INT16))
"""Hundredths of a degree Celsius."""

_USUAL, _SWING, _PERIOD = 2150, 150, 600.0


def serve_identify(state: DeviceState) -> ServedCluster:
    """Identify (Application Clusters 1.2)."""

    def left(access: Access) -> int:
        return max(0, math.ceil(state.identifies_until - state.now))

    def run(request: Identify, access: Access) -> StatusBlock:
        return set_time(request.seconds, access)

    def set_time(seconds: int, access: Access) -> StatusBlock:
        state.identifies_until = state.now + seconds
        state.do(effects.Identifies(seconds))
        return DONE

    return ServedCluster(
        identify.CLUSTER,
        identify.REVISION,
        readers=dict(
            (
                identify.TIME.serve(left),
                identify.TYPE.serve(lambda access: IdentifyType.VISIBLE_INDICATOR),
            )
        ),
        writers=dict((identify.TIME.accept(set_time),)),
        commands=dict((identify.IDENTIFY.serve(run),)),
    )


def serve_light(state: DeviceState) -> ServedCluster:
    """On/Off (Application Clusters 1.5)."""

    def switch(on: bool) -> StatusBlock:
        state.change(replace(state.settings, on=on))
        cluster.touch()
        state.do(effects.Light(on))
        return DONE

    def turn_off(request: Nothing, access: Access) -> StatusBlock:
        return switch(False)

    def turn_on(request: Nothing, access: Access) -> StatusBlock:
        return switch(True)

    def toggle(request: Nothing, access: Access) -> StatusBlock:
        return switch(not state.settings.on)

    cluster = ServedCluster(
        on_off.CLUSTER,
        on_off.REVISION,
        readers=dict((on_off.ON_OFF.serve(lambda access: state.settings.on),)),
        commands=dict((on_off.OFF.serve(turn_off), on_off.ON.serve(turn_on), on_off.TOGGLE.serve(toggle))),
    )
    return cluster


def serve_thermometer(state: DeviceState) -> ServedCluster:
    """Temperature Measurement (Application Clusters 2.3): warmer and colder by the hour, made up."""

    def measured(access: Access) -> int:
        phase = 2 * math.pi * (state.now - state.started) / _PERIOD
        return _USUAL + round(_SWING * math.sin(phase))

    return ServedCluster(
        TEMPERATURE,
        TEMPERATURE_REVISION,
        readers=dict(
            (
                MEASURED.serve(measured),
                LOWEST.serve(lambda access: _USUAL - _SWING),
                HIGHEST.serve(lambda access: _USUAL + _SWING),
            )
        ),
    )

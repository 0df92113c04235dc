"""The radio: what is on the air, and links to it. The only room that imports bleak.

`open_radio` gives a `Radio`, `open_radios` several as one; a `Radio` gives `Advertisement`s and `Link`s; a
`Link` reads, writes and fills `Inbox`es. All failures are leaves of `companion.errors.RadioError`.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from companion.errors import RadioSpecError
from companion.radio.spec import RadioKind, RadioSpec, VirtualWorld, all_virtual, as_virtual, split_specs

if TYPE_CHECKING:
    from companion.radio.inbox import Inbox
    from companion.radio.link import Characteristic, Link
    from companion.radio.radio import Radio

__all__ = [
    "Characteristic",
    "Inbox",
    "Link",
    "Radio",
    "RadioKind",
    "RadioSpec",
    "VirtualWorld",
    "all_virtual",
    "as_virtual",
    "open_radio",
    "open_radios",
    "split_specs",
]

# At DEBUG these write every octet that is read or written, and with some protocols a passphrase is among
# them in clear.
for _talkative in ("bleak", "bumble"):
    logging.getLogger(_talkative).setLevel(logging.INFO)

# bleak costs 80 ms of start-up, so the names that need it are looked up on first use.
_HOMES = {
    "Characteristic": "companion.radio.link",
    "Inbox": "companion.radio.inbox",
    "Link": "companion.radio.link",
    "Radio": "companion.radio.radio",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


async def open_radio(spec: str, *, world: VirtualWorld | None = None) -> Radio:
    """The radio that `spec` names: "os[:hciN]", "os[:ADDRESS]" (of an adapter), "virtual" or
    "[virtual+]bumble:TRANSPORT" (`--radio`).

    world: what lives on the air of "virtual"; None takes the default world. Other radios ignore it.
    Raises RadioSpecError for a text of another form or a transport that can't be opened. Whether the
    computer's adapter works is found out by `Radio.check`, `scan` and `connect`, not here.
    """
    wanted = RadioSpec.parse(spec)
    if wanted.kind is RadioKind.OS:
        from companion.radio.radio import Radio

        return Radio(spec, adapter=wanted.adapter)
    try:
        from companion.radio.virtual.radio import open_bumble, open_virtual
    except ImportError as error:
        raise RadioSpecError(f"it needs the extra `companion[virtual]`: {error}", spec=spec) from error
    if wanted.kind is RadioKind.BUMBLE:
        return await open_bumble(wanted)
    return await open_virtual(wanted, world)


async def open_radios(specs: Sequence[str], *, world: VirtualWorld | None = None) -> Radio:
    """All of these radios, as one; each only once. `world`: see `open_radio`.

    Raises what `open_radio` and `all_virtual` raise.
    """
    wanted = tuple(dict.fromkeys(specs))
    all_virtual(wanted)
    if len(wanted) == 1:
        return await open_radio(wanted[0], world=world)
    from companion.radio.group import RadioGroup

    async with AsyncExitStack() as stack:
        opened = []
        for spec in wanted:
            opened.append(await open_radio(spec, world=world))
            stack.push_async_callback(opened[-1].close)
        stack.pop_all()
    return RadioGroup(opened)

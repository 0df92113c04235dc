"""The options that only ESP32 devices take, and how they reach the driver."""

from __future__ import annotations

from collections.abc import Mapping

from companion.protocols.options import GivenOptions, Option

ENDPOINT = "endpoint:"
"""What a key of `Order.extra` begins with, before the name of the application's endpoint."""

COMMISSION = (
    Option(
        "--send",
        "send a text to the application's endpoint NAME before the network",
        ("NAME=TEXT",),
        repeats=True,
    ),
)


def read(given: GivenOptions) -> Mapping[str, str]:
    """`Order.extra` of the texts to send. Raises ValueError."""
    sends = [each.partition("=") for each in given.get("send", ())]
    if not all(name and text for name, _, text in sends):
        raise ValueError("--send takes NAME=TEXT, neither of them empty")
    return {f"{ENDPOINT}{name}": text for name, _, text in sends}

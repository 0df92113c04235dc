"""What is to be expected before there is a link."""

from __future__ import annotations

from companion.model import Finding, Severity, Text

SECRET_WANTED = Finding(
    Text("A secret shows which device it is"),
    Text(
        "It is on the label, or the device shows it or asks for it. Without one, anyone in range could "
        "receive the key of your mesh network."
    ),
    Severity.INFO,
    expected=True,
)
UNPROTECTED = Finding(
    Text("You chose a method without a secret"),
    Text("Anyone in range can answer in its place and receive the key of your mesh network."),
    Severity.WARNING,
    expected=True,
)

"""What is to be expected before there is a link."""

from __future__ import annotations

from companion.model import Finding, Severity, Text

CERTIFICATES = Finding(
    Text("Both ends must prove their certificates"),
    Text("Companion sends nothing until the device has proved a certificate of a CA that you trust."),
    Severity.INFO,
    expected=True,
)

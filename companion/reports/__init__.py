"""Runs as others read them: held against each other, and written as files that name nobody.

The documents of a report are redacted before anything here sees them, see `registry/privacy/redaction.py`.
"""

REDACTED = (
    "Redacted by Companion: it holds only what is on a list of what may leave. Names, networks, addresses, "
    "serial numbers, keys and secrets are not in it."
)
"""The first line of each report says so."""
KINDS = ("json", "log", "html", "junit", "csv")
ENDINGS = {"json": "json", "log": "txt", "html": "html", "junit": "xml", "csv": "csv"}
"""How the name of a file of each kind ends."""

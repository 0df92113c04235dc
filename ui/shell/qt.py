"""Qt loaded, with Python's own import kept.

PySide6 puts an import of its own in place of Python's. It opens the source of every module that imports
something, and looks in it for PySide6, on behalf of `from __feature__ import ...`
(https://doc.qt.io/qtforpython-6/considerations.html#features) and `from PySide6... import *`. Nothing here
has either, and the reading costs the start of the window and the warm-up after it a third of a millisecond
for each module.
"""

from __future__ import annotations

import builtins


def load() -> None:
    """Import PySide6. Raises ImportError where it, or a library of the system that it needs, is missing."""
    pythons = builtins.__import__
    import PySide6.QtCore

    assert PySide6.QtCore
    builtins.__import__ = pythons

"""The palette (Ctrl+K) and the sheet of shortcuts (F1), over any page."""

"""The first page, restoring a backup, and the tour with a virtual device."""

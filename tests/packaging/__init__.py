"""Packages in a bare Debian 12: installed, used and removed as people do it: `python -m tests.packaging`."""

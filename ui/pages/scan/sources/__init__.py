"""Every way in which a code comes to the scan page, each in a module of its own."""

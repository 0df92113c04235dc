"""Company networks (802.1X, EAP-TLS): how a device logs in by its own certificate, and if that works."""

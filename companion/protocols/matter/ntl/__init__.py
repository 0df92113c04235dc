"""NTL: Matter messages as ISO 7816 commands of an NFC reader, for both ends (Matter Core 1.4.1, 4.21)."""

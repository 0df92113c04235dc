"""Encodings that several protocols share: CBOR, COSE, and P-256 signatures. See README.md in this folder."""

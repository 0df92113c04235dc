"""The server's key passes through the disk encrypted, for a moment, and alone."""

import ssl
import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from companion.endpoint.tls import load_chain, server_context
from companion.identity import IssuingCa
from tests.identity.requests import device_key

CA = IssuingCa.create("Companion 0a1b")


def test_the_key_file_is_encrypted_private_and_gone_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[tuple[bytes, int]] = []

    class Watching(ssl.SSLContext):
        def load_cert_chain(self, certfile, keyfile=None, password=None) -> None:  # type: ignore[no-untyped-def, override]
            seen.append((Path(certfile).read_bytes(), Path(certfile).stat().st_mode & 0o777))
            super().load_cert_chain(certfile, keyfile, password)

    key = device_key()
    load_chain(Watching(ssl.PROTOCOL_TLS_SERVER), key, CA.issue_server(key.public_key(), ("h",)).chain)
    ((pem, mode),) = seen
    assert b"ENCRYPTED PRIVATE KEY" in pem and mode == 0o600
    with pytest.raises(TypeError, match="encrypted"):
        serialization.load_pem_private_key(pem, password=None)
    assert list(tmp_path.iterdir()) == []


def test_the_context_takes_tls_1_3_with_a_certificate_and_no_resumption() -> None:
    context = server_context(CA, ("127.0.0.1", "localhost"))
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.num_tickets == 0
    assert [each["subject"][0][0][1] for each in context.get_ca_certs()] == ["Companion 0a1b"]  # type: ignore[index]

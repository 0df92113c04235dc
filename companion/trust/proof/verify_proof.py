"""python3 verify_proof.py FILE [OWNER.pem]: check a device's proof. It needs `cryptography` alone.

Get the owner's public key from the owner, not from whoever gave you the proof. Without it, compare the
fingerprint that is printed. `companion proof verify` makes the same checks and says more about each.
"""

import base64
import hashlib
import sys
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils


def item(data, at=0):  # CBOR (RFC 8949), as far as a proof uses it: the value, and where it ends
    major, info = data[at] >> 5, data[at] & 31
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(info, 0)
    count, at = int.from_bytes(data[at + 1 : at + 1 + width]) if width else info, at + 1 + width
    if major in (2, 3):
        return (data[at : at + count] if major == 2 else data[at : at + count].decode()), at + count
    if major in (4, 5):
        items = []
        for _ in range(count << major - 4):
            value, at = item(data, at)
            items.append(value)
        return (items if major == 4 else dict(zip(items[::2], items[1::2], strict=True))), at
    return {0: count, 1: -1 - count, 7: {20: False, 21: True}.get(info)}[major], at


def whole(data):
    value, end = item(data)
    assert end == len(data), "octets are missing, or too many"
    return value


def head(major, count):
    width = 0 if count < 24 else next(each for each in (1, 2, 4) if count < 1 << 8 * each)
    return bytes((major << 5 | {0: count, 1: 24, 2: 25, 4: 26}[width],)) + count.to_bytes(4)[4 - width :]


def octets(data, major=2):
    return head(major, len(data)) + data


def cose(signed, point, label):  # RFC 9052: an untagged COSE_Sign1 with ES256, its label as external_aad
    protected, unprotected, payload, signature = whole(signed)
    assert protected == b"\xa1\x01\x26" and unprotected == {} and len(signature) == 64
    said = b"\x84" + octets(b"Signature1", 3) + octets(protected) + octets(label) + octets(payload)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(utils.encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))
    return payload


def sha(data):
    return hashlib.sha256(data).digest()


def root(leaf, index, size, path):  # RFC 9162, section 2.1.3.2
    last = size - 1
    for sibling in path if index < size else [b""]:
        assert last > 0 and len(sibling) == 32
        is_right = index & 1 or index == last
        leaf = sha(b"\1" + (sibling + leaf if is_right else leaf + sibling))
        while is_right and index and not index & 1:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else None


def checks(proof, pem):  # what is checked, and whether it holds; a signature that does not hold raises
    owner, identity, grants, chain, entry = (proof[key] for key in (3, 4, 5, 7, 8))
    lists = all(isinstance(proof[key], list) for key in (5, 7, 10, 14))
    yield "form", lists and sorted(proof) == [*range(1, 15)] and (proof[1], proof[2]) == (1, "rp1")
    if pem is not None:
        key = serialization.load_pem_public_key(Path(pem).read_bytes())
        form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        yield "the owner is the one of the PEM file", key.public_bytes(*form) == owner
    kind, receipt, final = whole(entry)
    said = whole(cose(receipt, identity, b"rp1 receipt"))
    yield f"the device {said[5]} signed its receipt", kind == 1
    yield "and that it is final", whole(cose(final, identity, b"rp1 final")) == {1: said[1], 2: sha(receipt)}
    yield "the receipt names the owner", said[8] == sha(owner)
    digest = sha(head(4, len(grants)) + b"".join(map(octets, grants))) if grants else None
    yield "and the grants in the file, or none", said[9] == digest
    signer = owner
    for grant in grants:
        terms = whole(cose(grant, signer, b"rp1 grant"))
        yield "a grant is signed, and lasted until then", said[6] is None or said[6] < terms[4]
        signer = b"\4" + terms[8][1][-2] + terms[8][1][-3]
    if chain or proof[6]:
        ders = *chain, cose(proof[6], owner, b"companion root")
        read = [x509.load_der_x509_certificate(der) for der in ders]
        whole_bits = [der.endswith(b"\0" + each.signature) for der, each in zip(ders, read, strict=True)]
        yield "the certificates are as they were signed", all(whole_bits)
        for below, above in pairwise(read):
            below.verify_directly_issued_by(above)
        names = read[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        (name,) = names.get_values_for_type(x509.DNSName)
        wanted = [sha(identity)[:16].hex(), sha(owner)[:8].hex()]
        yield "the owner's CA certified this device", name.split(".")[0::2] == wanted
    log = whole(cose(proof[11], owner, b"rp1 head"))
    found = root(sha(b"\0" + entry), proof[9], log[1], proof[10])
    yield f"the log of {log[1]} entries holds the receipt", found == log[2]
    origin, public = whole(cose(proof[12], owner, b"rp1 log key")).values()
    text, _, lines = proof[13].rpartition("\n\n")
    told = f"{origin}\n{log[1]}\n{base64.b64encode(log[2]).decode()}"
    yield "the checkpoint says the same", text == told and origin == log[4]
    keys = {origin: b"\1" + public}
    for name, mark, key in (each.split("+", 2) for each in proof[14]):
        keys[name] = base64.b64decode(key, validate=True)
        yield f"{name} has its key", mark == sha(f"{name}\n".encode() + keys[name])[:4].hex()
    for line in lines.split("\n")[:-1]:
        dash, name, written = line.split(" ")
        signed, key, message = base64.b64decode(written, validate=True), keys.pop(name), f"{text}\n"
        yield f"{name} signed it", signed[:4] == sha(f"{name}\n".encode() + key)[:4] and dash == "—"
        assert base64.b64encode(signed).decode() == written and key[0] in (1, 4)
        if key[0] == 4:  # a witness: c2sp.org/tlog-cosignature
            message = f"cosignature/v1\ntime {int.from_bytes(signed[4:12])}\n{message}"
        verify = ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify
        verify(signed[4 if key[0] == 1 else 12 :], message.encode())
    yield "the log and every witness signed it", not keys


def main(file, pem=None):
    done = "reading the file"
    try:
        proof = whole(Path(file).read_bytes()[:65536])
        for done, holds in checks(proof, pem):
            print("  passed  " if holds else "  FAILED  ", done)
            assert holds
        print(f"It holds. The owner's key is {sha(proof[3])[:8].hex(':').upper()}.")
    except Exception as problem:
        sys.exit(f"It does not hold, after “{done}”: {type(problem).__name__} {problem}")


if __name__ == "__main__":
    main(*sys.argv[1:3])

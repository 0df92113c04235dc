"""python3 verify_signatures.py FILE: what owner, holders of grants and device signed in a device's proof.

It leads from the owner's key through grants to the device's receipt, and to the receipt's place in the
owner's log. What grants allow, certificates, revocations and witnesses: verify_proof.py.
Compare the owner's fingerprint. It needs Python 3.10 or newer, and `cryptography` alone.
"""

import sys
from hashlib import sha256
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils


def need(holds):
    if not holds:
        raise ValueError


def sha(*octets):
    return sha256(b"".join(octets)).digest()


def item(octets):  # one value of CBOR (RFC 8949), as far as a proof uses it
    first = octets.read(1)[0]
    major, count = first >> 5, first & 31
    if count > 23:
        count = int.from_bytes(octets.read(1 << count - 24), "big")
    if major in (2, 3):
        text = octets.read(count)
        need(len(text) == count)
        return text if major == 2 else text.decode()
    if major in (4, 5):
        values = [item(octets) for _ in range(count * (major - 3))]
        return values if major == 4 else dict(zip(values[::2], values[1::2], strict=True))
    return {0: count, 1: ~count, 7: {20: False, 21: True}.get(count)}[major]


def cbor(data):
    octets = BytesIO(data)
    value = item(octets)
    need(not octets.read())
    return value


def bstr(data):  # from 24 to 65,535 octets, with CBOR's head
    size = len(data).to_bytes(2, "big")
    return (b"\x59" + size if size[0] else b"\x58" + size[1:]) + data


def es256(point, signature, message):
    need(len(signature) == 64)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))


def signed(octets, point, label):  # what an untagged COSE_Sign1 says (RFC 9052); label: its external_aad
    head, payload, signature = octets[:6], octets[6:-66], octets[-66:]
    need(head + signature[:2] == b"\x84\x43\xa1\x01\x26\xa0\x58\x40")
    size = bytes((0x40 + len(label),))
    es256(point, signature[2:], b"\x84\x6aSignature1\x43\xa1\x01\x26" + size + label + payload)
    return cbor(payload)


def holder(terms):
    return b"\4" + terms[8][1][-2] + terms[8][1][-3]


def root(leaf, index, size, path):  # RFC 9162, section 2.1.3: the path's end is the sibling below the root
    if size == 1:
        need(index == 0 and not path)
        return leaf
    *path, sibling = path
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return sha(b"\1", root(leaf, index, left, path), sibling)
    return sha(b"\1", sibling, root(leaf, index - left, size - left, path))


def checks(proof):  # names each check and then makes it; what does not hold raises
    yield "the file is a proof"
    need([*proof] == [*range(1, 17)] and (proof[1], proof[2]) == (1, "rp1"))
    need(all(isinstance(proof[key], list) for key in (5, 7, 10, 14)))
    owner, identity, grants, entry = proof[3], proof[4], proof[5], proof[8]
    yield "the device signed its receipt"
    kind, receipt, final = cbor(entry)
    said = cbor(signed(receipt, identity, b"rp1 receipt"))
    need(kind == 1)
    yield "the device signed that the receipt is final"
    need(cbor(signed(final, identity, b"rp1 final")) == {1: said[1], 2: sha(receipt)})
    yield "the receipt names the owner"
    need(said[8] == sha(owner))
    signer = owner
    for number, grant in enumerate(grants, 1):
        yield f"grant {number} is signed by the {'holder of the one before' if number > 1 else 'owner'}"
        signer = holder(cbor(signed(grant, signer, b"rp1 grant")))
    yield "the device was set up under these grants" if grants else "the device was set up under no grant"
    digest = sha(bytes((0x80 + len(grants),)), *map(bstr, grants)) if grants else None
    if proof[15]:  # it had no owner yet: the last holder took it for this one
        terms, signature = cbor(proof[15])
        es256(signer, signature, b"rp1 own" + sha(identity)[:16] + said[1] + terms + digest)
    else:
        need(said[9] == digest)
    yield "the owner signed the head of the log"
    head = cbor(signed(proof[11], owner, b"rp1 head"))
    yield "the log contains the receipt"
    need(root(sha(b"\0", entry), proof[9], head[1], proof[10]) == head[2])


def run(file, checks, verdict):
    what = "the file is a proof"
    try:
        proof = cbor(Path(file).read_bytes()[:65536])
        for done, what in pairwise(chain(checks(proof), ("",))):  # noqa: B007 - what is in the message
            print(" ", done)
    except OSError as problem:
        sys.exit(str(problem))
    except Exception:
        sys.exit(f"The proof is not valid: “{what}” failed.")
    print(f"{verdict} The owner's key is {sha(proof[3])[:8].hex(':').upper()}.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    run(sys.argv[1], checks, "These signatures hold. verify_proof.py checks the rest.")

"""python3 verify_signatures.py FILE: what owner, holders of grants and device signed in a device's proof.

It leads from the owner's key through grants to the device's receipt, and to the receipt's place in the
owner's log, and ends with an error at the first check that fails. What grants allow, certificates,
revocations and witnesses: verify_proof.py. Compare the owner's key.
It needs Python 3.10 or newer, and `cryptography` alone.
"""

import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils


def need(holds):
    if not holds:
        raise ValueError


def sha(*octets):
    return sha256(b"".join(octets)).digest()


def item(octets):  # one value of CBOR (RFC 8949), as far as a proof uses it
    major, count = divmod(octets.read(1)[0], 32)
    count = count if count < 24 else int.from_bytes(octets.read(1 << count - 24), "big")
    if major in (2, 3):
        return octets.read(count) if major == 2 else octets.read(count).decode()
    if major in (4, 5):
        values = [item(octets) for _ in range(count * (major - 3))]
        return values if major == 4 else dict(zip(values[::2], values[1::2], strict=True))
    return {0: count, 1: ~count, 7: {20: False, 21: True}.get(count)}[major]


def cbor(data):
    octets = BytesIO(data + b"\0")  # one more, which a value that is cut short would take
    value, (_,) = item(octets), octets.read()
    return value


def es256(point, signature, message):
    need(len(signature) == 64)
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))


def signed(octets, point, label):  # what an untagged COSE_Sign1 says (RFC 9052); label: its external_aad
    payload, size = octets[6:-66], bytes((0x40 + len(label),))
    need(octets[:6] + octets[-66:-64] == b"\x84\x43\xa1\x01\x26\xa0\x58\x40")
    es256(point, octets[-64:], b"\x84\x6aSignature1\x43\xa1\x01\x26" + size + label + payload)
    return cbor(payload)


def root(node, index, size, path):  # RFC 9162, section 2.1.3: from the leaf at this index of the tree upwards
    turn = (index ^ size - 1).bit_length()  # the level from which on all that is missing is left of it
    need(0 <= index < size and len(path) == turn + (index >> turn).bit_count())
    for level, other in enumerate(path):
        node = sha(b"\1", other, node) if level >= turn or index >> level & 1 else sha(b"\1", node, other)
    return node


def checks(proof):  # names each check and then makes it; what does not hold raises
    yield "the file is a proof"
    form = [int, str, *[bytes] * 4, list, bytes, int, list, bytes, bytes, str, list, bytes, bytes]
    need([*proof, *map(type, proof.values()), proof[2]] == [*range(1, 17), *form, "rp1"])
    owner, identity, grants, entry = proof[3], proof[4], proof[5], proof[8]
    yield "the device signed its receipt for this owner, and that it is final"
    kind, receipt, final = cbor(entry)
    said, done = cbor(signed(receipt, identity, b"rp1 receipt")), cbor(signed(final, identity, b"rp1 final"))
    need((proof[1], kind, said[8], done) == (1, 1, sha(owner), {1: said[1], 2: sha(receipt)}))
    yield "the grants lead from the owner to who set up the device" if grants else "it was under no grant"
    signer, digest = owner, sha(grants) if grants else None
    for grant in cbor(grants or b"\x80"):
        key = cbor(signed(grant, signer, b"rp1 grant"))[8][1]
        signer = b"\4" + key[-2] + key[-3]
    if proof[15]:  # it had no owner yet: the last holder took it for this one
        terms, signature = cbor(proof[15])
        es256(signer, signature, b"rp1 own" + sha(identity)[:16] + said[1] + terms + digest)
    need(proof[15] or said[9] == digest)
    yield "the owner signed the head of the log, and the log contains the receipt"
    head = cbor(signed(proof[11], owner, b"rp1 head"))
    need(root(sha(b"\0", entry), proof[9], head[1], proof[10]) == head[2])


if __name__ == "__main__":
    for check in checks(proof := cbor(Path(sys.argv[1]).read_bytes())):
        print("Checking:", check)
    print(f"All of these signatures hold. The owner's key is {sha(proof[3])[:8].hex(':').upper()}.")

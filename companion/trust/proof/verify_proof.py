"""python3 verify_proof.py FILE [OWNER.pem] [--witness KEY]: check a device's proof.

It needs `cryptography` alone, and Python 3.10 or newer.
Get the owner's public key from the owner, not from whoever gave you the proof. Without it, compare the
fingerprint that is printed. --witness takes a witness's key, as the witness itself shows it, and may be
repeated: a key that only the proof names may be anybody's. `companion proof verify` makes the same checks
and says more about each.
"""

import argparse
import base64
import sys
import time
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def item(octets):  # one value of CBOR (RFC 8949), as far as a proof uses it
    first = octets.read(1)[0]
    major, count = first >> 5, first & 31
    if count > 23 and major != 7:
        count = int.from_bytes(octets.read(1 << count - 24), "big")
    if major in (2, 3):
        text = octets.read(count)
        assert len(text) == count, "octets are missing"
        return text if major == 2 else text.decode()
    if major == 4:
        return [item(octets) for _ in range(count)]
    if major == 5:
        return {item(octets): item(octets) for _ in range(count)}
    return {0: count, 1: -1 - count, 7: {20: False, 21: True}.get(count)}[major]


def whole(data):
    octets = BytesIO(data)
    value = item(octets)
    assert not octets.read(), "octets are too many"
    return value


def bstr(data, major=2):  # data, or that many items, with the head that CBOR puts before it
    size = len(data)
    width, mark = (0, size) if size < 24 else (1, 24) if size < 256 else (2, 25)
    head = bytes((major << 5 | mark,)) + size.to_bytes(2, "big")[2 - width :]
    return head + (data if major < 4 else b"".join(data))


def sha(data):
    return sha256(data).digest()


def es256(point, signature, message):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    assert len(signature) == 64


def cose(signed, point, label):  # RFC 9052: an untagged COSE_Sign1, its label as external_aad
    protected, unprotected, payload, signature = whole(signed)
    assert (protected, unprotected) == (b"\xa1\x01\x26", {})
    said = bstr((bstr(b"Signature1", 3), bstr(protected), bstr(label), bstr(payload)), 4)
    es256(point, signature, said)
    return payload


def root(leaf, index, size, path):  # RFC 9162, section 2.1: the path's end is the sibling below the root
    if size == 1:
        assert index == 0 and not path
        return leaf
    *path, sibling = path
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return sha(b"\1" + root(leaf, index, left, path) + sibling)
    return sha(b"\1" + sibling + root(leaf, index - left, size - left, path))


def checks(proof, pem, witnesses=()):  # what is checked, and whether it holds (None: not known)
    # A bad signature raises: with `...` comes what is about to be checked.
    yield "form", ...
    owner, identity, entry = proof[3], proof[4], proof[8]
    lists = all(isinstance(proof[key], list) for key in (5, 7, 10, 14))
    yield "form", lists and sorted(proof) == [*range(1, 17)] and (proof[1], proof[2]) == (1, "rp1")
    if pem is not None:
        yield "the owner is the one of the PEM file", ...
        form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        key = serialization.load_pem_public_key(Path(pem).read_bytes())
        yield "the owner is the one of the PEM file", key.public_bytes(*form) == owner
    yield "the device signed its receipt", ...
    kind, receipt, final = whole(entry)
    said = whole(cose(receipt, identity, b"rp1 receipt"))
    yield f"the device {said[5]} signed its receipt", kind == 1
    yield "and that it is final", ...
    yield "and that it is final", whole(cose(final, identity, b"rp1 final")) == {1: said[1], 2: sha(receipt)}
    yield "the receipt names the owner", said[8] == sha(owner)
    site = yield from certificate(proof, owner, identity)
    yield from grants(proof, owner, identity, said, site)
    yield from log(proof, owner, entry, witnesses)


def certificate(proof, owner, identity):
    if not proof[7] and not proof[6]:
        yield "the owner's CA certified this device", None
        return None
    yield "the owner signed the root of its CA", ...
    ders = *proof[7], cose(proof[6], owner, b"companion root")
    yield "the certificates are as they were signed", ...
    read = [x509.load_der_x509_certificate(der) for der in ders]
    whole_bits = [der.endswith(b"\0" + each.signature) for der, each in zip(ders, read, strict=True)]
    yield "the certificates are as they were signed", all(whole_bits)
    for below, above in pairwise(read):
        yield "and issued by a CA", ...
        algorithm = ec.ECDSA(below.signature_hash_algorithm)
        above.public_key().verify(below.signature, below.tbs_certificate_bytes, algorithm)
        assert below.issuer == above.subject
        yield "and issued by a CA", above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    yield "the owner's CA certified this device", ...
    (name,) = read[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    fp, site, its, _ = name.value.split(".")
    wanted = sha(identity)[:16].hex(), sha(owner)[:8].hex()
    yield "the owner's CA certified this device", (fp, its) == wanted
    return site


def grants(proof, owner, identity, said, site):
    chain, signer, above, ids = proof[5], owner, None, []
    for grant in chain:
        yield "a grant is signed by who may issue it", ...
        terms = whole(cose(grant, signer, b"rp1 grant"))
        scope, depth, epoch, end = (terms[key] for key in (-70001, -70003, -70004, 4))
        places = {each.lower() if isinstance(each, str) else tuple(each) for each in terms[-70002]}
        here = bool(places & {("*",), (site,), said[5].lower()})
        yield "a grant is for this device", here or (None if site is None else False)
        yield "and lasted until then", said[6] is None or said[6] < end
        if above is not None:
            rights, rest, last_epoch, last_end, last = above
            inside = ("*",) in last or places <= last
            narrow = rights & 64 and not scope & ~rights and depth < rest and epoch <= last_epoch
            yield "and it does not exceed the one above", narrow and inside and end <= last_end
        above, signer = (scope, depth, epoch, end, places), b"\4" + terms[8][1][-2] + terms[8][1][-3]
        ids += terms[7], sha(signer)[:8]
    digest = sha(bstr([bstr(each) for each in chain], 4)) if chain else None
    if proof[15]:
        yield "the last holder took the device for the owner", ...
        signed, signature = whole(proof[15])
        es256(signer, signature, b"rp1 own" + sha(identity)[:16] + said[1] + signed + digest)
        yield "the last holder took the device for the owner", scope & 1
    else:
        yield "the receipt names these grants, or none", said[9] == digest
    claim = "nobody in the chain is revoked"
    if proof[16]:
        yield claim, ...
        floor, listed, keys, at, _ = whole(cose(proof[16], owner, b"rp1 rev")).values()
        ended = set(ids) & {*listed, *keys} or (chain and whole(whole(chain[0])[2])[-70004] < floor)
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at))
        yield f"{claim}, by the list of {day}", not ended or None
    elif chain:
        yield f"{claim}: no list is in the file", None


def key_id(name, key):
    return sha(f"{name}\n".encode() + key)[:4]


def log(proof, owner, entry, expected):
    yield "the log contains the receipt", ...
    log = whole(cose(proof[11], owner, b"rp1 head"))
    found = root(sha(b"\0" + entry), proof[9], log[1], proof[10])
    yield f"the log of size {log[1]} contains the receipt", found == log[2]
    yield "the checkpoint matches the head", ...
    origin, public = whole(cose(proof[12], owner, b"rp1 log key")).values()
    text, _, lines = proof[13].rpartition("\n\n")  # C2SP tlog-checkpoint, with tlog-cosignatures
    told = f"{origin}\n{log[1]}\n{base64.b64encode(log[2]).decode()}"
    yield "the checkpoint matches the head", text == told and origin == log[4]
    ours = b"\1" + public
    keys, named = {(origin, key_id(origin, ours)): ours}, {(origin, ours)}
    for vkey in proof[14]:
        name, mark, written = vkey.split("+", 2)
        yield f"{name} has its key", ...
        key = base64.b64decode(written, validate=True)
        keys[name, key_id(name, key)] = key
        named |= {(name, key)} if vkey in expected else set()
        yield f"{name} has its key", mark == key_id(name, key).hex()
    for line in lines.split("\n")[:-1]:
        yield "the log and every witness signed it", ...
        dash, name, written = line.split(" ")
        yield f"{name} signed it", ...
        signed = base64.b64decode(written, validate=True)
        key, at = keys.pop((name, signed[:4])), signed[4:12]
        if key[0] == 6:  # a witness with ML-DSA-44
            from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey as Key

            names = (bytes((len(each),)) + each for each in (name.encode(), origin.encode()))
            tree = bytes(8) + log[1].to_bytes(8, "big") + log[2]
            signature, message = signed[12:], b"subtree/v1\n\0" + at.join(names) + tree
        else:  # the log itself, or a witness with Ed25519
            said = f"cosignature/v1\ntime {int.from_bytes(at, 'big')}\n" if key[0] == 4 else ""
            Key, signature, message = Ed25519PublicKey, signed[12:], f"{said}{text}\n".encode()
            signature = signature if said else signed[4:]
        Key.from_public_bytes(key[1:]).verify(signature, message)
        tidy = (
            base64.b64encode(signed).decode() == written and dash == "—" and (key == ours or key[0] in (4, 6))
        )
        if tidy and (name, key) not in named:
            yield f"a key that calls itself {name}, which you have not named, signed it", None
        else:
            yield f"{name} signed it", tidy
    for vkey in expected:
        if vkey not in proof[14]:
            yield f"{vkey.split('+')[0]} signed it under the key that you named", False
    yield "the log and every witness signed it", not keys


def plain(text):  # names in a proof are a stranger's: none of them may draw over other lines
    return "".join(each if each.isprintable() else "?" for each in str(text))


def main(file, pem=None, witnesses=()):
    what = "reading the file"
    try:
        proof = whole(Path(file).read_bytes()[:65536])
        for what, holds in checks(proof, pem, witnesses):
            if holds is not ...:
                print(
                    "  passed  " if holds else "  not known" if holds is None else "  FAILED  ", plain(what)
                )
            if not holds and holds is not None:
                sys.exit(f"The proof is not valid: “{plain(what)}” failed.")
        print(f"The proof is valid. The owner's key is {sha(proof[3])[:8].hex(':').upper()}.")
    except ImportError as problem:
        sys.exit(f"Not checked: for “{plain(what)}”, a newer `cryptography` is needed: {plain(problem)}")
    except Exception as problem:
        print("  FAILED  ", plain(what))
        why = f"{type(problem).__name__} {plain(problem)}".strip()
        sys.exit(f"The proof is not valid: “{plain(what)}” failed ({why}).")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Check a device's proof.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("pem", nargs="?", metavar="OWNER.pem", help="the owner's public key")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="it has to have signed")
    given = parser.parse_args()
    main(given.file, given.pem, given.witness)

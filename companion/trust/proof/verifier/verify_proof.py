"""python3 verify_proof.py FILE [OWNER.pem] [--witness KEY]: everything that a device's proof proves.

It begins with verify_signatures.py, which has to lie beside it; then whose the owner's key is, certificates,
what grants allow, revocations, and who signed the log's head. It needs `cryptography` alone.
Get the owner's public key from the owner, not from whoever gave you the proof; without it, compare the
fingerprint. --witness takes a witness's key, as the witness itself shows it, and may be repeated: a key that
only the proof names may be anybody's. `companion proof verify` checks the same and says more about it.
"""

import argparse
import base64
import sys
import time
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from verify_signatures import cbor, need, sha, signed
from verify_signatures import checks as signatures

END, CTI, SCOPE, PLACES, DEPTH, EPOCH, USES = 4, 7, -70001, -70002, -70003, -70004, -70005
ONBOARD, CHANGE, PASS_ON = 1, 1 | 2 | 4, 64


def checks(proof, pem=None, witnesses=()):  # names each check and then makes it; what does not hold raises
    yield from signatures(proof)
    yield "the owner is the one of the PEM file" if pem else "not known: whether this is the owner's key"
    if pem:
        key = serialization.load_pem_public_key(Path(pem).read_bytes())
        form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        need(key.public_bytes(*form) == proof[3])
    site = yield from certificates(proof[7], proof[6], proof[3], proof[4])
    said = cbor(cbor(cbor(proof[8])[1])[2])
    terms = [cbor(cbor(grant)[2]) for grant in cbor(proof[5] or b"\x80")]
    yield from grants(terms, said, site, ONBOARD if proof[15] else CHANGE)
    yield from revoked(terms, proof[16], proof[3])
    yield from log(proof, witnesses)


def certificates(below, top, owner, identity):  # returns the site that the device's certificate names
    if not below and not top:
        yield "not known: whether the owner's CA certified the device"
        return None
    yield "the owner signed the root of its CA"
    ders = *below, signed(top, owner, b"companion root")
    yield "each certificate is as it was signed, by the CA above it"
    read = [x509.load_der_x509_certificate(der) for der in ders]
    need(all(der.endswith(b"\0" + each.signature) for der, each in zip(ders, read, strict=True)))
    for number, (below, above) in enumerate(pairwise(read)):
        algorithm = ec.ECDSA(below.signature_hash_algorithm)
        above.public_key().verify(below.signature, below.tbs_certificate_bytes, algorithm)
        may = above.extensions.get_extension_for_class(x509.BasicConstraints).value
        need(may.ca and below.issuer == above.subject)
        need(may.path_length is None or number <= may.path_length)
    yield "the certificate names this device and this owner"
    (name,) = read[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    device, site, its, _ = name.value.split(".")
    need((device, its) == (sha(identity)[:16].hex(), sha(owner)[:8].hex()))
    return site


def holder(terms):
    return b"\4" + terms[8][1][-2] + terms[8][1][-3]


def places(terms):
    return {each.lower() if isinstance(each, str) else tuple(each) for each in terms[PLACES]}


def grants(every, said, site, wanted):
    for number, (above, below) in enumerate(pairwise(every), 2):
        yield f"grant {number} does not exceed the one before"
        need(above[SCOPE] & PASS_ON and not below[SCOPE] & ~above[SCOPE])
        need(("*",) in places(above) or places(below) <= places(above))
        need(below[DEPTH] < above[DEPTH] and below[EPOCH] <= above[EPOCH])
        need(below[END] <= above[END] and USES not in below)
    for number, terms in enumerate(every, 1):
        here = places(terms) & {("*",), (site,), said[5].lower()}
        yield ("" if here or site else "not known: ") + f"grant {number} is for this device"
        need(here or not site)
        yield ("" if said[6] else "not known: ") + f"grant {number} had not ended"
        need(not said[6] or said[6] < terms[END])
    if every:
        yield "the last one is for what was done"
        need(every[-1][SCOPE] & wanted)


def revoked(every, listed, owner):
    if every and not listed:
        yield "not known: whether a grant is revoked, for the file has no list"
    if listed:
        yield "the owner signed the list of what is revoked"
        floor, ids, keys, at, _ = cbor(signed(listed, owner, b"rp1 rev")).values()
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at))
        ended = any(each[CTI] in ids or sha(holder(each))[:8] in keys for each in every)
        if ended or (every and every[0][EPOCH] < floor):
            yield f"not known: since when a grant is revoked, as the list of {day} says"
        else:
            yield f"nobody in the chain is revoked, by the list of {day}"


def vkey_of(name, key):  # C2SP signed-note
    mark = sha(f"{name}\n".encode(), key)[:4]
    return f"{name}+{mark.hex()}+{base64.b64encode(key).decode()}"


def log(proof, expected):
    yield "the log's checkpoint says what the owner signed"
    head = cbor(signed(proof[11], proof[3], b"rp1 head"))
    origin, public = cbor(signed(proof[12], proof[3], b"rp1 log key")).values()
    text, _, lines = proof[13].rpartition("\n\n")  # C2SP tlog-checkpoint, with tlog-cosignatures
    need(text == f"{origin}\n{head[1]}\n{base64.b64encode(head[2]).decode()}" and origin == head[4])
    own, lines = vkey_of(origin, b"\1" + public), lines.split("\n")
    yield "each signature of the checkpoint has its key in the file, and each key its signature"
    need(len(lines) == len(proof[14]) + 2 and not lines[-1])
    for vkey, line in zip((own, *proof[14]), lines[:-1], strict=True):
        name, mark, written = vkey.split("+", 2)
        known = vkey == own or vkey in expected
        yield plain(f"{name} signed it" if known else f"not known: whose key it is that signed it as {name}")
        key, said = (base64.b64decode(each, validate=True) for each in (written, line.split(" ")[2]))
        need(vkey == vkey_of(name, key) and said[:4].hex() == mark)
        need(line == f"— {name} {base64.b64encode(said).decode()}")
        cosigned(key, said[4:], name, head, f"{text}\n".encode(), own=vkey == own)
    for vkey in expected:
        yield plain(f"{vkey.split('+')[0]} signed it under the key that you named")
        need(vkey in proof[14])


def cosigned(key, signature, name, head, note, *, own):
    if own:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, note)
        return
    at, signature = signature[:8], signature[8:]
    if key[0] == 4:
        time_of = f"cosignature/v1\ntime {int.from_bytes(at, 'big')}\n".encode()
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, time_of + note)
        return
    need(key[0] == 6)
    try:
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
    except ImportError:
        sys.exit(plain(f"Not checked: for the signature of {name}, a newer `cryptography` is needed."))
    names = (bytes((len(each),)) + each for each in (name.encode(), head[4].encode()))
    message = b"subtree/v1\n\0" + at.join(names) + bytes(8) + head[1].to_bytes(8, "big") + head[2]
    MLDSA44PublicKey.from_public_bytes(key[1:]).verify(signature, message)


def plain(text):  # names in a proof are a stranger's: none of them may draw over other lines
    return "".join(each if each.isprintable() else "?" for each in text)


def run(file, checks):
    what = "the file is a proof"
    try:
        proof = cbor(Path(file).read_bytes()[:65536])
        for done, what in pairwise(chain(checks(proof), ("",))):  # noqa: B007 - what is in the message
            print(" ", done)
    except OSError as problem:
        sys.exit(str(problem))
    except Exception:
        sys.exit(f"The proof is not valid: “{what}” failed.")
    print(f"The proof is valid. The owner's key is {sha(proof[3])[:8].hex(':').upper()}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Check a device's proof.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("pem", nargs="?", metavar="OWNER.pem", help="the owner's public key")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="it has to have signed")
    given = parser.parse_args()
    run(given.file, partial(checks, pem=given.pem, witnesses=given.witness))

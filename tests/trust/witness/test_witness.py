"""A second computer sees the log grow, and signs nothing that it can't continue."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from companion.errors import LogRewritten, StorageError, WitnessRefused, WitnessUnreachable
from companion.identity.log_key import LogKey
from companion.model import Verdict
from companion.protocols.discovery import receipt_reader
from companion.registry.lookup import by_id
from companion.registry.transparency.witnesses import WitnessRecord
from companion.trust.proof import export
from companion.trust.proof.checks import check_proof
from companion.trust.proof.document import encode
from companion.trust.transparency import split
from companion.trust.transparency.checkpoint import checkpoint_of, cosign, sign_checkpoint, witness_key
from companion.trust.transparency.entries import LogHead
from companion.trust.transparency.note import in_base64, read_note
from companion.trust.witness.client import Asking, key_at, post
from companion.trust.witness.local_witness import FILE, LocalWitness
from companion.trust.witness.server import WitnessServer
from tests.trust.proof.samples import checks, commission, identity_in, open_both, passes


class Office:
    """A log of two entries, and the office PC that watches it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry, self.identity = open_both(folder / "owner")
        self.devices = [self.add(number) for number in range(2)]
        self.asking = Asking(self.registry.log, self.identity, folder / "owner")
        self.vault = identity_in(folder / "office").vault
        self.local = LocalWitness(folder / "office", self.vault)
        self.local.watch(self.asking.log_key())
        self.witness = WitnessRecord("Office PC", self.local.key)

    def add(self, number: int) -> str:
        return commission(self.registry, self.identity, f"SN-{number}").id

    def by_file(self) -> WitnessRecord:
        request, asked = self.asking.request(self.witness)
        answer = self.local.answer(request)
        assert answer.status is HTTPStatus.OK, answer.body
        self.witness = self.asking.take(asked, answer.body)
        return self.witness

    def alter(self, statement: str) -> None:
        with closing(sqlite3.connect(self.folder / "owner" / "registry.db")) as database:
            database.executescript(statement)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.registry.close()


@contextmanager
def serving(local: LocalWitness) -> Iterator[str]:
    with WitnessServer(("127.0.0.1", 0), local) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_what_a_witness_saw_is_in_the_proof(office: Office) -> None:
    office.by_file()
    later = office.add(7)
    device = office.registry.device(by_id(office.devices[0]))
    proof = export.make_proof(office.registry, office.identity, device)
    owner, witness = office.identity.owner.public, [office.local.key]
    checked = check_proof(encode(proof), receipt_reader, owner=owner, known=witness)
    assert {each.verdict for each in checked.checks} == {Verdict.PASSED}
    assert [name for name, _ in checked.seen] == [office.local.key.name]
    told = checks(encode(proof), list(map(str, witness)))
    assert f"{office.local.key.name} signed it" in told
    # The third entry is newer than what the witness saw, and its proof says so by having none.
    new = export.make_proof(office.registry, office.identity, office.registry.device(by_id(later)))
    assert not new.witnesses and check_proof(encode(new), receipt_reader).holds


def test_an_expected_witness_is_known_by_its_key_and_not_by_its_name(office: Office) -> None:
    """Whoever makes a proof can make a witness, too, and give it the name of another."""
    office.by_file()
    device = office.registry.device(by_id(office.devices[0]))
    proof = export.make_proof(office.registry, office.identity, device)
    own = Ed25519PrivateKey.generate()
    made = witness_key(office.local.key.name, own.public_key().public_bytes_raw())
    checkpoint = proof.checkpoint[: proof.checkpoint.rstrip("\n").rfind("\n") + 1]
    line = cosign(read_note(checkpoint), datetime.now(UTC), made, own.sign)
    forged = encode(replace(proof, checkpoint=f"{checkpoint}{line}\n", witnesses=(str(made),)))
    assert check_proof(forged, receipt_reader).holds, "by itself it names a witness, and no more"
    assert not check_proof(forged, receipt_reader, expected=[office.local.key]).holds
    assert check_proof(encode(proof), receipt_reader, expected=[office.local.key]).holds


def test_a_witness_signs_against_quantum_computers_too(office: Office) -> None:
    """Under a second key of the same name. Both lines are in the proof, where the log knows both keys."""
    assert office.local.ml_dsa_key is not None
    office.by_file()
    ours = WitnessRecord("Office PC, ML-DSA", office.local.ml_dsa_key)
    office.registry.log.witnesses.keep(ours)
    first = office.witness.sighting
    assert first is not None
    body, asked = office.asking.request(ours, first.size)
    answer = office.local.answer(body)
    assert answer.status == 200 and len(answer.body.splitlines()) == 2 and len(answer.first_line) < 400
    assert office.asking.take(asked, answer.body).sighting is not None
    device = office.registry.device(by_id(office.devices[0]))
    proof = export.make_proof(office.registry, office.identity, device)
    assert len(proof.witnesses) == 2 and passes(encode(proof))
    keys = [office.local.key, office.local.ml_dsa_key]
    seen = check_proof(encode(proof), receipt_reader, known=keys).checks[-2:]
    assert {each.verdict for each in seen} == {Verdict.PASSED}
    note = read_note(proof.checkpoint)
    line = next(each for each in note.signatures if each.is_by(office.local.ml_dsa_key))
    # c2sp.org/tlog-cosignature: timestamped_signature over cosigned_message.
    name, said = office.local.ml_dsa_key.name.encode(), checkpoint_of(note)
    message = b"subtree/v1\n\0" + bytes((len(name),)) + name + line.signature[:8]
    origin = bytes((len(said.origin),)) + said.origin.encode()
    message += origin + bytes(8) + said.size.to_bytes(8, "big") + said.root
    public = MLDSA44PublicKey.from_public_bytes(office.local.ml_dsa_key.public)
    public.verify(line.signature[8:], message)
    for place in (0, 9, 2000):
        octets = bytearray(line.signature)
        octets[place] ^= 1
        changed = proof.checkpoint.replace(str(line), str(replace(line, signature=bytes(octets))))
        wrong = encode(replace(proof, checkpoint=changed))
        assert not check_proof(wrong, receipt_reader).holds and not passes(wrong)


@pytest.mark.slow
def test_each_bit_of_a_cosignature_counts(office: Office) -> None:
    office.by_file()
    device = office.registry.device(by_id(office.devices[0]))
    content = encode(export.make_proof(office.registry, office.identity, device))
    for at in range(content.index(office.local.key.name.encode()), len(content)):
        changed = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]
        assert not check_proof(changed, receipt_reader).holds, at


def test_a_log_that_grows_is_signed_again_and_remembered_through_a_restart(office: Office) -> None:
    assert office.by_file().sighting.size == 2  # type: ignore[union-attr]
    office.add(2)
    office.local = LocalWitness(office.folder / "office", office.vault)
    assert office.by_file().sighting.size == 3  # type: ignore[union-attr]
    (watched,) = office.local.logs().values()
    assert watched.size == 3 and office.registry.log.witnesses.all() == [office.witness]


def test_a_log_that_was_shortened_is_noticed_before_it_is_asked_and_by_the_witness(office: Office) -> None:
    office.add(2)
    office.by_file()
    office.alter("DELETE FROM log WHERE number = 2")
    with pytest.raises(LogRewritten):
        office.asking.request(office.witness)
    (kept,) = (office.folder / "owner" / "evidence").iterdir()
    evidence = split.decode(kept.read_bytes())
    assert evidence is not None and not split.check_evidence(evidence)[1]
    # Who forgot that the witness ever saw more is told by it.
    with serving(office.local) as url, pytest.raises(LogRewritten, match="saw 3 entries"):
        office.asking.ask(replace(office.witness, url=url, sighting=None))


def test_two_histories_of_one_size_convict_the_log(office: Office) -> None:
    office.by_file()
    log = LogKey.of(office.identity.vault)
    head = office.registry.log.head()
    other = LogHead(head.size, bytes(32), head.time, head.origin)
    request = f"old 2\n\n{sign_checkpoint(other, log.sign, log.public)}"
    answer = office.local.answer(request)
    assert (answer.status, answer.body, answer.content_type) == (409, "2\n", "text/x.tlog.size")
    (kept,) = office.local.evidence()
    evidence = split.decode(kept.read_bytes())
    assert evidence is not None
    checks, convicts = split.check_evidence(evidence)
    assert convicts and [each.verdict for each in checks] == [
        Verdict.PASSED,
        Verdict.PASSED,
        Verdict.FAILED,
    ]
    forged = replace(evidence, second=str(evidence.second).replace("A", "B", 1))
    assert not split.check_evidence(forged)[1]


def test_each_answer_is_what_c2sp_says(office: Office) -> None:
    office.by_file()
    office.add(2)
    log = LogKey.of(office.identity.vault)
    head = office.registry.log.head()
    checkpoint = sign_checkpoint(head, log.sign, log.public)
    elsewhere = sign_checkpoint(replace(head, origin="other.example/log"), log.sign, log.public)
    stranger = LogKey.of(identity_in(office.folder / "stranger").vault)
    forged = sign_checkpoint(head, stranger.sign, stranger.public)
    path = "".join(f"{in_base64(each)}\n" for each in office.registry.log.consistency(2))
    cases = {
        f"old 2\n{path}\n{elsewhere}": 404,
        f"old 2\n{path}\n{forged}": 403,
        f"old 4\n\n{checkpoint}": 400,
        f"old 1\n\n{checkpoint}": 409,
        f"old 2\n\n{checkpoint}": 422,
        f"old 2\n{in_base64(bytes(32))}\n\n{checkpoint}": 422,
        f"old 02\n{path}\n{checkpoint}": 400,
        f"old 2\n{path}AAAA\n\n{checkpoint}": 400,
        "old 2\n" + f"{in_base64(bytes(32))}\n" * 64 + f"\n{checkpoint}": 400,
        "": 400,
        checkpoint: 400,
        "old 2\n\nx\n\n\N{EM DASH} x x\n": 400,
    }
    assert {office.local.answer(body).status: 0 for body in cases}
    assert [office.local.answer(body).status for body in cases] == list(cases.values())
    (watched,) = office.local.logs().values()
    assert watched.size == 2
    assert office.local.answer(f"old 2\n{path}\n{checkpoint}").status == 200
    assert office.local.answer(f"old 2\n{path}\n{checkpoint}").status == 409


def test_what_others_sign_below_a_checkpoint_takes_no_room_at_the_witness(office: Office) -> None:
    request, _ = office.asking.request(office.witness)
    padding = "".join(f"\N{EM DASH} other{number} {in_base64(bytes(700))}\n" for number in range(60))
    assert office.local.answer(request + padding).status is HTTPStatus.OK
    assert (office.folder / "office" / FILE).stat().st_size < 2000


def test_an_answer_that_is_anothers_old_or_changed_is_refused(office: Office) -> None:
    request, asked = office.asking.request(office.witness)
    answer = office.local.answer(request).body
    for wrong in ("", answer.replace("A", "B", 1), "x" * 99999, f"{answer}no line\n"):
        with pytest.raises(WitnessRefused):
            office.asking.take(asked, wrong)
    stranger = LocalWitness(office.folder / "third", identity_in(office.folder / "third").vault)
    with pytest.raises(WitnessRefused):
        office.asking.take(replace(asked, key=stranger.key), answer)
    office.asking.take(asked, answer)
    office.add(2)
    _, asked = office.asking.request(office.witness)
    with pytest.raises(WitnessRefused):
        office.asking.take(asked, answer)


def test_over_the_network_with_a_bounded_body(office: Office) -> None:
    with serving(office.local) as url:
        assert key_at(url) == office.local.key
        seen = office.asking.ask(replace(office.witness, url=url))
        assert seen.sighting is not None and seen.sighting.size == 2
        # The witness remembers; who forgot what it signed learns it from its answer.
        office.add(2)
        assert office.asking.ask(replace(seen, sighting=None)).sighting.size == 3  # type: ignore[union-attr]
        assert post(url, "x" * 70_000)[0] == 400
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        for headers in (
            {"Content-Length": "-1"},
            {"Content-Length": "99999999"},
            {"Transfer-Encoding": "chunked"},
        ):
            connection.request("POST", "/add-checkpoint", headers=headers)
            assert connection.getresponse().status == 400
            connection.close()
        connection.request("GET", "/add-checkpoint")
        assert connection.getresponse().status == 404
        connection.close()
    with pytest.raises(WitnessUnreachable):
        office.asking.ask(replace(office.witness, url=url))
    with pytest.raises(WitnessUnreachable):
        office.asking.ask(replace(office.witness, url="ftp://x"))


def test_connections_that_say_nothing_keep_nobody_from_being_heard(office: Office) -> None:
    with serving(office.local) as url:
        host, port = url.removeprefix("http://").split(":")
        with (
            closing(socket.create_connection((host, int(port)))),
            closing(socket.create_connection((host, int(port)))),
        ):
            assert key_at(url) == office.local.key


def test_a_witness_that_lost_its_memory_is_another_one(office: Office) -> None:
    (office.folder / "office" / FILE).unlink()
    assert LocalWitness(office.folder / "office", office.vault).key != office.local.key
    (office.folder / "office" / FILE).write_text("{}")
    with pytest.raises(StorageError):
        LocalWitness(office.folder / "office", office.vault)


def test_another_key_for_a_watched_log_is_refused(office: Office) -> None:
    key = office.asking.log_key()
    office.local.watch(key)
    with pytest.raises(ValueError):
        office.local.watch(replace(key, public=bytes(32)))
    with pytest.raises(ValueError):
        office.local.watch(office.local.key)
    assert json.loads((office.folder / "office" / FILE).read_text())["logs"].keys() == {key.name}


def test_a_witness_is_signed_in_the_form_of_c2sp(office: Office) -> None:
    """Taken apart as the document says, without our reader."""
    import base64
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    request, _ = office.asking.request(office.witness)
    line = office.local.answer(request).first_line
    dash, name, written = line.removesuffix("\n").split(" ")
    octets, public = base64.b64decode(written), office.local.key.public
    assert dash == "\N{EM DASH}" and len(octets) == 4 + 8 + 64
    assert octets[:4] == hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    text = request.split("\n\n")[1] + "\n"
    time = int.from_bytes(octets[4:12], "big")
    Ed25519PublicKey.from_public_bytes(public).verify(
        octets[12:], f"cosignature/v1\ntime {time}\n{text}".encode()
    )

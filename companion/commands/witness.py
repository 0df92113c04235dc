"""`companion witness`: sign what others' logs show, and say who signs one's own."""

from __future__ import annotations

import argparse
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands import exchange
from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio, port
from companion.commands.arguments.services import offline_services
from companion.commands.log import witness_document
from companion.commands.terminal import numbers, streams

if TYPE_CHECKING:
    from companion.registry.transparency.witnesses import WitnessRecord
    from companion.services import Services
    from companion.trust.transparency.witness import Answer
    from companion.trust.witness.local_witness import LocalWitness

DESCRIPTION = """Sign the logs of others as their witness, and choose the witnesses of yours.

this computer as a witness:
  key                print this witness's key, and the logs that it watches
  watch KEY          sign the heads of this log from now on; KEY as shown by `companion log head` there
  serve              answer over the network until Ctrl-C; from this computer only, unless --listen is given
  answer IN OUT      answer a request in a file or in an image of its QR code
others as witnesses of your log:
  add NAME URL       add the witness at URL; compare the key that is printed, or give it with --key
  add NAME KEY       add a witness that is reached by files only
  list               list them (default)
  remove NAME        stop asking NAME
"""
ACTIONS = {"key": 0, "watch": 1, "serve": 0, "answer": 2, "add": 2, "list": 0, "remove": 1}
LOOPBACK, PORT = "127.0.0.1", 7733
_REFUSED = 6


def configure(parser: argparse.ArgumentParser) -> None:
    """`witness [ACTION ...]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="...")
    parser.add_argument("--key", metavar="KEY", help="add: the witness's key, if you know it")
    parser.add_argument(
        "--listen",
        default=LOOPBACK,
        metavar="ADDRESS",
        help="serve: an address of this computer, 0.0.0.0 for all; anyone who can reach it may ask",
    )
    parser.add_argument("--port", type=port, default=PORT, metavar="N", help=f"serve: default {PORT}")
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    if len(arguments.words) != ACTIONS[arguments.action]:
        streams.print_error(
            f"companion: see `companion witness --help` for the arguments of {arguments.action}"
        )
        return 2
    with offline_services(arguments, reads=arguments.action == "list") as services:
        try:
            if arguments.action in ("add", "list", "remove"):
                return _others(services, arguments)
            return _ourselves(services, arguments)
        except ValueError as wrong:
            streams.print_error(f"companion: {wrong}")
            return 2


def _ourselves(services: Services, arguments: argparse.Namespace) -> int:
    from companion.trust.transparency.note import read_key
    from companion.trust.witness.local_witness import LocalWitness

    witness = LocalWitness(services.data_dir, services.open_identity().vault)
    match arguments.action:
        case "watch":
            log = read_key(arguments.words[0])
            witness.watch(log)
            streams.print_line(f"{log.name} is watched. Its owner adds this witness under the key")
            streams.print_line(f"  {witness.key}")
        case "answer":
            answer = witness.answer(exchange.read_text(Path(arguments.words[0])))
            if answer.status is not HTTPStatus.OK:
                streams.print_error(f"✗ {_told(answer)}")
                return _REFUSED
            picture = Path(arguments.words[1]).suffix.lower() == ".png"
            # A line by ML-DSA-44 has 3.3 kB, which no QR code holds beside the rest.
            exchange.write_text(answer.first_line if picture else answer.body, Path(arguments.words[1]))
            streams.print_line(f"✓ {_told(answer)}.")
            streams.print_line(
                f"  Take {arguments.words[1]} back: `companion log witness NAME --answer FILE`."
            )
        case "serve":
            _serve(witness, arguments)
        case _:
            _print_key(witness, arguments)
    return 0


def _print_key(witness: LocalWitness, arguments: argparse.Namespace) -> None:
    logs = witness.logs()
    if arguments.json:
        streams.print_json(
            {
                "key": str(witness.key),
                "ml_dsa_key": None if witness.ml_dsa_key is None else str(witness.ml_dsa_key),
                "logs": [{"origin": origin, "size": each.size} for origin, each in sorted(logs.items())],
                "evidence": [str(each) for each in witness.evidence()],
            }
        )
        return
    streams.print_line(str(witness.key))
    for origin, each in sorted(logs.items()):
        streams.print_line(f"  {origin}: {numbers.entries(each.size)} seen")
    for file in witness.evidence():
        streams.print_line(f"✗ {file}: see `companion proof verify`")


def _serve(witness: LocalWitness, arguments: argparse.Namespace) -> None:
    from companion.errors import WitnessUnreachable
    from companion.trust.witness.server import WitnessServer

    def tell(answer: Answer) -> None:
        streams.print_line(_told(answer), flush=True)

    try:
        server = WitnessServer((arguments.listen, arguments.port), witness, tell)
    except OSError as problem:
        raise WitnessUnreachable(f"{arguments.listen}:{arguments.port}: {problem.strerror}") from problem
    with server:
        host, number = server.server_address[:2]
        where = "this computer only" if arguments.listen == LOOPBACK else "anyone who can reach this address"
        streams.print_line(f"Witness at http://{host!s}:{number}, for {where}.", flush=True)
        streams.print_line(f"  key {witness.key}", flush=True)
        server.serve_forever()


def _told(answer: Answer) -> str:
    """An answer in words."""
    if answer.watched is not None:
        return f"Signed: {answer.watched.key.name}, {numbers.entries(answer.watched.size)}"
    said = answer.body.strip()
    if answer.suspect:
        return f"Rejected, and kept as evidence: {answer.suspect.splitlines()[0]} ({answer.status.value})"
    return f"Rejected: {said} ({answer.status.value})"


def _others(services: Services, arguments: argparse.Namespace) -> int:
    records = services.registry.log.witnesses
    known = {each.name: each for each in records.all()}
    if arguments.action == "add":
        from companion.registry.transparency.witnesses import MOST_NAME

        name, where = arguments.words
        if name in known or not 0 < len(name) <= MOST_NAME or not name.isprintable():
            raise ValueError(f"a witness needs a name of its own, at most {MOST_NAME} characters")
        record = _new(name, where, arguments.key)
        records.keep(record)
        streams.print_line(f"{name} is asked {'at ' + record.url if record.url else 'by files'}. Its key is")
        streams.print_line(f"  {record.key}")
        return 0
    if arguments.action == "remove":
        if arguments.words[0] not in known:
            raise ValueError(f"no witness is called {arguments.words[0]}")
        records.remove(arguments.words[0])
    shown = records.all()
    if arguments.json:
        streams.print_json({"witnesses": [witness_document(each) for each in shown]})
        return 0
    for each in shown:
        streams.print_line(f"{each.name}  {each.url or 'by files'}")
    if not shown:
        streams.print_line("No witnesses.")
    return 0


def _new(name: str, where: str, key: str | None) -> WitnessRecord:
    from companion.registry.transparency.witnesses import WitnessRecord as Record
    from companion.trust.transparency.note import COSIGNATURES, read_key
    from companion.trust.witness.client import key_at

    is_url = where.startswith(("http://", "https://"))
    if key is not None and not is_url:
        raise ValueError("--key goes with a URL")
    read = read_key(key or where) if key or not is_url else key_at(where)
    if read.kind not in COSIGNATURES:
        raise ValueError("not a witness key")
    return Record(name, read, where if is_url else "")

"""`companion trust`: manufacturers whose devices are genuine, factory keys, and what others get to trust."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.api import import_trust
from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio, is_virtual
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import interrupts, numbers, streams
from companion.commands.trust import backups, crl_service, revocation
from companion.commands.trust.manufacturers import TrustStore, fingerprint
from companion.commands.trust.revocation_list import describe
from companion.files import replace_named
from companion.identity import FILES, Identity, check_url, crl, has_keys, owner_domain
from companion.identity.public import public_pem
from companion.protocols import imports_trust, installed
from companion.registry import Registry
from companion.services import Services
from companion.trust.grants.names import key_ending

DESCRIPTION = """\
Manage what Companion trusts.

actions:
  list            list trusted manufacturers (default)
  add FILE        trust a manufacturer: FILE is its root certificate, PEM or DER; or import what the Matter
                  ledger answered, as FILE.json: roots, revocations, or models, by which `explain`, `nearby`
                  and `commission` tell how a device is made ready
  remove PREFIX   stop trusting a manufacturer: PREFIX is the beginning of its fingerprint in the list
  psk ID FILE     store a device's factory key: ID in hexadecimal, FILE with 32 to 64 hexadecimal digits
  key FILE        export your public owner key, for another owner's `devices transfer --to`
  ca FILE         export your CA certificate (PEM) for services that authorise by its first line's dNSName
  broker FILE     the same for a broker that checks only the common name: it excludes delegates' devices
  crl [FILE]      write the certificate revocation list (PEM) for a broker; without FILE, to its last path.
                  It is valid for 7 days; `list` and `companion doctor` warn from day 4 on
                  --serve HOST:PORT serves it over HTTP and renews it automatically; --reload or --sighup
                  make a broker read it again
  revocation      manage the list that devices apply, even offline: `status` (default) shows which devices
                  have it; `lost GRANT` revokes all grants of its holder; `raise-floor` ends all grants;
                  `export FILE` and `import FILE` pass the list on
  crl-url URL     add this http address of the list to new certificates; URL “none” removes it
  backup FILE     write your owner key, CA, networks, device secrets, devices and runs to FILE, sealed with a
                  passphrase of its own
  restore FILE    restore a backup into a data folder without an owner key; with --dry-run, only compare it
"""
_USAGE = (
    "usage: trust list | add FILE | remove PREFIX | psk ID FILE | key FILE | ca FILE | broker "
    "FILE | crl [FILE] | crl-url URL | revocation ... | backup FILE | restore FILE"
)
_NO_URL = "none"
_REVOCATION = "revocation"
_LIST = ".json"
_OTHER_KEY = (
    "companion: this is the owner key of your real devices. To export that of virtual devices, "
    "add --radio virtual"
)


class _WrongUsage(Exception):
    """What is wrong with the words behind an action."""


@dataclass(frozen=True)
class _Context:
    """What an action works on: open services, where trust is stored, and the words behind the action."""

    services: Services
    store: TrustStore
    words: list[str]
    said: list[str] = field(default_factory=list)

    @property
    def identity(self) -> Identity:
        return self.services.identity

    @property
    def file(self) -> Path:
        """The last word, which every action but `list` and `remove` takes as a file."""
        return Path(self.words[-1])


def configure(parser: argparse.ArgumentParser) -> None:
    """`trust [list | add FILE | remove PREFIX | psk ID FILE | ... | crl [FILE] | crl-url URL]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument(
        "action", nargs="?", choices=(*_ACTIONS, *_BACKUPS, _REVOCATION), default="list", metavar="ACTION"
    )
    parser.add_argument("words", nargs="*", metavar="ARGUMENT")
    add_passphrase_file(parser)
    backups.add_options(parser)
    group = parser.add_argument_group("crl and revocation")
    crl_service.add_options(group)
    revocation.add_options(group)


def run(arguments: argparse.Namespace) -> int:
    """Do it, in the data folder of the radio asked for."""
    words: list[str] = arguments.words
    if arguments.action in _BACKUPS:
        return _run_backup(arguments)
    if arguments.action == _REVOCATION:
        return _run_revocation(arguments)
    counts, action = _ACTIONS[arguments.action]
    if len(words) not in counts:
        return _usage(_USAGE)
    if arguments.action == "crl-url" and (flaw := _url_flaw(words[0])):
        return _usage(flaw)
    with offline_services(arguments, reads=arguments.action == "list") as services:
        if arguments.action == "list" and not has_keys(services.data_dir, throwaway=services.is_virtual):
            _print(_Contents([], None, None), as_json=arguments.json)
            return 0
        identity, registry = services.open_identity(), services.registry
        store = TrustStore.open(registry, identity.vault)
        try:
            context = _Context(services, store, words)
            action(context)
        except _WrongUsage as wrong:
            return _usage(str(wrong))
        if arguments.action == "crl":
            crl_service.tell_broker(arguments)
            if arguments.serve:
                interrupts.run(crl_service.serve(services, arguments))
        contents = _Contents(
            store.roots(),
            _last_list(services.data_dir, registry),
            identity.ca.distribution_point,
        )
        done = "".join(context.said) or _done(arguments.action, identity, contents, words)
    if done and not arguments.json:
        streams.print_line(done)
    else:
        _print(contents, as_json=arguments.json)
    return 0


def _done(action: str, identity: Identity, contents: _Contents, words: list[str]) -> str:
    """What an action did, as a sentence; "" where its result is shown."""
    last = contents.last_list
    match action:
        case "add":
            return f"The manufacturer in {words[0]} is trusted. Trusted now: {len(contents.manufacturers)}."
        case "remove":
            return f"The manufacturer {words[0]} is no longer trusted."
        case "psk":
            return f"Factory key {words[0]} stored."
        case "key":
            from companion.trust.proof.checks import fingerprint

            # Grants name a key by its end, proofs by its fingerprint: whoever compares has either.
            ending, mark = key_ending(identity.owner.public), fingerprint(identity.owner.public)
            return f"Public owner key, ending in {ending}, fingerprint {mark}, written to {words[0]}."
        case "ca" | "broker":
            return f"CA certificate written to {words[0]}."
        case "crl" if last is not None:
            return f"Revocation list with {numbers.entries(last[0].entries)} written to {last[0].file}."
        case "crl-url" if contents.distribution_point is None:
            return "New certificates name no address of the revocation list."
        case "crl-url":
            return f"New certificates name the revocation list at {contents.distribution_point}."
    return ""


def _run_backup(arguments: argparse.Namespace) -> int:
    if len(arguments.words) != 1:
        return _usage(_USAGE)
    if is_virtual(arguments):
        return _usage("the keys of virtual devices protect nothing, so they have no backup")
    with offline_services(arguments) as services:
        try:
            _BACKUPS[arguments.action](services, arguments)
        except backups.Mistyped as wrong:
            return _usage(str(wrong))
    return 0


def _run_revocation(arguments: argparse.Namespace) -> int:
    with offline_services(arguments, reads=revocation.only_tells(arguments.words)) as services:
        try:
            revocation.run(services, arguments)
        except revocation.WrongUsage as wrong:
            return _usage(str(wrong))
    return 0


# --- actions ----------------------------------------------------------------------------------------------


def _list(context: _Context) -> None:
    """Changes nothing."""


def _add(context: _Context) -> None:
    if context.file.suffix.lower() == _LIST:
        _import_list(context)
    else:
        context.store.add_root(context.file)


def _import_list(context: _Context) -> None:
    """A list in JSON is for the protocol that takes one; what it holds is said here."""
    (protocol, *_) = filter(imports_trust, installed().protocols)
    lists = import_trust(context.services, protocol, context.file)
    counted = {
        "manufacturers' roots": lists.roots,
        "issuers with revocations": lists.issuers,
        "device models": lists.models,
    }
    said = ", ".join(f"{words}: {count}" for words, count in counted.items() if count)
    context.said.append(f"Imported for {installed().protocols[protocol].title}: {said}.")


def _remove(context: _Context) -> None:
    context.store.remove_root(context.words[0])


def _put_factory_key(context: _Context) -> None:
    context.store.put_factory_key(context.words[0], context.file)


def _export_owner_key(context: _Context) -> None:
    _write(context.file, public_pem(context.identity.owner.public))
    if not context.services.is_virtual and (context.services.data_dir / FILES["virtual"]).exists():
        streams.print_error(_OTHER_KEY)


def _export_ca(context: _Context) -> None:
    ca, owner = context.identity.ca, context.identity.owner
    _write(context.file, authority(ca.services_root, owner.public))


def _export_ca_for_broker(context: _Context) -> None:
    ca, owner = context.identity.ca, context.identity.owner
    _write(context.file, authority(ca.direct_root, owner.public))


def _write_revocation_list(context: _Context) -> None:
    services, file = context.services, context.file if context.words else None
    if crl.publish(services.data_dir, context.identity.ca, services.registry, file) is None:
        raise _WrongUsage("trust crl needs a FILE the first time")


def _set_distribution_point(context: _Context) -> None:
    url = context.words[0]
    context.identity.publish_at(None if url == _NO_URL else url)


_ACTIONS: dict[str, tuple[tuple[int, ...], Callable[[_Context], None]]] = {
    "list": ((0,), _list),
    "add": ((1,), _add),
    "remove": ((1,), _remove),
    "psk": ((2,), _put_factory_key),
    "key": ((1,), _export_owner_key),
    "ca": ((1,), _export_ca),
    "broker": ((1,), _export_ca_for_broker),
    "crl": ((0, 1), _write_revocation_list),
    "crl-url": ((1,), _set_distribution_point),
}
"""How many words each action takes, and what it does."""

_BACKUPS: dict[str, Callable[[Services, argparse.Namespace], None]] = {
    "backup": backups.back_up,
    "restore": backups.restore,
}
"""They tell what they do themselves, and restoring opens no identity."""


def authority(root: bytes, owner_key: bytes) -> bytes:
    """A root (DER) as PEM, under a line that says by which names to authorise. PEM readers skip it."""
    names = f"# Devices: one dNSName <fingerprint>.<site>.{owner_domain(owner_key)}\n"
    return names.encode() + x509.load_der_x509_certificate(root).public_bytes(Encoding.PEM)


def _usage(wrong: str) -> int:
    streams.print_error(f"companion: {wrong}")
    return 2


def _url_flaw(url: str) -> str:
    """What is wrong with an address for the list; "" for nothing."""
    try:
        if url != _NO_URL:
            check_url(url)
    except ValueError as error:
        return str(error)
    return ""


def _write(file: Path, content: bytes) -> None:
    replace_named(file, content)


# --- list -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Contents:
    """What `list` shows. last_list: the revocation list that was written last, and how it is."""

    manufacturers: list[x509.Certificate]
    last_list: tuple[crl.Publication, crl.CrlState] | None
    distribution_point: str | None


def _last_list(folder: Path, registry: Registry) -> tuple[crl.Publication, crl.CrlState] | None:
    last = crl.published(folder)
    if last is None:
        return None
    return last, last.standing(datetime.now(UTC), crl.latest(registry.revocations()))


def _print(contents: _Contents, *, as_json: bool) -> None:
    named = [(fingerprint(root), root.subject.rfc4514_string()) for root in contents.manufacturers]
    last = contents.last_list
    if as_json:
        document = {
            "makers": [{"name": name, "fingerprint": printed} for printed, name in named],
            "revocation_list": last[0].as_json(last[1]) if last else None,
            "distribution_point": contents.distribution_point,
        }
        streams.print_json(document)
        return
    for printed, name in named:
        streams.print_line(f"{printed[:16]}  {name}")
    if not named:
        streams.print_line("No trusted manufacturers. Add one with `companion trust add FILE`.")
    if last is not None:
        for line in describe(*last):
            streams.print_line(line)
    if contents.distribution_point is not None:
        streams.print_line(f"Revocation list address in new certificates: {contents.distribution_point}")

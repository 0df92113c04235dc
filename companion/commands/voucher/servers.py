"""`companion voucher send|announce`: vouchers at owner services, owners at rendezvous servers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import passphrase_in
from companion.commands.arguments.services import identity_services
from companion.commands.terminal import streams
from companion.commands.voucher.saved import due_or_all
from companion.commands.voucher.sources import MAX_KEY, Batch, Source, checked, sources
from companion.commands.voucher.words import local_time
from companion.errors import CompanionError
from companion.errors.voucher import (
    OwnershipVoucherNotOurs,
    VoucherServerUnreachable,
)
from companion.files import read_named

if TYPE_CHECKING:
    from companion.vouchers.exchange.store import Announced, KeptVouchers
    from companion.vouchers.private_keys import OwnKeys
    from companion.vouchers.upload import Login
    from companion.vouchers.voucher import Voucher

KINDS = ("go-fdo-server", "pri-fidoiot", "fdo-rs")
HOURS = 24 * 7
_MOST_HOURS = 24 * 365


def send(arguments: argparse.Namespace) -> int:
    """Upload vouchers, one after the other. What is not valid is not sent."""
    from companion.vouchers.exchange import services
    from companion.vouchers.exchange.client import Client
    from companion.vouchers.upload import ServerKind
    from companion.vouchers.voucher import encode_voucher

    if not arguments.server or not arguments.kind:
        raise ValueError("send needs --server URL and --kind KIND")
    kind, login = ServerKind(arguments.kind), _login(arguments)

    with Client(arguments.server, roots=_roots(arguments.ca)) as client:

        def act(source: Source) -> dict[str, Any]:
            voucher = checked(source)
            services.send(client, kind, encode_voucher(voucher), login)
            return {"file": source.name, "guid": voucher.guid.hex(), "told": f"sent to {client.name}"}

        return _each(arguments, sources(arguments), act)


def _login(arguments: argparse.Namespace) -> Login | None:
    from companion.vouchers.upload import Login

    if bool(arguments.user) != bool(arguments.password_file) or (arguments.user and arguments.token_file):
        raise ValueError("log in with --user and --password-file, or with --token-file")
    if arguments.token_file:
        return Login("", passphrase_in(arguments.token_file))
    if arguments.user:
        return Login(arguments.user, passphrase_in(arguments.password_file))
    return None


def _roots(path: Path | None) -> str:
    return "" if path is None else read_named(MAX_KEY, path).decode(errors="replace")


def announce(arguments: argparse.Namespace) -> int:
    """Tell rendezvous servers where the owner service is, anew or again."""
    from companion.vouchers.exchange.store import KeptVouchers, guid_text
    from companion.vouchers.private_keys import OwnKeys

    if not arguments.address and not arguments.renew:
        raise ValueError("announce needs --address URL, or --renew")
    if (arguments.hours or 0) > _MOST_HOURS:
        raise ValueError(f"--hours is at most {_MOST_HOURS}")
    with identity_services(arguments) as services:
        kept = KeptVouchers(services.data_dir)
        announcing = _Announcing(OwnKeys(services.open_identity().vault), kept)
        if not arguments.renew:
            wish = _Wish(
                arguments.server or "",
                tuple(arguments.address),
                (arguments.hours or HOURS) * 3600,
                _roots(arguments.ca),
            )
            return _each(arguments, sources(arguments), lambda each: announcing.announce(each, wish))
        due = {guid_text(guid): each for guid, each in due_or_all(kept, datetime.now(UTC), due=True) if each}
        found = [_kept_source(kept, text) for text in due]
        return _each(
            arguments, found, lambda each: announcing.announce(each, _Wish.of(due[each.name])), stops=False
        )


def _kept_source(kept: KeptVouchers, text: str) -> Source:
    from companion.vouchers.exchange.store import read_guid

    guid = read_guid(text)
    assert guid is not None
    return Source(text, lambda: kept.get(guid))


@dataclass(frozen=True)
class _Wish:
    """server "": those that the voucher names, one after the other until one takes it"""

    server: str
    addresses: tuple[str, ...]
    seconds: int
    roots: str

    @classmethod
    def of(cls, before: Announced) -> _Wish:
        return cls(before.server, before.addresses, before.seconds, before.roots)


class _Announcing:
    def __init__(self, keys: OwnKeys, kept: KeptVouchers) -> None:
        self._keys = {each.fingerprint: each for each in keys.kept()}
        self._kept = kept

    def announce(self, source: Source, wish: _Wish) -> dict[str, Any]:
        """Raises OwnershipVoucherNotOurs, OwnershipVoucherBroken, and what `exchange.services.announce`
        raises."""
        from companion.vouchers.exchange.store import Announced
        from companion.vouchers.rendezvous import owner_servers

        voucher = checked(source)
        servers = (wish.server,) if wish.server else owner_servers(voucher.rendezvous)
        if not servers:
            raise ValueError(f"{source.name} names no rendezvous server for its owner: give --server")
        at = datetime.now(UTC)
        seconds, server = self._first(source, voucher, servers, wish)
        until = at + timedelta(seconds=seconds)
        self._kept.keep(voucher)
        self._kept.note(voucher.guid, Announced(server, wish.addresses, wish.seconds, at, until, wish.roots))
        told = f"announced at {server} until {local_time(until)}"
        return {"file": source.name, "guid": voucher.guid.hex(), "until": until.isoformat(), "told": told}

    def _first(
        self, source: Source, voucher: Voucher, servers: tuple[str, ...], wish: _Wish
    ) -> tuple[int, str]:
        """How long the first server that takes it keeps it. Raises what the last one did."""
        from companion.vouchers.exchange import services
        from companion.vouchers.exchange.client import Client

        for number, server in enumerate(servers, 1):
            with Client(server, roots=wish.roots, may_be_plain=True) as client:
                if not client.is_private and any(each.has_wifi for each in voucher.rendezvous):
                    streams.print_error(
                        f"! {source.name} holds Wi-Fi details. Anyone on the way to {server} can read them."
                    )
                try:
                    return services.announce(client, self._prepared(source, voucher, wish)).seconds, server
                except CompanionError:
                    if number == len(servers):
                        raise
        raise AssertionError("there is a server")

    def _prepared(self, source: Source, voucher: Voucher, wish: _Wish) -> Any:
        from companion.vouchers.announcement import Address, Announcement
        from companion.vouchers.extension import NotOwner
        from companion.vouchers.verification import fingerprint

        addresses = [Address.read(each) for each in wish.addresses]
        mark = fingerprint(voucher.owner)
        signer = self._keys.get(mark)
        if signer is None:
            raise OwnershipVoucherNotOurs(file=source.name, mark=mark)
        try:
            return Announcement(voucher, signer, addresses, seconds=wish.seconds)
        except NotOwner as problem:
            raise OwnershipVoucherNotOurs(str(problem), file=source.name, mark=mark) from problem


def _each(
    arguments: argparse.Namespace,
    found: list[Source],
    act: Callable[[Source], dict[str, Any]],
    *,
    stops: bool = True,
) -> int:
    """One after the other. stops: where the server is not reached, it is not tried thousands of times."""
    batch = Batch(arguments, len(found))
    told: list[dict[str, Any]] = []
    for each in found:
        try:
            row = act(each)
        except (CompanionError, ValueError) as problem:
            told.append(batch.fail(each.name, problem))
            if stops and isinstance(problem, VoucherServerUnreachable):
                break
            continue
        if not arguments.json:
            streams.print_line(f"✓ {each.name}: {row['told']}")
        told.append({name: value for name, value in row.items() if name != "told"})
    if arguments.json:
        streams.print_json({"vouchers": told, "left": len(found) - len(told)})
    elif not found:
        streams.print_line("Nothing is due.")
    elif len(told) < len(found):
        streams.print_line(f"Stopped: {len(found) - len(told)} of {len(found)} were not tried.")
    return batch.status

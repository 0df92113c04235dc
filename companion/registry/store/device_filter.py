"""Which devices a query wants, as conditions that indexes answer, and what they are sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import Session

from companion.model import Possession
from companion.registry.database import word_index
from companion.registry.database.search import search_words
from companion.registry.database.tables import Device, DeviceTag, Token
from companion.registry.lists import KEY_DIGITS, MOST_KEYED, DeviceFilter, DeviceOrder, DeviceQuery

Filter = ColumnElement[bool]
Order = Sequence[ColumnElement[Any]]

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
MOST_FOUND = 1000
"""Devices that a search looks up one by one. Of more, enough for a page are soon met in the list's order."""

# Ranks of DeviceOrder.STATE.
URGENT, SOON, WELL, LEAVING, GONE = range(5)


class DeviceSearch:
    """A query at work, in a session. words: of the search; keyed: the ids of those whose keys begin so."""

    def __init__(self, session: Session, query: DeviceQuery) -> None:
        self._session = session
        self._query = query
        self._words = search_words(query.search)
        self._keyed = {word: keyed for word in self._words if (keyed := _keyed(session, word))}
        self._has_index = any(len(word) >= word_index.LETTERS for word in self._words) and (
            word_index.has_word_index(session.connection())
        )

    @property
    def order(self) -> Order:
        """What devices are sorted by; their id last."""
        expiry = func.coalesce(Device.expires, literal(NEVER, Device.expires.type), type_=Device.expires.type)
        orders = {
            DeviceOrder.NAME: (Device.title, Device.id),
            DeviceOrder.PROTOCOL: (Device.protocol, Device.title, Device.id),
            DeviceOrder.STATE: (_rank(datetime.now(UTC)), Device.title, Device.id),
            DeviceOrder.EXPIRY: (expiry, Device.title, Device.id),
            DeviceOrder.CHANGED: (Device.updated, Device.id),
        }
        return cast(Order, orders[self._query.order])

    def wanted(self) -> Filter:
        """Which devices."""
        found = [Device.id.in_(ids) for ids in self._found()]
        return and_(self._others(), *found, *(self._occurs(word) for word in self._words))

    def counted(self) -> int | None:
        """How many devices it wants, where the index of words says so alone."""
        others = self._query.tag or self._query.ids or self._query.ends_by is not None
        if others or self._query.which is not DeviceFilter.ALL or self._keyed or not self._has_index:
            return None
        if min(map(len, self._words)) < word_index.LETTERS:
            return None
        return word_index.count(self._session, self._words)

    def _found(self) -> list[list[str]]:
        """The few devices that have a word or several, for each that few devices have."""
        if not self._has_index:
            return []
        long = [word for word in self._words if len(word) >= word_index.LETTERS]
        plain = [word for word in long if word not in self._keyed]
        found = []
        for words in ([plain] if plain else []) + [[word] for word in long if word in self._keyed]:
            few = word_index.find(self._session, words, MOST_FOUND)
            if few is not None:
                found.append(few + self._keyed.get(words[0], []))
        return found

    def _occurs(self, word: str) -> Filter:
        """True for devices of this word, and for those whose identity key begins so."""
        named = Device.words.contains(word, autoescape=True)
        return or_(named, Device.id.in_(self._keyed[word])) if word in self._keyed else named

    def _others(self) -> Filter:
        """What is wanted besides the words."""
        query, rank = self._query, _rank(datetime.now(UTC))
        which = {
            DeviceFilter.ALL: true(),
            DeviceFilter.SET_UP: rank.in_((WELL, LEAVING)),
            DeviceFilter.NEEDS_ATTENTION: rank.in_((URGENT, SOON)),
            DeviceFilter.DUE: and_(Device.state == Possession.COMMISSIONED.value, rank.in_((URGENT, SOON))),
        }[query.which]
        wanted = [which]
        if query.tag:
            wanted.append(Device.id.in_(select(DeviceTag.device_id).where(DeviceTag.tag == query.tag)))
        if query.ids:
            wanted.append(Device.id.in_(query.ids))
        if query.ends_by is not None:
            wanted.append(Device.expires <= query.ends_by)
        return and_(*wanted)


def _keyed(session: Session, word: str) -> list[str]:
    """The devices whose identity key begins so. Asked apart, as keys have an index of their own."""
    key = _key_range(word)
    if key is None:
        return []
    first, end = key
    keyed = select(Device.id).where(Device.identity_key >= first, Device.identity_key < end)
    return [str(id) for id in session.scalars(keyed.limit(MOST_KEYED))]


def _key_range(word: str) -> tuple[bytes, bytes] | None:
    """The identity keys that begin with these digits of hex: the first one, and the first one behind them."""
    digits = word.replace(":", "")
    if len(digits) < KEY_DIGITS:
        return None
    half = len(digits) % 2
    try:
        begin = bytes.fromhex(digits + "0" * half)
        end = (int.from_bytes(begin, "big") + 16**half).to_bytes(len(begin), "big")
    except (ValueError, OverflowError):  # no hex, or no key is behind them
        return None
    return begin, end


def _rank(now: datetime) -> ColumnElement[int]:
    """How soon a device needs its owner, by its state and its certificate."""
    out = select(Token.device_id).where(Token.end.is_(None), Token.expires > now)
    healthy = case(
        (Device.id.in_(out), LEAVING), (Device.expires <= now, URGENT), (Device.due <= now, SOON), else_=WELL
    )
    known = {
        Possession.RELEASED.value: GONE,
        Possession.REPLACED.value: GONE,
        Possession.OFFERED.value: LEAVING,
        Possession.REVOKED.value: URGENT,
    }
    commissioned = Device.state == Possession.COMMISSIONED.value
    states = [(Device.state == state, literal(rank)) for state, rank in known.items()]
    return case((commissioned, healthy), *states, else_=SOON).cast(Integer)

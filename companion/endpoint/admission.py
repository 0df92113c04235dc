"""Who may be connected at once: a few of each address, and whoever says nothing leaves first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(eq=False)
class Client:
    """One connection. has_spoken: it began TLS; is_known: its certificate is ours, so it keeps its place."""

    address: str
    has_spoken: bool = False
    is_known: bool = False


class Admission:
    """At most `at_once` connections, of one address at most `per_address`.

    Nobody waits outside: a newcomer takes the place of a connection that has shown nothing yet. So silent
    ones, however many, keep out no device, and one address keeps out no other.
    """

    def __init__(self, at_once: int, per_address: int) -> None:
        self._at_once = at_once
        self._per_address = per_address
        self._here: dict[Client, None] = {}

    def admit(self, newcomer: Client) -> Client | None:
        """Let it in. Returns who has to leave for it: nobody, another, or itself if all others are known."""
        leaving = self._leaving(newcomer)
        if leaving is not newcomer:
            self._here[newcomer] = None
        if leaving is not None:
            self.leave(leaving)
        return leaving

    def leave(self, client: Client) -> None:
        """Its place is free. May be told twice."""
        self._here.pop(client, None)

    def _leaving(self, newcomer: Client) -> Client | None:
        count = Counter(client.address for client in self._here)
        if count[newcomer.address] >= self._per_address:
            crowd = newcomer.address
        elif len(self._here) >= self._at_once:
            crowd = count.most_common(1)[0][0]
        else:
            return None
        strangers = [each for each in self._here if each.address == crowd and not each.is_known]
        # `min` takes the first of equals, which is the oldest.
        return min(strangers, key=lambda each: each.has_spoken, default=newcomer)

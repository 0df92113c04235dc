"""One node's way from messages to network PDUs and back, sans-IO: octets and the time in, effects out.

What is not ours, not authentic, not new or not whole is not answered: in a mesh everybody hears everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from companion.errors import ProtocolViolation
from companion.protocols.mesh import addresses
from companion.protocols.mesh.network import beacon, lower_transport, pdu, proxy, upper_transport
from companion.protocols.mesh.network.beacon import SecureBeacon
from companion.protocols.mesh.network.effects import (
    DEFAULT_TTL,
    AccessMessage,
    BeaconHeard,
    Delivered,
    Effect,
    Ignored,
    IvChanged,
    Keys,
    ProxyTold,
    Transmit,
    Undelivered,
)
from companion.protocols.mesh.network.iv_index import IvState
from companion.protocols.mesh.network.keys import (
    NetworkCredentials,
    Phase,
    application_id,
    network_credentials,
)
from companion.protocols.mesh.network.lower_transport import Acknowledgement, KeyId, Segment, Whole
from companion.protocols.mesh.network.pdu import NetworkPdu, Opened
from companion.protocols.mesh.network.proxy import ProxyMessage, ProxyPduType
from companion.protocols.mesh.network.replay import ReplayList
from companion.protocols.mesh.network.segmentation import (
    Answer,
    Outgoing,
    Reassembled,
    Reassembly,
    SegmentFrom,
    split,
)
from companion.protocols.mesh.network.sequence import SequenceNumbers
from companion.secret import Secret


class Stack:
    """One node. address, elements: the node's own; keys: may be changed between calls"""

    def __init__(
        self,
        address: int,
        elements: int,
        keys: Keys,
        iv: IvState,
        numbers: SequenceNumbers,
        replay: ReplayList,
    ) -> None:
        self.address = address
        self.elements = elements
        self.keys = keys
        self.iv = iv
        self.ignored: Counter[Ignored] = Counter()
        self._numbers = numbers
        self._replay = replay
        self._reassembly = Reassembly()
        self._outgoing: dict[int, _Sending] = {}
        self._held: IvState | None = None

    @property
    def deadline(self) -> float | None:
        """When `advance` has something to do."""
        times = [sending.outgoing.deadline for sending in self._outgoing.values()]
        if (answer := self._reassembly.deadline) is not None:
            times.append(answer)
        return min(times, default=None)

    def send(self, message: AccessMessage, now: float) -> list[Effect]:
        """What is to be sent for a message; one in segments replaces an unfinished one to the same element.

        Raises ValueError for a key that is not here, a message that is too long, or a long one to a group.
        """
        key_id, key = self._key_for(message)
        iv_index = self.iv.sending
        sequence = self._numbers.take(iv_index)
        long_mic = upper_transport.can_have_long_mic(message.octets)
        nonce = upper_transport.nonce(
            sequence, message.source, message.destination, iv_index, device=key_id.aid is None,
            long_mic=long_mic,
        )  # fmt: skip
        upper = upper_transport.seal(message.octets, key, nonce, long_mic=long_mic)
        if len(upper) <= upper_transport.LONGEST_WHOLE:
            transport = Whole(key_id, upper).encode()
            return [self._transmit(message, transport, iv_index, sequence)]
        if not addresses.is_unicast(message.destination):
            raise ValueError("a long message to a group")
        outgoing = Outgoing(split(upper, key_id, sequence, long_mic=long_mic), message.ttl, now)
        self._outgoing[message.destination] = _Sending(outgoing, message, iv_index, sequence)
        return list(self._segments(self._outgoing[message.destination], now))

    def configure_proxy(self, message: ProxyMessage, network: int = 0) -> list[Effect]:
        """What is to be sent to the proxy, or by it."""
        iv_index = self.iv.sending
        sequence = self._numbers.take(iv_index)
        made = NetworkPdu(True, 0, sequence, self.address, addresses.UNASSIGNED, message.encode())
        octets = pdu.seal(made, self._sending_credentials(network), iv_index, proxy=True)
        return [Transmit(ProxyPduType.CONFIGURATION, octets)]

    def beacon(self, network: int = 0) -> list[Effect]:
        """This node's word on its network."""
        phase = self.keys.networks[network].phase
        made = SecureBeacon(self.iv.index, phase is Phase.SWITCH, self.iv.updating)
        return [Transmit(ProxyPduType.BEACON, made.encode(self._sending_credentials(network)))]

    def hear(self, type: ProxyPduType, octets: bytes, now: float) -> list[Effect]:
        """Whatever the bearer brought. What is ignored is counted in `ignored`."""
        match type:
            case ProxyPduType.NETWORK:
                return self._hear_network(octets, now)
            case ProxyPduType.BEACON:
                return self._hear_beacon(octets)
            case ProxyPduType.CONFIGURATION:
                return self._hear_proxy(octets)
            case _:
                return self._ignore(Ignored.ELSEWHERE)

    def advance(self, now: float) -> list[Effect]:
        """What is due by now: segments again, acknowledgements, and what was never acknowledged."""
        effects: list[Effect] = []
        for destination, sending in list(self._outgoing.items()):
            effects += self._segments(sending, now)
            if sending.outgoing.lost:
                effects += self._give_up(destination, refused=False)
        effects += [self._acknowledge(answer) for answer in self._reassembly.due(now)]
        return effects

    def _hear_network(self, octets: bytes, now: float) -> list[Effect]:
        found = self._unseal(octets)
        if found is None:
            return self._ignore(Ignored.FOREIGN)
        index, opened = found
        heard = opened.pdu
        if self._is_own(heard.source):
            return self._ignore(Ignored.ELSEWHERE)
        if not self._is_own(heard.destination) and addresses.is_unicast(heard.destination):
            return self._ignore(Ignored.ELSEWHERE)
        try:
            lower = lower_transport.decode(heard.transport, control=heard.control)
        except ProtocolViolation:
            return self._ignore(Ignored.MALFORMED)
        fresh = self._replay.is_fresh(heard.source, opened.iv_index, heard.sequence)
        match lower:
            case Segment():
                return self._hear_segment(lower, opened, index, now)
            case _ if not fresh:
                return self._ignore(Ignored.REPLAYED)
            case Whole():
                whole = Reassembled(
                    lower.key, False, lower.upper, heard.source, heard.destination, heard.sequence,
                    opened.iv_index,
                )  # fmt: skip
                return self._deliver(whole, index)
            case Acknowledgement():
                self._replay.note(heard.source, opened.iv_index, heard.sequence)
                return self._hear_acknowledgement(lower, heard.source, now)
            case _:
                return self._ignore(Ignored.ELSEWHERE)

    def _hear_segment(self, segment: Segment, opened: Opened, index: int, now: float) -> list[Effect]:
        heard = opened.pdu
        if not addresses.is_unicast(heard.destination):
            return self._ignore(Ignored.ELSEWHERE)
        one = SegmentFrom(
            segment, heard.source, heard.destination, heard.sequence, opened.iv_index, heard.ttl
        )
        is_new = self._replay.is_fresh(heard.source, *one.order)
        whole, answer = self._reassembly.hear(one, now, is_new=is_new)
        if whole is None and answer is None and not is_new:
            return self._ignore(Ignored.REPLAYED)
        effects: list[Effect] = [] if answer is None else [self._acknowledge(answer, index)]
        return effects if whole is None else effects + self._deliver(whole, index)

    def _deliver(self, whole: Reassembled, network: int) -> list[Effect]:
        """A message that is new, if one of our keys opens it."""
        if (read := self._read(whole)) is None:
            return self._ignore(Ignored.UNREADABLE)
        self._replay.note(whole.source, whole.iv_index, whole.sequence)
        octets, application = read
        return [Delivered(AccessMessage(whole.source, whole.destination, octets, application, network))]

    def _read(self, whole: Reassembled) -> tuple[bytes, int | None] | None:
        def tried(key: Secret, *, device: bool) -> bytes | None:
            nonce = upper_transport.nonce(
                whole.sequence, whole.source, whole.destination, whole.iv_index, device=device,
                long_mic=whole.long_mic,
            )  # fmt: skip
            return upper_transport.unseal(whole.upper, key, nonce, long_mic=whole.long_mic)

        if whole.key.aid is None:
            key = self.keys.device(whole.source)
            octets = None if key is None else tried(key, device=True)
            return None if not octets else (octets, None)
        for application in self.keys.applications.values():
            for key in application.receiving():
                if application_id(key) == whole.key.aid and (octets := tried(key, device=False)):
                    return octets, application.index
        return None

    def _hear_acknowledgement(self, told: Acknowledgement, source: int, now: float) -> list[Effect]:
        found = self._acknowledged(told, source)
        if found is None:
            return self._ignore(Ignored.ELSEWHERE)
        destination, sending = found
        sending.outgoing.acknowledge(told, now)
        if sending.outgoing.refused:
            return self._give_up(destination, refused=True)
        if sending.outgoing.arrived:
            del self._outgoing[destination]
            return self._take_up()
        return list(self._segments(sending, now))

    def _acknowledged(self, told: Acknowledgement, source: int) -> tuple[int, _Sending] | None:
        """A friend acknowledges in the name of a node that sleeps, so then the source is another one."""
        for destination, sending in self._outgoing.items():
            if sending.outgoing.seq_zero == told.seq_zero and (destination == source or told.on_behalf):
                return destination, sending
        return None

    def _hear_beacon(self, octets: bytes) -> list[Effect]:
        for network in self.keys.networks.values():
            for key in network.receiving():
                if (heard := beacon.read(octets, network_credentials(key))) is not None:
                    by_new_key = network.old is not None and key == network.key
                    return [BeaconHeard(heard, network.index, by_new_key), *self._follow(heard)]
        return self._ignore(Ignored.FOREIGN)

    def _follow(self, heard: SecureBeacon) -> list[Effect]:
        state = self.iv.after(heard)
        if state == self.iv:
            return []
        # What is on its way in segments is repeated with the IV index it began with (3.10.5).
        self._held = state
        return [] if self._outgoing else self._take_up()

    def _take_up(self) -> list[Effect]:
        if self._held is None or self._outgoing:
            return []
        self.iv, self._held = self._held, None
        return [IvChanged(self.iv)]

    def _hear_proxy(self, octets: bytes) -> list[Effect]:
        found = self._unseal(octets, proxy=True)
        if found is None:
            return self._ignore(Ignored.FOREIGN)
        heard = found[1].pdu
        if not heard.control or heard.destination != addresses.UNASSIGNED:
            return self._ignore(Ignored.MALFORMED)
        if not self._replay.is_fresh(heard.source, found[1].iv_index, heard.sequence):
            return self._ignore(Ignored.REPLAYED)
        try:
            message = proxy.decode(heard.transport)
        except ProtocolViolation:
            return self._ignore(Ignored.MALFORMED)
        self._replay.note(heard.source, found[1].iv_index, heard.sequence)
        return [ProxyTold(message)]

    def _unseal(self, octets: bytes, *, proxy: bool = False) -> tuple[int, Opened] | None:
        for network in self.keys.networks.values():
            for key in network.receiving():
                credentials = network_credentials(key)
                if (opened := pdu.unseal(octets, credentials, self.iv.index, proxy=proxy)) is not None:
                    return network.index, opened
        return None

    def _segments(self, sending: _Sending, now: float) -> Iterator[Effect]:
        for segment in sending.outgoing.due(now):
            # The first one has the number that the message's nonce was made of.
            fresh, sending.unused = sending.unused, None
            sequence = self._numbers.take(sending.iv_index) if fresh is None else fresh
            yield self._transmit(sending.message, segment.encode(), sending.iv_index, sequence)

    def _give_up(self, destination: int, *, refused: bool) -> list[Effect]:
        del self._outgoing[destination]
        return [Undelivered(destination, refused), *self._take_up()]

    def _acknowledge(self, answer: Answer, network: int | None = None) -> Transmit:
        iv_index = self.iv.sending
        made = NetworkPdu(
            True,
            DEFAULT_TTL,
            self._numbers.take(iv_index),
            answer.destination,
            answer.source,
            answer.acknowledgement.encode(),
        )
        index = next(iter(self.keys.networks)) if network is None else network
        return Transmit(ProxyPduType.NETWORK, pdu.seal(made, self._sending_credentials(index), iv_index))

    def _transmit(self, message: AccessMessage, transport: bytes, iv_index: int, sequence: int) -> Transmit:
        made = NetworkPdu(False, message.ttl, sequence, message.source, message.destination, transport)
        sealed = pdu.seal(made, self._sending_credentials(message.network), iv_index)
        return Transmit(ProxyPduType.NETWORK, sealed)

    def _sending_credentials(self, network: int) -> NetworkCredentials:
        return network_credentials(self.keys.networks[network].sending())

    def _key_for(self, message: AccessMessage) -> tuple[KeyId, Secret]:
        if message.network not in self.keys.networks:
            raise ValueError(f"network key {message.network} is not here")
        if message.application is None:
            key = self.keys.device(message.destination)
            if key is None:
                raise ValueError(f"no device key for {message.destination:04x}")
            return KeyId(), key
        application = self.keys.applications.get(message.application)
        if application is None:
            raise ValueError(f"application key {message.application} is not here")
        key = application.sending(self.keys.networks[message.network].phase)
        return KeyId(application_id(key)), key

    def _is_own(self, address: int) -> bool:
        return self.address <= address < self.address + self.elements

    def _ignore(self, reason: Ignored) -> list[Effect]:
        self.ignored[reason] += 1
        return []


@dataclass
class _Sending:
    """unused: the sequence number of the first segment, until it is sent"""

    outgoing: Outgoing
    message: AccessMessage
    iv_index: int
    unused: int | None

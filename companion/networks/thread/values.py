"""What stands in a dataset's entries: timestamps, channels, the security policy (Thread 1.3, 8.10.1).

Each class reads and writes one kind of value. What its bits mean nothing to us for stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_2_4_GHZ = 0
CHANNELS = range(11, 27)
"""Of page 0, the 2.4 GHz band (IEEE 802.15.4)."""
USUAL_ROTATION = 672
LEAST_ROTATION, MOST_ROTATION = 2, 0xFFFF
"""Hours between two network keys; OpenThread takes none below 2."""
MOST_SECONDS = (1 << 48) - 1


@dataclass(frozen=True, order=True)
class Timestamp:
    """Which of two datasets is the later one. seconds: since 1970, or a number that was counted up from 1;
    ticks: of 1/32768 s; authoritative: its clock was set by one that knows the time.
    """

    seconds: int
    ticks: int = 0
    authoritative: bool = False

    @classmethod
    def read(cls, octets: bytes) -> Timestamp:
        low = int.from_bytes(octets[6:], "big")
        return cls(int.from_bytes(octets[:6], "big"), low >> 1, bool(low & 1))

    @property
    def octets(self) -> bytes:
        return self.seconds.to_bytes(6, "big") + (self.ticks << 1 | self.authoritative).to_bytes(2, "big")

    @property
    def raised(self) -> Timestamp:
        """One that is later: of a dataset that replaces this one's."""
        return Timestamp(min(self.seconds + 1, MOST_SECONDS), 0, self.authoritative)


@dataclass(frozen=True)
class Channel:
    page: int
    number: int

    @classmethod
    def read(cls, octets: bytes) -> Channel:
        return cls(octets[0], int.from_bytes(octets[1:], "big"))

    @property
    def octets(self) -> bytes:
        return bytes((self.page,)) + self.number.to_bytes(2, "big")

    @property
    def is_possible(self) -> bool:
        """False for a number that the 2.4 GHz band does not have; other bands are taken as they come."""
        return self.page != PAGE_2_4_GHZ or self.number in CHANNELS


@dataclass(frozen=True)
class ChannelMask:
    """Channels that a network may move to. pages: (page, mask), the mask's first bit for channel 0"""

    pages: tuple[tuple[int, bytes], ...]

    @classmethod
    def read(cls, octets: bytes) -> ChannelMask | None:
        """None for what is cut off."""
        pages, at = [], 0
        while at + 2 <= len(octets):
            end = at + 2 + octets[at + 1]
            pages.append((octets[at], octets[at + 2 : end]))
            at = end
        return cls(tuple(pages)) if at == len(octets) else None

    @classmethod
    def of(cls, numbers: range | frozenset[int]) -> ChannelMask:
        """Of channels of the 2.4 GHz band."""
        mask = sum(1 << (31 - number) for number in numbers)
        return cls(((PAGE_2_4_GHZ, mask.to_bytes(4, "big")),))

    @property
    def octets(self) -> bytes:
        return b"".join(bytes((page, len(mask))) + mask for page, mask in self.pages)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The channels of the 2.4 GHz band, in order."""
        found = {
            8 * place + bit
            for page, mask in self.pages
            if page == PAGE_2_4_GHZ
            for place, octet in enumerate(mask)
            for bit in range(8)
            if octet & 0x80 >> bit
        }
        return tuple(sorted(found))


FLAGS: dict[str, tuple[int, bool]] = {
    "obtain_network_key": (0x8000, True),
    "native_commissioning": (0x4000, True),
    "legacy_routers": (0x2000, True),
    "external_commissioning": (0x1000, True),
    "beacons": (0x0800, True),
    "commercial_commissioning": (0x0400, False),
    "autonomous_enrollment": (0x0200, False),
    "network_key_provisioning": (0x0100, False),
    "toble_link": (0x0080, True),
    "non_ccm_routers": (0x0040, False),
}
"""Name of a permission: its bit in two octets, and what the bit is where it is given (8.10.1.15)."""
_THRESHOLD = 0x0007
_USUAL_FLAGS = 0xF7F8


@dataclass(frozen=True)
class SecurityPolicy:
    """What a network allows. rotation: hours between two keys; flags: its octets, one in Thread 1.1."""

    rotation: int = USUAL_ROTATION
    flags: bytes = _USUAL_FLAGS.to_bytes(2, "big")

    @classmethod
    def read(cls, octets: bytes) -> SecurityPolicy:
        return cls(int.from_bytes(octets[:2], "big"), octets[2:])

    @property
    def octets(self) -> bytes:
        return self.rotation.to_bytes(2, "big") + self.flags

    @property
    def _bits(self) -> int:
        """Thread 1.1's one octet with what later versions take for the other one."""
        first, *second = self.flags
        return first << 8 | (second[0] if second else _USUAL_FLAGS & 0xFF)

    @property
    def allowed(self) -> tuple[str, ...]:
        """What is allowed, of FLAGS, in its order."""
        return tuple(name for name, (bit, given) in FLAGS.items() if bool(self._bits & bit) is given)

    @property
    def version_threshold(self) -> int:
        """Which versions of Thread may route: 0 all, else those from this number plus 3 on."""
        return self._bits & _THRESHOLD

    def allowing(self, **changes: bool) -> SecurityPolicy:
        """With these of FLAGS allowed, or not. Raises KeyError for another name."""
        bits = self._bits
        for name, wanted in changes.items():
            bit, given = FLAGS[name]
            bits = bits | bit if wanted is given else bits & ~bit
        # One octet stays one as long as nothing of the second is said.
        if len(self.flags) == 1 and bits & 0xFF == _USUAL_FLAGS & 0xFF:
            return SecurityPolicy(self.rotation, bytes((bits >> 8,)))
        return SecurityPolicy(self.rotation, bits.to_bytes(2, "big") + self.flags[2:])

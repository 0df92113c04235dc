"""Sample data of the Mesh Protocol specification, section 8.3, in its notation.

BlueZ's unit tests (bluez/bluez, unit/test-mesh-crypto.c) have the same numbers, but not those of 8.3.18.
"""

from __future__ import annotations

from dataclasses import dataclass

from companion.secret import Secret

NETWORK_KEY = Secret(bytes.fromhex("7dd7364cd842ad18c17c2b820c84c3d6"))
APPLICATION_KEY = Secret(bytes.fromhex("63964771734fbd76e3b40519d1d94a48"))
DEVICE_KEY = Secret(bytes.fromhex("9d6dd0e96eb25dc19a40ed9914f8f03f"))
IV_INDEX = 0x12345678

NID, AID = 0x68, 0x26
ENCRYPTION_KEY = "0953fa93e7caac9638f58820220a398e"
PRIVACY_KEY = "8b84eedec100067d670971dd2aa700cf"
NETWORK_ID = "3ecaff672f673370"
IDENTITY_KEY = "84396c435ac48560b5965385253e210c"
BEACON_KEY = "5423d967da639a99cb02231a83f7d254"
BEACON = "01003ecaff672f673370123456788ea261582f364f6f"


@dataclass(frozen=True)
class Message:
    """One network PDU: section, what it says, and the octets on the air."""

    section: str
    control: bool
    ttl: int
    sequence: int
    source: int
    destination: int
    transport: str
    packet: str


MESSAGES = (
    Message(
        "8.3.1", True, 0, 0x000001, 0x1201, 0xFFFD, "034b50057e400000010000",
        "68eca487516765b5e5bfdacbaf6cb7fb6bff871f035444ce83a670df",
    ),
    Message(
        "8.3.2", True, 0, 0x014820, 0x2345, 0x1201, "04320308ba072f",
        "68d4c826296d7979d7dbc0c9b4d43eebec129d20a620d01e",
    ),
    Message(
        "8.3.3", True, 0, 0x2B3832, 0x2FE3, 0x1201, "04fa0205a6000a",
        "68da062bc96df253273086b8c5ee00bdd9cfcc62a2ddf572",
    ),
    Message(
        "8.3.6", False, 4, 0x3129AB, 0x0003, 0x1201, "8026ac01ee9dddfd2169326d23f3afdf",
        "68cab5c5348a230afba8c63d4e686364979deaf4fd40961145939cda0e",
    ),
    Message(
        "8.3.6", False, 4, 0x3129AC, 0x0003, 0x1201, "8026ac21cfdc18c52fdef772e0e17308",
        "681615b5dd4a846cae0c032bf0746f44f1b8cc8ce5edc57e55beed49c0",
    ),
    Message(
        "8.3.7", True, 0x0B, 0x014835, 0x2345, 0x0003, "00a6ac00000002",
        "68e476b5579c980d0d730f94d7f3509df987bb417eb7c05f",
    ),
    Message(
        "8.3.8", False, 4, 0x3129AD, 0x0003, 0x1201, "8026ac01ee9dddfd2169326d23f3afdf",
        "684daa6267c2cf0e2f91add6f06e66006844cec97f973105ae2534f958",
    ),
    Message(
        "8.3.9", True, 0x0B, 0x014836, 0x2345, 0x0003, "00a6ac00000003",
        "68aec467ed4901d85d806bbed248614f938067b0d983bb7b",
    ),
)  # fmt: skip

APPKEY_ADD = "0056341263964771734fbd76e3b40519d1d94a48"
"""The access message of 8.3.6: AppKey 0x123 for NetKey 0x456."""
APPKEY_ADD_UPPER = "ee9dddfd2169326d23f3afdfcfdc18c52fdef772e0e17308"
"""And its upper transport PDU, of sequence number 0x3129ab."""

HEALTH = Message(
    "8.3.18", False, 3, 0x000007, 0x1201, 0xFFFF, "665a8bde6d9106ea078a",
    "6848cba437860e5673728a627fb938535508e21a6baf57",
)  # fmt: skip
HEALTH_ACCESS = "0400000000"
"""The access message of 8.3.18, to all nodes, with the application key."""

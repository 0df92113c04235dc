"""Access messages: another implementation's octets, every message read as it was written, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import ProtocolViolation
from companion.protocols.mesh.models import composition, identifiers, messages, opcodes, status
from companion.protocols.mesh.models.composition import Composition, Element, Feature
from companion.protocols.mesh.models.identifiers import ONOFF_SERVER, ModelId
from companion.protocols.mesh.models.key_messages import (
    AppKeyAdd,
    AppKeyDelete,
    AppKeyStatus,
    AppKeyUpdate,
    KeyRefreshGet,
    KeyRefreshSet,
    KeyRefreshStatus,
    NetKeyAdd,
    NetKeyDelete,
    NetKeyStatus,
    NetKeyUpdate,
    Transition,
)
from companion.protocols.mesh.models.messages import Message, OtherMessage
from companion.protocols.mesh.models.model_messages import (
    Binding,
    CompositionGet,
    CompositionStatus,
    ModelAppBind,
    ModelAppStatus,
    ModelAppUnbind,
    NodeReset,
    NodeResetStatus,
    Publication,
    PublicationGet,
    PublicationSet,
    PublicationStatus,
    Subscription,
    SubscriptionAdd,
    SubscriptionDelete,
    SubscriptionStatus,
)
from companion.protocols.mesh.models.onoff import (
    OnOffGet,
    OnOffSet,
    OnOffSetUnacknowledged,
    OnOffStatus,
)
from companion.protocols.mesh.models.status import WORDS, Status
from companion.protocols.mesh.network.keys import Phase
from companion.secret import Secret
from tests.protocols.mesh.network import witness

KEY = Secret(witness.KEY)
BINDING = Binding(0x1234, 0x123, ONOFF_SERVER)
SUBSCRIPTION = Subscription(0x1234, 0xC001, ONOFF_SERVER)
WITNESSED: dict[str, Message] = {
    "appkey_add": AppKeyAdd(0x456, 0x123, KEY),
    "appkey_update": AppKeyUpdate(1, 2, KEY),
    "appkey_status": AppKeyStatus(Status.KEY_INDEX_STORED, 0x456, 0x123),
    "appkey_delete": AppKeyDelete(0x456, 0x123),
    "netkey_add": NetKeyAdd(0x456, KEY),
    "netkey_update": NetKeyUpdate(0x456, KEY),
    "netkey_delete": NetKeyDelete(0x456),
    "netkey_status": NetKeyStatus(Status.INVALID_NETKEY_INDEX, 0x456),
    "key_refresh_get": KeyRefreshGet(0x456),
    "key_refresh_set": KeyRefreshSet(0x456, Transition.TO_SWITCH),
    "key_refresh_status": KeyRefreshStatus(Status.SUCCESS, 0x456, Phase.SWITCH),
    "bind": ModelAppBind(BINDING),
    "bind_vendor": ModelAppBind(Binding(0x1234, 0x123, ModelId(0x1000, 0x59))),
    "unbind": ModelAppUnbind(BINDING),
    "bind_status": ModelAppStatus(Status.INVALID_MODEL, BINDING),
    "publication_set": PublicationSet(
        Publication(0x1234, 0xC001, 0x123, ONOFF_SERVER, 7, 0x45, 0x0A, low_power=True)
    ),
    "publication_get": PublicationGet(0x1234, ONOFF_SERVER),
    "subscription_add": SubscriptionAdd(SUBSCRIPTION),
    "subscription_delete": SubscriptionDelete(SUBSCRIPTION),
    "reset": NodeReset(),
    "reset_status": NodeResetStatus(),
    "composition_get": CompositionGet(),
    "composition_status": CompositionStatus(0, bytes.fromhex(witness.ACCESS["composition_status"])[2:]),
    "onoff_get": OnOffGet(),
    "onoff_set": OnOffSet(True, 0x22),
    "onoff_set_fading": OnOffSet(True, 0x22, (0x05, 0x0A)),
    "onoff_set_unacknowledged": OnOffSetUnacknowledged(False, 0x22),
    "onoff_status": OnOffStatus(True),
    "onoff_status_fading": OnOffStatus(False, True, 0x05),
}
OURS: tuple[Message, ...] = (
    PublicationStatus(Status.SUCCESS, Publication(0x1234, 0, 0, ModelId(1, 0x59))),
    SubscriptionStatus(Status.INVALID_ADDRESS, SUBSCRIPTION),
    OtherMessage(0xC05900, b"vendor"),
    OtherMessage(0x04, b"\x00"),
)


@pytest.mark.parametrize("name", witness.ACCESS)
def test_messages_are_written_as_others_write_them(name: str) -> None:
    octets = bytes.fromhex(witness.ACCESS[name])
    assert messages.encode(WITNESSED[name]) == octets
    assert messages.decode(octets) == WITNESSED[name]


@pytest.mark.parametrize("message", OURS)
def test_what_was_written_is_read(message: Message) -> None:
    assert messages.decode(messages.encode(message)) == message


@settings(max_examples=25)
@given(st.sampled_from((*WITNESSED.values(), *OURS[:2])), st.integers(0, 30), st.binary(max_size=3))
def test_shorter_or_longer_is_refused_or_means_the_same_octets(
    message: Message, cut: int, more: bytes
) -> None:
    octets = messages.encode(message)[:cut] + more
    try:
        read = messages.decode(octets)
    except ProtocolViolation:
        return
    # The first 4 bits of an index are reserved, and so are some of the others.
    assert len(messages.encode(read)) == len(octets)


@settings(max_examples=25)
@given(st.binary(max_size=40))
def test_anything_is_read_or_refused(octets: bytes) -> None:
    try:
        read = messages.decode(octets)
    except ProtocolViolation:
        return
    assert len(messages.encode(read)) == len(octets)


@pytest.mark.parametrize(
    "octets",
    ["", "7f", "80", "c05d", "8016000001", "801700000003", "800312000000", "804100", "803d01", "820202",
     "82020200", "820107", "82010000", "803d010200001122ff", "8049ff", "804aff"],
)  # fmt: skip
def test_the_malformed_is_refused(octets: str) -> None:
    with pytest.raises(ProtocolViolation):
        messages.decode(bytes.fromhex(octets))


MODELS = st.builds(ModelId, st.integers(0, 0xFFFF), st.none() | st.integers(0, 0xFFFF))


@settings(max_examples=25)
@given(
    st.builds(
        Composition,
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.integers(0, 15).map(Feature),
        st.lists(
            st.builds(
                Element,
                st.lists(MODELS, max_size=5).map(
                    lambda each: tuple(sorted(each, key=lambda m: m.company is not None))
                ),
                st.integers(0, 0xFFFF),
            ),
            min_size=1,
            max_size=4,
        ).map(tuple),
    )
)
def test_a_composition_is_read_as_it_was_written_and_no_part_of_it(whole: Composition) -> None:
    octets = whole.encode()
    assert composition.decode(octets) == whole
    for end in range(0, len(octets), 3):
        try:
            assert len(composition.decode(octets[:end]).elements) < len(whole.elements)
        except ProtocolViolation:
            continue


def test_the_composition_of_the_specification() -> None:
    """4.2.2.1 has it as an example; its element has a vendor's model."""
    read = composition.decode(bytes.fromhex(witness.ACCESS["composition_status"])[2:])
    assert (read.company, read.product, read.version, read.replay) == (0x000C, 0x001A, 0x0001, 0x0008)
    assert read.features == Feature.RELAY | Feature.PROXY
    assert read.elements[0].models[-1] == ModelId(0x002A, 0x003F)
    assert read.element_with(ONOFF_SERVER) == 0 and read.element_with(ModelId(0x1300)) is None


@pytest.mark.parametrize("octets", ["", "0102", "010000", "01000100", "0100010000", "01000001590001"])
def test_a_composition_that_ends_early_is_refused(octets: str) -> None:
    whole = bytes(10) + bytes.fromhex("00000000")
    assert len(composition.decode(whole).elements) == 1
    with pytest.raises(ProtocolViolation):
        composition.decode(whole + bytes.fromhex(octets) if octets else whole[:13])


def test_models_have_names_and_numbers() -> None:
    assert ONOFF_SERVER.name == "Generic OnOff Server" and str(ONOFF_SERVER) == "1000"
    vendor = ModelId(0x1000, 0x0059)
    assert vendor.name == str(vendor) == "00591000" and ModelId(0x9999).name == "9999"
    for model in (ONOFF_SERVER, vendor):
        assert identifiers.parse(str(model)) == model
    with pytest.raises(ValueError, match="5 digits"):
        identifiers.parse("10000")
    assert ModelId(0).is_foundation and not vendor.is_foundation


def test_every_status_has_words_and_no_other_is_taken() -> None:
    assert set(WORDS) == set(Status)
    with pytest.raises(ProtocolViolation):
        status.decode(0x12)


@settings(max_examples=25)
@given(st.one_of(st.integers(0, 0x7E), st.integers(0x8000, 0xBFFF), st.integers(0xC00000, 0xFFFFFF)))
def test_opcodes_are_read_as_they_were_written(opcode: int) -> None:
    assert opcodes.split(opcodes.encode(opcode) + b"rest") == (opcode, b"rest")

"""Which characteristic is which endpoint: by description, else by the table."""

from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.espressif.endpoints import SERVICES, TABLE, Directory, choose_service, guess

SERVICE = SERVICES[0]
OTHER = "12345678-6b43-439b-877c-060f2d9bed07"


def learn_until_found(directory: Directory, endpoint: str, names: dict[str, str]) -> tuple[str | None, int]:
    """The characteristic of an endpoint and how many descriptions had to be read for it."""
    reads = 0
    while (uuid := directory.ask_next(endpoint)) is not None:
        reads += 1
        directory.learn(uuid, names[uuid].encode())
    return directory.find(endpoint), reads


def test_the_table_replaces_hex_digits_five_to_eight() -> None:
    assert guess(SERVICE, "prov-session") == "1775ff51-6b43-439b-877c-060f2d9bed07"
    assert guess(SERVICE, "custom-data") is None


def test_one_description_is_read_for_each_endpoint_that_is_where_it_belongs() -> None:
    names = {guess(SERVICE, name): name for name in TABLE}
    directory = Directory(SERVICE, dict.fromkeys(names, True))
    for endpoint in ("proto-ver", "prov-session", "prov-config"):
        assert learn_until_found(directory, endpoint, names) == (guess(SERVICE, endpoint), 1)
    assert learn_until_found(directory, "prov-config", names)[1] == 0


@given(st.permutations(list(TABLE)))
def test_descriptions_win_over_the_table(order: list[str]) -> None:
    names = dict(zip((guess(SERVICE, name) for name in TABLE), order, strict=True))
    directory = Directory(SERVICE, dict.fromkeys(names, True))
    for uuid, name in names.items():
        assert learn_until_found(directory, name, names)[0] == uuid


def test_without_descriptions_the_table_is_all_there_is() -> None:
    directory = Directory(SERVICE, {guess(SERVICE, name): False for name in ("prov-session", "proto-ver")})
    assert directory.ask_next("prov-session") is None
    assert directory.find("prov-session") == guess(SERVICE, "prov-session")
    assert directory.find("prov-scan") is None


def test_an_empty_or_broken_description_leaves_the_table() -> None:
    session, config = guess(SERVICE, "prov-session"), guess(SERVICE, "prov-config")
    directory = Directory(SERVICE, {session: True, config: True})
    directory.learn(session, b"")
    directory.learn(config, b"\xff\xfe")
    assert directory.find("prov-session") == session
    assert directory.find("prov-config") == config


def test_an_endpoint_of_the_application_is_found_by_its_name_in_any_case() -> None:
    custom = "1775ff54-6b43-439b-877c-060f2d9bed07"
    directory = Directory(SERVICE, {custom: True})
    directory.learn(custom, b"Custom-Data\0")
    assert directory.find("custom-data") == custom


def test_an_endpoint_that_is_not_there_ends_the_search() -> None:
    names = {guess(SERVICE, name): name for name in TABLE if name != "prov-ctrl"}
    directory = Directory(SERVICE, dict.fromkeys(names, True))
    assert learn_until_found(directory, "prov-ctrl", names) == (None, len(names))


def test_the_service_is_the_one_that_holds_prov_session() -> None:
    table = {guess(OTHER, "prov-session"): OTHER, "00002a00-0000-1000-8000-00805f9b34fb": "gap"}
    assert choose_service(table, ()) == OTHER
    assert choose_service({"a": SERVICE, "b": "gap"}, ()) == SERVICE
    assert choose_service({"a": OTHER, "b": "gap"}, (OTHER,)) == OTHER
    assert choose_service({"b": "gap"}, (OTHER,)) is None

"""`companion grant`: asked for, said back, signed, imported, passed on and revoked, all of it offline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from companion.cli import main
from companion.endpoint.last_port import keep_port
from companion.trust.grants.accounts import BroughtHome
from tests.commands.conftest import Ran

VIRTUAL = ("--radio", "virtual")
TERMS = ("--right", "onboard", "--right", "networks", "--site", "hall-2", "--devices", "40", "--yes")


class FixedClock:
    """In the place of `datetime`, for what asks it for the time alone."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self, zone: tzinfo) -> datetime:
        return self._now.astimezone(zone)


class Owners:
    """Commands of several people, each with a data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, who: str, *arguments: str) -> Ran:
        self._capsys.readouterr()
        status = main(["grant", *arguments, *VIRTUAL, "--data-dir", str(self.folder / who)])
        out, err = self._capsys.readouterr()
        return Ran(status, out, err)

    def request(self, who: str, file: str = "request.txt") -> str:
        path = str(self.folder / file)
        assert self.run(who, "request", path, "--name", f"{who}’s station").status == 0
        return path

    def issue(self, who: str, to: str, *terms: str, file: str = "grant.txt") -> str:
        path = str(self.folder / file)
        ran = self.run(who, "issue", self.request(to), *terms, "--out", path)
        assert ran.status == 0, ran.err
        return path


@pytest.fixture
def owners(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Owners:
    for name in ("COMPANION_RADIO", "COMPANION_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    return Owners(tmp_path, capsys)


@pytest.mark.parametrize("ending", ["txt", "png"])
def test_a_grant_travels_as_a_file_or_a_picture(owners: Owners, ending: str) -> None:
    request, grant = f"request.{ending}", f"grant.{ending}"
    owners.request("bert", request)
    path = owners.folder / grant
    ran = owners.run("anna", "issue", str(owners.folder / request), *TERMS, "--out", str(path))
    assert "bert’s station may set up new devices, change their network" in ran.out
    assert "No grant can allow that" in ran.out and "as devices can't count it" in ran.out
    taken = owners.run("bert", "import", str(path), "--json").document
    assert (taken["held"], taken["state"], taken["sites"]) == (True, "in force", ["hall-2"])
    issued = owners.run("anna", "list", "--json").document["grants"]
    assert [each["id"] for each in issued] == [taken["id"]]
    assert issued[0]["holder_key"] == taken["holder_key"]


def test_nothing_is_signed_unasked(owners: Owners) -> None:
    ran = owners.run("anna", "issue", owners.request("bert"), *TERMS[:-1], "--out", str(owners.folder / "g"))
    assert ran.status == 2 and "bert’s station may" in ran.out and "--yes" in ran.err
    assert not (owners.folder / "g").exists()
    assert owners.run("anna", "list", "--json").document["grants"] == []


@pytest.mark.parametrize(
    "terms",
    [
        ("--site", "hall-2"),
        ("--right", "rotate"),
        ("--right", "rotate", "--everywhere", "--site", "hall-2"),
        ("--right", "rotate", "--site", "Hall 2"),
        ("--right", "rotate", "--serial", "a b"),
        ("--right", "rotate", "--everywhere", "--until", "2020-01-01"),
        ("--right", "rotate", "--everywhere", "--days", "0"),
        ("--right", "rotate", "--everywhere", "--depth", "4"),
        ("--right", "rotate", "--everywhere", "--devices", "0"),
    ],
    ids=" ".join,
)
def test_terms_that_make_no_grant_are_refused_with_the_reason(owners: Owners, terms: tuple[str, ...]) -> None:
    ran = owners.run(
        "anna", "issue", owners.request("bert"), *terms, "--out", str(owners.folder / "g"), "--yes"
    )
    assert ran.status == 2 and ran.err.startswith("companion: ")


def test_transfer_is_no_right_that_can_be_named(owners: Owners) -> None:
    with pytest.raises(SystemExit):
        owners.run("anna", "issue", owners.request("bert"), "--right", "transfer", "--everywhere")


def test_what_is_passed_on_is_narrower_or_is_not(owners: Owners) -> None:
    grant = owners.issue("anna", "bert", *TERMS, "--depth", "1")
    assert owners.run("bert", "import", grant).status == 0
    (held,) = owners.run("bert", "list", "--json").document["grants"]
    wide = owners.run(
        "bert", "issue", owners.request("cora"), "--under", held["id"], "--everywhere", "--yes", "--json",
        "--out", str(owners.folder / "wide"),
    )  # fmt: skip
    assert wide.document["error"]["code"] == "A-151" and "fewer sites" in wide.document["error"]["advice"]
    assert not (owners.folder / "wide").exists()
    further = owners.issue(
        "bert", "cora", "--under", held["id"], "--right", "networks", "--yes", file="further"
    )
    taken = owners.run("cora", "import", further, "--json").document
    assert [link["holder"] for link in taken["chain"]] == ["bert’s station", "cora’s station"]
    assert taken["rights"] == ["networks"] and taken["depth"] == 0
    shown = owners.run("cora", "show", taken["id"]).out
    assert "Issued under: bert’s station may" in shown


@pytest.mark.parametrize("ended", ["revoked", "until"])
def test_what_counts_no_more_is_not_passed_on(
    owners: Owners, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    grant = owners.issue("anna", "bert", *TERMS, "--depth", "1")
    held = owners.run("bert", "import", grant, "--json").document
    request, out = owners.request("cora"), owners.folder / "further"
    if ended == "revoked":
        folder = ("--data-dir", str(owners.folder / "anna"))
        assert owners.run("anna", "revoke", held["id"], "--yes").status == 0
        lists = str(owners.folder / "list.bin")
        assert main(["trust", "revocation", "export", lists, *VIRTUAL, *folder]) == 0
        imported = ["trust", "revocation", "import", lists, *VIRTUAL]
        assert main([*imported, "--data-dir", str(owners.folder / "bert")]) == 0
    else:
        later = datetime.now(UTC) + timedelta(days=400)
        monkeypatch.setattr("companion.trust.grants.actions.datetime", FixedClock(later))
    ran = owners.run("bert", "issue", request, "--under", held["id"], "--yes", "--json", "--out", str(out))
    error = ran.document["error"]
    assert (ran.status, error["code"], out.exists()) == (5, "A-150", False)
    assert ("revoked it" if ended == "revoked" else "It expired on") in error["advice"]
    assert len(owners.run("bert", "list", "--json").document["grants"]) == 1, "nothing was signed"


def test_a_grant_for_somebody_else_is_not_imported(owners: Owners) -> None:
    grant = owners.issue("anna", "bert", *TERMS)
    ran = owners.run("cora", "import", grant, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (5, "A-152")


def test_revoked_is_shown_and_written_into_the_list_of_services(owners: Owners) -> None:
    owners.issue("anna", "bert", *TERMS)
    (issued,) = owners.run("anna", "list", "--json").document["grants"]
    crl = owners.folder / "crl.pem"
    assert main(["trust", "crl", str(crl), *VIRTUAL, "--data-dir", str(owners.folder / "anna")]) == 0
    before = crl.read_bytes()
    assert owners.run("anna", "revoke", issued["id"], "--yes").status == 0
    (revoked,) = owners.run("anna", "list", "--json").document["grants"]
    assert revoked["state"] == "revoked" and crl.read_bytes() != before
    again = owners.run("anna", "revoke", issued["id"])
    assert again.status == 0 and f"Grant {issued['id']} was revoked before, at 2" in again.out
    owners.issue("anna", "bert", *TERMS)
    other = next(
        each["id"]
        for each in owners.run("anna", "list", "--json").document["grants"]
        if each["state"] != "revoked"
    )
    assert owners.run("anna", "revoke", other).status == 2, "asked, and nobody said yes"
    named = owners.run("anna", "issue", "request.txt", "--name", "Bert", *TERMS, "--out", "grant.txt")
    assert named.status == 2 and "--name" in named.err


def test_a_grant_is_written_again(owners: Owners) -> None:
    grant = Path(owners.issue("anna", "bert", *TERMS))
    (issued,) = owners.run("anna", "list", "--json").document["grants"]
    again = owners.folder / "again.txt"
    assert owners.run("anna", "export", issued["id"], "--out", str(again)).status == 0
    assert again.read_bytes() != grant.read_bytes()
    assert owners.run("bert", "import", str(again), "--json").document["id"] == issued["id"]


def test_a_grant_names_no_endpoint_that_is_over(owners: Owners) -> None:
    folder, out = owners.folder, str(owners.folder / "grant.txt")
    (folder / "anna").mkdir(mode=0o700)
    keep_port(folder / "anna", 9)
    words = ("issue", owners.request("bert"), *TERMS, "--out", out)
    ran = owners.run("anna", *words)
    assert "New devices report to no endpoint." in ran.out and "No endpoint of yours is running" in ran.out
    chosen = owners.run("anna", *words, "--endpoint", "none")
    assert "report to no endpoint." in chosen.out and "is running" not in chosen.out
    given = owners.run("anna", *words, "--endpoint", "endpoint.example:8883")
    assert "New devices report to the endpoint endpoint.example:8883." in given.out
    issued = owners.run("bert", "import", out, "--json").document
    assert issued["endpoint"] == "endpoint.example:8883"
    shown = owners.run("anna", "show", issued["id"])
    assert "report to the endpoint endpoint.example:8883." in shown.out
    again = ("export", issued["id"], "--out", out, "--endpoint")
    assert owners.run("anna", *again, "none").status == 2, "it is in what was signed"
    assert owners.run("anna", *again, "elsewhere.example:1").status == 0


def test_a_device_of_several_receipts_is_named_once(
    owners: Owners, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    device = SimpleNamespace(name="Lamp", serial="SN-1")
    account = SimpleNamespace(device=device, certificate="ab", onboards=False)
    told = [BroughtHome(account, "d-1", "revoked")] * 2  # type: ignore[arg-type]
    monkeypatch.setattr("companion.trust.grants.accounts.bring_home", lambda *given, late: told)
    (tmp_path / "report").write_bytes(b"report")
    said = owners.run("anna", "bring-home", str(tmp_path / "report")).out
    assert said.count("! Lamp (SN-1): the grant was revoked.") == 1 and "New entries: 2" in said
    gone = owners.run("anna", "bring-home", str(tmp_path / "none"))
    assert gone.status == 2 and "does not exist" in gone.err and "(S-122)" in gone.err


def test_matter_is_asked_for_given_and_said_honestly(
    owners: Owners, capsys: pytest.CaptureFixture[str]
) -> None:
    request, grant = str(owners.folder / "m.png"), str(owners.folder / "mg.png")
    assert owners.run("bert", "request", request, "--matter").status == 0
    words = ("issue", request, *TERMS, "--out", grant)
    plain = owners.run("anna", *words)
    assert "Without --matter the holder can't set up Matter devices" in plain.out
    assert "You can set up Matter devices" not in owners.run("bert", "import", grant).out
    given = owners.run("anna", *words, "--matter")
    assert given.status == 0 and "enforce none of these limits except the end" in given.out
    taken = owners.run("bert", "import", grant)
    assert "You can set up Matter devices for the owner until the grant expires." in taken.out
    issued = owners.run("anna", "list", "--json").document["grants"]
    capsys.readouterr()
    main(
        ["trust", "revocation", "lost", issued[0]["id"], *VIRTUAL, "--data-dir", str(owners.folder / "anna")]
    )
    assert "Matter devices can't be told" in capsys.readouterr().out
    ends = [owners.run("anna", "revoke", each["id"], "--yes").out for each in issued]
    assert sorted("Matter devices can't be told" in each for each in ends) == [False, True]


@pytest.mark.parametrize(
    ("asks", "terms", "why"),
    [
        ((), TERMS, "written without --matter"),
        (("--matter",), ("--right", "read", "--everywhere", "--yes"), "needs --right onboard"),
    ],
)
def test_matter_is_not_given_unasked_or_without_the_right(
    owners: Owners, asks: tuple[str, ...], terms: tuple[str, ...], why: str
) -> None:
    request = str(owners.folder / "request")
    owners.run("bert", "request", request, *asks)
    out = owners.folder / "none"
    ran = owners.run("anna", "issue", request, *terms, "--matter", "--out", str(out))
    assert ran.status == 2 and why in ran.err and not out.exists()


@pytest.mark.parametrize("name", ["An\x1b[31mna", "\u202eannA", "Anna\nBert"])
def test_a_name_that_no_owner_could_read_is_refused_where_it_is_written(owners: Owners, name: str) -> None:
    file = owners.folder / "request"
    ran = owners.run("bert", "request", str(file), "--name", name)
    assert ran.status == 2 and "can't be seen" in ran.err and not file.exists()


def test_a_long_name_is_cut_to_what_an_owner_reads(owners: Owners) -> None:
    file = str(owners.folder / "request")
    assert owners.run("bert", "request", file, "--name", "ü" * 64).status == 0
    ran = owners.run("anna", "issue", file, *TERMS, "--yes", "--out", str(owners.folder / "grant"))
    assert ran.status == 0 and "ü" * 32 in ran.out


def test_matter_is_not_passed_on(owners: Owners) -> None:
    grant = owners.issue("anna", "bert", *TERMS, "--depth", "1")
    held = owners.run("bert", "import", grant, "--json").document["id"]
    request = str(owners.folder / "further")
    owners.run("cora", "request", request, "--matter")
    where = ("--under", held, "--yes", "--out", str(owners.folder / "none"))
    ran = owners.run("bert", "issue", request, *where, "--matter")
    assert ran.status == 2 and "can't be passed on" in ran.err

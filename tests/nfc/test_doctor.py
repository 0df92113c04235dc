"""What the doctor says of NFC readers."""

from pathlib import Path

import pytest

from companion.doctor import nfc
from companion.doctor.checks import CheckState
from companion.doctor.remedies import command_of
from companion.nfc.reader import Readers, ReaderState
from tests.nfc.vpcd import Service
from tests.support.until import wait_until


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("companion.doctor.remedies.this_system", lambda: "linux")
    monkeypatch.setattr(nfc, "this_system", lambda: "linux")
    monkeypatch.setattr(nfc, "USB_DEVICES", tmp_path)
    monkeypatch.setattr(nfc, "TAKING_MODULE", tmp_path / "module")
    return tmp_path


def test_a_reader_that_the_kernel_took_is_named_with_the_line_that_frees_it(linux: Path) -> None:
    reader = linux / "1-2"
    reader.mkdir()
    (reader / "idVendor").write_text("072f\n")
    (reader / "idProduct").write_text("2200\n")
    assert [check.state for check in nfc.examine()] != [CheckState.GOOD]
    (linux / "module").mkdir()
    (check,) = nfc.examine()
    assert "pn533_usb" in str(check.sentence) and check.remedy is not None
    assert command_of(str(check.remedy)).endswith("modprobe -r pn533_usb'")


def test_the_service_is_missing_or_there(linux: Path, pcsc: Service) -> None:
    with Readers() as readers:
        wait_until(lambda: readers.refresh() is ReaderState.READY)
    (check,) = nfc.examine()
    assert check.state is CheckState.GOOD and "Virtual reader" in str(check.sentence)
    pcsc.stop()
    (check,) = nfc.examine()
    assert check.state is CheckState.LACKING and check.remedy is not None
    assert "pcscd" in command_of(str(check.remedy))

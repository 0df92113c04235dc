"""The examples of the documentation do what they say."""

import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "assets/docs/examples"


async def test_the_example_commissions_its_devices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(EXAMPLES / "fifty_devices.py"))
    await example["main"](3, tmp_path)
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.endswith(" commissioned ")] == [
        f"{number}/3 commissioned " for number in (1, 2, 3)
    ]
    assert sum("opened TLS at" in line for line in said) == 3
    assert said[-1] == "In the registry: 3"

"""The app for macOS and Windows: a project that Briefcase takes, which asks for all that Companion uses."""

from __future__ import annotations

import ast
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

import pytest

from assets.packaging.briefcase.project import triple, write
from assets.packaging.share import APP_ID
from companion.doctor.remedies import REMEDIES

ROOT = Path(__file__).parents[2]
WHEEL = "companion-1.2.3.dev4+g12ab-py3-none-any.whl"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    wheel = tmp_path / WHEEL
    wheel.write_bytes(b"a wheel")
    return write(wheel, tmp_path / "project")


@pytest.fixture
def app(project: Path) -> dict[str, Any]:
    app: dict[str, Any] = tomllib.loads(project.read_text())["tool"]["briefcase"]["app"]["companion-app"]
    return app


def test_it_starts_the_window_of_the_wheel_beside_it(project: Path, app: dict[str, Any]) -> None:
    (required,) = app["requires"]
    assert required.startswith(f"./{WHEEL}[") and (project.parent / WHEEL).read_bytes() == b"a wheel"
    (source,) = app["sources"]
    start = ast.parse((project.parent / source / "__main__.py").read_text())
    assert "ui.__main__" in [each.module for each in ast.walk(start) if isinstance(each, ast.ImportFrom)]
    assert "@" not in project.read_text().replace("companion@localhost", "").split("\n", 2)[2]


def test_the_system_asks_with_a_reason_for_all_that_the_doctor_sends_people_to_allow(
    app: dict[str, Any],
) -> None:
    """Without a usage text macOS ends an app that uses such a thing."""
    told = " ".join(remedy["macos"].template for remedy in REMEDIES.values() if "macos" in remedy)
    asked = {each.lower() for each in re.findall(r"Privacy & Security → (\w+): allow Companion", told)}
    assert asked == {"bluetooth", "camera", "microphone"} == set(app["permission"])
    assert all(text.startswith("Companion ") and text.endswith(".") for text in app["permission"].values())


def test_it_may_look_for_each_service_that_companion_looks_for(app: dict[str, Any]) -> None:
    code = "".join(path.read_text() for path in (ROOT / "companion").rglob("*.py"))
    services = set(re.findall(r'"(_[a-z0-9-]+\._(?:tcp|udp))', code))
    assert set(app["macOS"]["info"]["NSBonjourServices"]) == services


def test_an_installer_replaces_the_older_version(app: dict[str, Any]) -> None:
    assert uuid.UUID(app["windows"]["guid"])
    assert app["windows"]["version_triple"] == "1.2.3"
    assert [triple(each) for each in ("2", "0.1.1.dev7+gab", "1.2.3.4")] == ["2.0.0", "0.1.1", "1.2.3"]


def test_both_systems_know_it_by_the_name_that_the_menu_of_linux_has(project: Path) -> None:
    settings = tomllib.loads(project.read_text())["tool"]["briefcase"]
    assert f"{settings['bundle']}.{settings['app']['companion-app']['formal_name']}" == APP_ID
    assert settings["license"] == "Apache-2.0" and (project.parent / settings["license-files"][0]).exists()

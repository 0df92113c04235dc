"""What a protocol remembers survives kills; its secrets are in the vault and nowhere else."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import RegistryBusy
from companion.identity import Vault, open_identity
from companion.protocols import Memory
from companion.registry import Registry, open_registry

JSON = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_identity(tmp_path, throwaway=True).vault


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(JSON)
def test_any_json_comes_back_as_it_was(registry: Registry, vault: Vault, value: object) -> None:
    memory: Memory = registry.memory("rp1", vault)
    memory.put("key", value)
    assert memory.get("key") == value


def test_values_are_replaced_and_forgotten(registry: Registry, vault: Vault) -> None:
    memory = registry.memory("rp1", vault)
    assert memory.get("count") is None
    memory.put("count", 1)
    memory.put("count", 2)
    assert memory.get("count") == 2
    memory.put("count", None)
    memory.put("never there", None)
    assert memory.get("count") is None


def test_protocols_do_not_see_each_others_memory(registry: Registry, vault: Vault) -> None:
    registry.memory("rp1", vault).put("key", "rp1")
    registry.memory("rp1", vault).put_secret("key", b"rp1")
    assert registry.memory("espressif", vault).get("key") is None
    assert registry.memory("espressif", vault).get_secret("key") is None


def test_what_one_holds_nobody_else_gets(registry: Registry, vault: Vault) -> None:
    ours, theirs = registry.memory("mesh", vault), registry.memory("mesh", vault)
    with ours.alone("session", seconds=0):
        with pytest.raises(RegistryBusy), theirs.alone("session", seconds=0):
            raise AssertionError
        with theirs.alone("store", seconds=0), registry.memory("rp1", vault).alone("session", seconds=0):
            pass
    with theirs.alone("session", seconds=0):
        pass


def test_what_is_not_json_is_refused_before_anything_is_written(registry: Registry, vault: Vault) -> None:
    memory = registry.memory("rp1", vault)
    memory.put("key", "old")
    with pytest.raises(TypeError):
        memory.put("key", b"bytes")
    assert memory.get("key") == "old"


def test_a_secret_is_in_the_vault_and_not_in_the_registry(tmp_path: Path, vault: Vault) -> None:
    registry = open_registry(tmp_path)
    memory = registry.memory("rp1", vault)
    memory.put_secret("resume", b"32 octets of a resumption secret")
    assert memory.get_secret("resume") == b"32 octets of a resumption secret"
    registry.close()
    for path in tmp_path.glob("*"):
        assert path.is_dir() or b"resumption" not in path.read_bytes(), path.name
    memory.put_secret("resume", None)
    assert memory.get_secret("resume") is None


def test_it_is_there_after_a_kill(tmp_path: Path, vault: Vault) -> None:
    program = (
        "import os, sys; from pathlib import Path; from companion.registry import open_registry\n"
        "from companion.identity import open_identity\n"
        "folder = Path(sys.argv[1]); vault = open_identity(folder, throwaway=True).vault\n"
        "memory = open_registry(folder).memory('rp1', vault)\n"
        "memory.put('tx', 'abc'); memory.put_secret('resume', b'secret'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    registry = open_registry(tmp_path)
    memory = registry.memory("rp1", vault)
    assert (memory.get("tx"), memory.get_secret("resume")) == ("abc", b"secret")
    registry.close()

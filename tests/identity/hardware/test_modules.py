"""Which PKCS#11 modules a computer has."""

from pathlib import Path

from companion.identity.hardware.modules import installed


def test_p11_kits_configuration_is_read(tmp_path: Path) -> None:
    library = tmp_path / "libtoken.so"
    library.touch()
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "token.module").write_text(f"# a comment\nmodule: {library}\npriority: 1\n")
    (folder / "gone.module").write_text("module: /nowhere/gone.so\n")
    (folder / "odd.module").write_bytes(b"\xff\xfe" * 10)
    assert installed((folder, tmp_path / "missing"), "Plan 9") == (library,)


def test_a_module_that_two_files_name_is_there_once(tmp_path: Path) -> None:
    library, link = tmp_path / "libtoken.so", tmp_path / "link.so"
    library.touch()
    link.symlink_to(library)
    (tmp_path / "a.module").write_text(f"module: {library}\n")
    (tmp_path / "b.module").write_text(f"module: {link}\n")
    assert installed((tmp_path,), "Plan 9") == (library,)

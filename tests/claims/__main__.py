"""Renews the table of claims."""

from tests.claims.table import FILE, made

if __name__ == "__main__":
    FILE.write_text(made(), encoding="utf-8")
    print(f"{FILE.name}: {len(made().splitlines())} lines")

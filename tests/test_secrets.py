"""The type that does not print. That no flow prints around it is for `tests/leaks`."""

from __future__ import annotations

import pytest

from companion.protocols import recognise
from companion.secret import Secret


def test_a_secret_does_not_print_format_or_pickle() -> None:
    import copy
    import pickle

    secret = Secret("seven gulls")
    for shown in (str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", "%s" % secret, str([secret])):  # noqa: UP031
        assert "gulls" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)


def test_a_recognised_code_does_not_print_its_secrets() -> None:
    code = recognise('{"ver":"v1","name":"PROV_1","pop":"sesame-77","transport":"ble"}')
    assert "sesame-77" not in repr(code)

"""RFC 9162's tree: the profile's reference root, and every proof of every small tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.trust.transparency import merkle, tree
from tests.trust.transparency import trees

# The reference tree of RP1, section 12.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(33)]


def test_the_reference_tree_has_the_reference_root() -> None:
    growth = tree.Growth()
    assert growth.root() == hashlib.sha256(b"").digest()
    for entry in ENTRIES:
        growth.add(merkle.leaf_hash(entry))
    assert growth.root().hex() == REFERENCE


def test_a_tree_that_grows_has_the_roots_and_subtrees_of_the_definition() -> None:
    growth = tree.Growth()
    for size, leaf in enumerate(LEAVES, 1):
        for node in growth.add(leaf):
            assert node.hash == trees.nodes(LEAVES)(node.level, node.index)
        assert growth.root() == tree.root(trees.nodes(LEAVES[:size]), size) == trees.root(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proved_and_no_other_in_its_place(size: int) -> None:
    leaves = LEAVES[:size]
    root = trees.root(leaves)
    for index in range(size):
        path = trees.inclusion_path(leaves, index)
        assert merkle.includes(leaves[index], index, size, path, root)
        for other in range(size):
            if other != index:
                assert not merkle.includes(leaves[index], other, size, path, root)
                assert not merkle.includes(leaves[other], index, size, path, root)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_beginning_is_proved(size: int) -> None:
    leaves = LEAVES[:size]
    for old in range(1, size + 1):
        path = trees.consistency_path(leaves, old)
        assert merkle.extends(old, trees.root(leaves[:old]), size, trees.root(leaves), path)


@given(st.data())
def test_a_rewritten_beginning_is_never_proved(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 33))
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:changed], bytes(32), *LEAVES[changed + 1 : size]]
    path = trees.consistency_path(rewritten, old)
    old_root = trees.root(LEAVES[:old])
    assert not merkle.extends(old, old_root, size, trees.root(rewritten), path)


@given(st.data())
def test_a_path_that_was_changed_cut_or_stretched_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 33))
    leaves, root = LEAVES[:size], trees.root(LEAVES[:size])
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    inside = trees.inclusion_path(leaves, index)
    since = trees.consistency_path(leaves, old)
    for path, holds in (
        (inside, lambda bad: merkle.includes(leaves[index], index, size, bad, root)),
        (since, lambda bad: merkle.extends(old, trees.root(leaves[:old]), size, root, bad)),
    ):
        place = data.draw(st.integers(0, len(path) - 1))
        changed = (*path[:place], bytes(32), *path[place + 1 :])
        assert not holds(changed) and not holds(path[:-1]) and not holds((*path, bytes(32)))


@pytest.mark.parametrize("index, size", [(-1, 4), (4, 4), (0, 0)])
def test_a_leaf_outside_the_tree_is_no_leaf(index: int, size: int) -> None:
    assert not merkle.includes(LEAVES[0], index, size, (), LEAVES[0])
    with pytest.raises(IndexError):
        trees.inclusion_path(LEAVES[:size], index)


@pytest.mark.parametrize("old, size", [(0, 4), (5, 4), (-1, 4)])
def test_a_beginning_longer_than_the_tree_is_none(old: int, size: int) -> None:
    assert not merkle.extends(old, merkle.EMPTY, size, trees.root(LEAVES[:size]), ())
    with pytest.raises(IndexError):
        trees.consistency_path(LEAVES[:size], old)

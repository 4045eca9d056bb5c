"""A labelled set judges only as long as its labels are right: nobody stands in it twice without a label."""

import random
from types import ModuleType

import pytest

from benchmarks.labelled import fifth_set, seventh_set, sixth_set
from benchmarks.labelled.judging import unlabelled

each_set = pytest.mark.parametrize("one", [fifth_set, sixth_set, seventh_set], ids=lambda one: one.__name__.rpartition(".")[2])


@each_set
def test_nobody_stands_twice_in_a_set_without_a_label(one: ModuleType) -> None:
    made = one.labelled(1500, random.Random(1))
    assert len(made.rows) == 1500
    assert unlabelled(made, one.marks) == []
    assert not made.twins.keys() & made.strangers.keys()


@each_set
def test_a_double_without_a_label_is_seen(one: ModuleType) -> None:
    made = one.labelled(1500, random.Random(1))
    pair = next(pair for pair in made.twins if one.marks(made.rows[pair[0] - 1]) & one.marks(made.rows[pair[1] - 1]))
    del made.twins[pair]
    assert unlabelled(made, one.marks) == [pair]

"""A labelled set judges only as long as its labels are right: nobody stands in it twice without a label."""

import random

from benchmarks.labelled.sixth_set import labelled, marks, unlabelled


def test_nobody_stands_twice_in_the_sixth_set_without_a_label() -> None:
    made = labelled(1500, random.Random(1))
    assert len(made.rows) == 1500
    assert unlabelled(made) == []
    assert not made.twins.keys() & made.strangers.keys()


def test_a_double_without_a_label_is_seen() -> None:
    made = labelled(1500, random.Random(1))
    pair = next(pair for pair in made.twins if marks(made.rows[pair[0] - 1]) & marks(made.rows[pair[1] - 1]))
    del made.twins[pair]
    assert unlabelled(made) == [pair]

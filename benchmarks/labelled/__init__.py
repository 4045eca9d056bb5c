"""Sets of labelled customers: lines of which somebody knows which are one customer, to judge the matcher of duplicates by.

A set is a function `labelled(count, chance)`. It makes customers, writes some of them down twice as people do and plants others that only
look like them; of each pair it keeps which rule made it. Two lines are one customer when a careful clerk who sees both would keep one of
them. `python -m benchmarks.labelled.NAME` tells recall, precision over all pairs, and precision of those called the same. The first set
is `benchmarks.duplicates`: it shaped the matcher and measures the speed of the scan. What sets have in common stands in
`judging` (the command, how a line is kept, pairs without a label) and `parts` (a name put together).

| set | how it was made | its customers and rules |
|---|---|---|
| `held_out` | by other rules than `duplicates`; spent | here |
| `third_set` | from who writes a name down, and what with; spent | here |
| `fourth_set` | without a look at the matcher; spent | `offices` |
| `fifth_set` | by somebody who knew neither the matcher nor its rules; spent | `registered`, `colleagues`, `same_*`, `lookalikes` |
| `sixth_set` | without a look at the matcher or at other sets' rules: a base after ten years | `sixth_*` |
| `seventh_set` | without a look at the matcher or at other sets: of many offices and lands; spent | `seventh_*` |
| `development_set` | the matcher is developed on it: it judges nothing | `customers`, `development_*` |

A set is spent once the matcher was mended on what it missed: then it says what was learned, not what an office will see. What judges is
a set at its first meeting (docs/figures.md), written without a look at the matcher.
"""

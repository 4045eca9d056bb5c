"""How far two short texts are apart: by slips of the pen, and by the pairs of letters they share."""

from __future__ import annotations


def apart(one: str, other: str, most: int) -> int:
    """How many letters must be changed, left out, put in or swapped with their neighbour; `most` + 1 for more than `most`."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    start = 0
    end = min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    behind = 0
    while behind < end - start and one[-1 - behind] == other[-1 - behind]:
        behind += 1
    one, other = one[start : len(one) - behind], other[start : len(other) - behind]
    if most == 1:
        near = len(one) <= 1 and len(other) <= 1
        swapped = len(one) == len(other) == 2 and one[0] == other[1] and one[1] == other[0]
        return 1 if near or swapped else 2
    if len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    return _counted(one, other, most)


def _counted(one: str, other: str, most: int) -> int:
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        earlier, before, line = before, line, [row]
        for column, right in enumerate(other, 1):
            cost = min(before[column] + 1, line[column - 1] + 1, before[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, earlier[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return min(line[-1], most + 1)


def overlap(one: str, other: str) -> float:
    """Shared neighbouring pairs of letters, of 1 (Dice)."""
    pairs, others = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))

"""Clusters: takes edges and what people judged, gives which things are one, and changes neither.

Three values: an edge says "the same", a judgement may say "the same" or "not the same", and of the rest nothing is known. People
win over machines, the later judgement over the earlier; then the surer edge over the less sure. Without a "not the same",
clusters are the connected components.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Clusters:
    """Things that are one, joined step by step; two that are known to differ are never joined, not by way of others either."""

    def __init__(self) -> None:
        self._above: dict[Any, Any] = {}
        self._members: dict[Any, list[Any]] = {}
        self._apart: dict[Any, set[Any]] = defaultdict(set)

    def root(self, node: Any) -> Any:
        """Return the thing that stands for the cluster of `node`."""
        above = self._above.setdefault(node, node)
        while above != node:
            self._above[node] = self._above[above]
            node, above = above, self._above[above]
        return node

    def join(self, a: Any, b: Any) -> bool:
        """Make two things one; False, and nothing done, where they are known to differ."""
        one, other = self.root(a), self.root(b)
        if one == other:
            return True
        if other in self._apart[one]:
            return False
        if len(self.members(one)) < len(self.members(other)):
            one, other = other, one
        self._above[other] = one
        self._members[one] = self.members(one) + self._members.pop(other, [other])
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart[one].add(third)
        return True

    def part(self, a: Any, b: Any) -> bool:
        """Say that two things differ; False, and nothing done, where they are one already."""
        one, other = self.root(a), self.root(b)
        if one == other:
            return False
        self._apart[one].add(other)
        self._apart[other].add(one)
        return True

    def members(self, node: Any) -> list[Any]:
        """Return the things that are one with `node`, itself among them."""
        root = self.root(node)
        return self._members.setdefault(root, [root])

    def groups(self) -> list[list[Any]]:
        """Return the clusters of two and more, each and all sorted."""
        roots = sorted({self.root(node) for node in self._above}, key=repr)
        return sorted(sorted(self.members(root)) for root in roots if len(self.members(root)) > 1)


def components(
    edges: Iterable[tuple[Node, Node, float]],
    judgements: Sequence[tuple[Node, Node, bool]] = (),
    differing: Iterable[tuple[Node, Node]] = (),
) -> list[list[Node]]:
    """Return the clusters of two and more.

    Args:
        edges: two things and how surely they are one.
        judgements: two things and whether a person said that they are the same, the earliest first.
        differing: two things that a machine knows to differ; a person's "the same" wins over it.

    >>> components([("a", "b", 0.9), ("b", "c", 0.8)])
    [['a', 'b', 'c']]
    >>> components([("a", "b", 0.9), ("b", "c", 0.8)], [("a", "c", False)])
    [['a', 'b']]
    """
    found = Clusters()
    for a, b, same in reversed(judgements):
        found.join(a, b) if same else found.part(a, b)
    for a, b in sorted(differing, key=repr):
        found.part(a, b)
    for a, b, _ in sorted(edges, key=lambda edge: (-edge[2], repr(edge[0]), repr(edge[1]))):
        found.join(a, b)
    return found.groups()


def average_linkage(
    size: int,
    likely: Mapping[tuple[int, int], float],
    least: float,
    *,
    kinds: Sequence[Hashable] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """Return things in groups: the two groups most alike are joined until their mean likeness falls below `least`.

    Args:
        size: how many things there are, numbered from 0.
        likely: how alike two are, the lesser number first; pairs that are not there count as 0.
        kinds: of each thing what it is, None for unknown; two kinds never stand in one group.
        apart: pairs that never stand in one group.

    >>> average_linkage(3, {(0, 1): 0.9, (1, 2): 0.3}, 0.25)
    [[0, 1], [2]]
    """
    groups = {i: [i] for i in range(size)}
    kind = {i: one for i, one in enumerate(kinds) if one is not None}
    never: dict[int, set[int]] = defaultdict(set)
    for i, j in apart:
        never[i].add(j)
        never[j].add(i)
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in likely.items():
        sums[i][j] = sums[j][i] = value
    queue = [(-value, i, j, value) for (i, j), value in likely.items()]
    heapify(queue)
    while queue and -queue[0][0] >= least:
        _, i, j, value = heappop(queue)
        if i not in groups or j not in groups or sums[i].get(j) != value:
            continue  # one of the two has been joined to another since
        if kind.get(i, kind.get(j)) != kind.get(j, kind.get(i)) or not never[i].isdisjoint(groups[j]):
            continue
        groups[i] = sorted(groups[i] + groups.pop(j))
        never[i] |= never.pop(j, set())
        if j in kind:
            kind[i] = kind.pop(j)
        for k, moved in sums.pop(j).items():
            del sums[k][j]
            if k != i:
                sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + moved
        for k, total in sums[i].items():
            heappush(queue, (-total / (len(groups[i]) * len(groups[k])), min(i, k), max(i, k), total))
    return sorted(groups.values())

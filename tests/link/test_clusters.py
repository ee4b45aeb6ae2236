"""Clusters are connected components, but for what a person says is not the same."""

import networkx
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.clusters import components

NODES = st.integers(0, 14)
EDGES = st.lists(st.tuples(NODES, NODES, st.floats(0.5, 1)), max_size=40)
JUDGED = st.lists(st.tuples(NODES, NODES, st.booleans()).filter(lambda j: j[0] != j[1]), max_size=8)


@given(EDGES)
def test_without_judgements_clusters_are_the_connected_components(edges):
    graph = networkx.Graph()
    graph.add_edges_from((a, b) for a, b, _ in edges)
    expected = sorted(sorted(part) for part in networkx.connected_components(graph) if len(part) > 1)
    assert components(edges) == expected


@given(EDGES, JUDGED, st.tuples(NODES, NODES).filter(lambda pair: pair[0] != pair[1]))
def test_the_last_word_of_a_person_is_kept_against_any_edges(edges, judged, pair):
    apart = components(edges, [*judged, (*pair, False)])
    assert not any(set(pair) <= set(group) for group in apart)
    together = components(edges, [*judged, (*pair, True)])
    assert any(set(pair) <= set(group) for group in together)


@given(EDGES, JUDGED, st.randoms())
def test_the_order_of_edges_does_not_matter(edges, judged, random):
    shuffled = random.sample(edges, len(edges))
    assert components(shuffled, judged) == components(edges, judged)


@given(EDGES, st.tuples(NODES, NODES).filter(lambda pair: pair[0] != pair[1]))
def test_a_person_wins_over_what_a_machine_knows_to_differ(edges, pair):
    assert not any(set(pair) <= set(group) for group in components(edges, differing=[pair]))
    assert any(set(pair) <= set(group) for group in components(edges, [(*pair, True)], differing=[pair]))


def test_the_surer_edge_wins_where_not_all_can_be_kept():
    assert components([("a", "b", 0.6), ("b", "c", 0.9)], [("a", "c", False)]) == [["b", "c"]]

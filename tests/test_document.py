"""The bracket notation builds the Documents that other tests read."""

import socket

import pytest

from onrecord.form import document_form, document_from_form


def test_bracketed_text_gives_a_statement_with_its_spans(doc):
    d = doc("[S Ms Okafor] [C said] [T she would appeal].")
    stmt = d.statements[0]
    assert d.text == "Ms Okafor said she would appeal."
    assert [s.of(d.text) for s in stmt.source + stmt.cue + stmt.content] == ["Ms Okafor", "said", "she would appeal"]


def test_a_statement_inside_a_content_has_it_as_parent(doc):
    d = doc("[S1 The ministry] [C1 said] [T1 [S2 witnesses] [C2 heard] [T2 shots]].")
    assert [s.parent for s in d.statements] == [None, "s1"]


def test_the_published_form_leads_back_to_the_same_statements(doc):
    d = doc("“[T1 No],” [S1 he] [C1 said].")
    assert document_from_form(document_form(d)).statements == d.statements


def test_the_socket_guard_refuses_the_network():
    with socket.socket() as s, pytest.raises(AssertionError, match="network"):
        s.connect(("192.0.2.1", 80))

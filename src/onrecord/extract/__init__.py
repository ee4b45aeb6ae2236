"""Statements, figures and times: takes a `Document` with its `Encoding`, gives what is said, counted and dated in it, as spans.

`statements`, `figures` and `times` are the stages; the other modules here are their parts. Who a speaker is, and what kind of
act a statement is, are decided in `resolve`.
"""

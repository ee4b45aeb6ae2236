"""Who, what kind, on what condition: takes a `Document` with its statements, gives their speakers, acts, conditions, relay, day.

`asserters`, `speakers`, `acts`, `conditions`, `relay` and `said_on` are the stages; the other modules here are their parts. Where
a statement, its source and its cue stand was decided in `extract`; who is who across reports is decided in `link`.
"""

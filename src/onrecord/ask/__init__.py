"""The questions: takes a `Store` and what is asked for, gives typed rows dressed for people, and changes nothing.

`statements` answers for statements, speakers as they are named, and reports; `identity` for persons under all their names;
`across`, `copied`, `comparison`, `sayings`, `same_figures`, `positions` and `wording` for what linking found. The command line,
the Python API, the REST API, exports and the reading room all ask here.
"""

"""The questions: takes a `Store` and what is asked for, gives typed rows dressed for people, and changes nothing.

`statements` answers for statements, speakers in a line each, and reports; `identity` for speakers with all they are called;
`across`, `copied`, `comparison`, `sayings`, `same_figures`, `positions` and `wording` for what linking found. The command line,
the Python API, the REST API, exports and the reading room all ask here.
"""

"""The REST API is what its description says: every route asked once, and by schemathesis with what it does not say."""

import pytest
import schemathesis
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig

from onrecord.serve.app import API
from onrecord.serve.openapi import description


def answered(client, path, ids):
    own = client.get("/api/figures").json()["rows"][0] if path.startswith("/api/figures/{") else {}
    figure = f"{own['document']}%23{own['id']}" if own else None
    return client.get(
        path.format(
            id=figure or f"{ids['lpa-damages']}%23s1", document=ids["lpa-damages"], name="Vastria", issue="gate"
        )
    )


PATHS = [path for path, methods in description()["paths"].items() if "get" in methods]


@pytest.mark.parametrize("path", PATHS)
def test_every_route_answers_in_the_form_it_promises(reader, ids, path):
    query = {
        "/api/search": "?q=gate",
        "/api/compare": "?report=lpa-gate-offer&report=monitor-gate-offer",
        "/api/copies/passages": "?report=lpa-gate-offer&report=monitor-gate-offer",
    }.get(path, "")
    answer = answered(reader, path + query, ids)
    assert answer.status_code == 200
    promised = description()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**promised, "components": description()["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())] == []


def test_every_route_is_described():
    described = set(description()["paths"])
    routes = {path.replace(":path", "") for path in API} - {"/api/openapi.json"}
    assert routes <= described


def test_a_judgement_is_kept_and_taken_back_by_a_program(client, ids):
    said = {"kind": "act", "author": "Ruth", "statement": f"{ids['lpa-damages']}#s1", "act": "deny"}
    line = client.post("/api/judgements", json=said)
    assert (line.status_code, line.json()["after"]) == (201, "deny")
    undone = client.post(f"/api/judgements/{line.json()['n']}/undo", json={"author": "Ruth"})
    assert (undone.status_code, undone.json()["undoes"]) == (201, line.json()["n"])
    assert client.get("/api/judgements").json()["count"] == 2


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"kind": ["accept"]}', b"\xff", b"[" * 10_000])
def test_a_body_that_is_no_judgement_is_refused_in_words(client, body):
    answer = client.post("/api/judgements", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.slow
def test_schemathesis_finds_no_answer_that_is_not_described(client):
    config = SchemathesisConfig.from_dict({"generation": {"max-examples": 40}})
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", client.app, config=config, headers={"host": "127.0.0.1"}
    )
    checks = [schemathesis.checks.not_a_server_error]
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks += [content_type_conformance, response_schema_conformance, status_code_conformance]
    asked = 0

    def ask(case):
        nonlocal asked
        asked += 1
        case.call_and_validate(headers={"host": "127.0.0.1"}, checks=checks)

    for operation in schema.get_all_operations():
        operation.ok().as_strategy().map(lambda case: case)
        run(operation.ok(), ask)
    assert asked > 200


def run(operation, ask):
    from hypothesis import HealthCheck, given, settings

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def asked(case):
        ask(case)

    asked()

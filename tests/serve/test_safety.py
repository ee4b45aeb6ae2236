"""Who may come in, what may be sent, where one is sent, and what a browser is told."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Record
from onrecord.serve import addresses
from onrecord.serve.room import Room
from onrecord.serve.run import Opening, address_of, room_for

FORM = {"kind": "accept", "statement": "lpa-damages#s1", "author": "Ruth"}
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_a_host_that_is_not_ours_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "localhost:8001", "LOCALHOST", "[::1]:8001"])
def test_our_own_hosts_are_let_in(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    ],
)
@pytest.mark.parametrize("path", ["/judge", "/judge/many", "/api/judgements", "/api/judgements/1/undo"])
def test_nothing_is_changed_from_somebody_elses_page(client, headers, path):
    assert client.post(path, data=FORM, headers=headers).status_code == 403
    assert client.get("/judgements.json").json()["count"] == 0


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1"}])
def test_our_own_pages_and_programs_may_correct(client, headers):
    assert client.post("/judge", data=FORM, headers=headers).status_code == 303


def test_reading_changes_no_byte_and_writing_is_refused(lake, asking, tmp_path):
    path = tmp_path / "lake.db"
    path.write_bytes(lake.read_bytes())
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with Record.open(path, read_only=True) as rec:
        client = asking(Room(rec, read_only=True))
        for page in (
            "/",
            "/statements",
            "/search?q=gate",
            "/reports",
            "/speakers",
            "/figures",
            "/judgements",
            "/export?format=csv",
        ):
            assert client.get(page).status_code == 200
        assert client.post("/judge", data=FORM).status_code == 403
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [each.name for each in Path(tmp_path).iterdir()] == ["lake.db"]


def test_a_room_bound_wider_wants_its_token_from_everybody(record, asking):
    opening = Opening(host="192.0.2.7")
    room = room_for(record, opening)
    client = asking(replace(room, hosts=(*room.hosts, "127.0.0.1")))
    assert client.get("/").status_code == 401
    assert client.get("/static/room.css").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    answer = client.get(f"/?token={room.token}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/").status_code == 200
    assert address_of(room, opening) == f"http://192.0.2.7:8001/?token={room.token}"


def test_a_room_on_this_machine_has_no_token(record):
    assert room_for(record, Opening()).token is None


def test_a_body_larger_than_a_correction_is_refused(client):
    assert client.post("/judge", data={**FORM, "name": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/static/room.css", "/api/statements", "/statements?act=x", "/judge"]
)
def test_every_answer_binds_the_browser(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y"]
)
def test_nobody_is_sent_away(client, back):
    place = client.post("/judge", data={**FORM, "back": back}).headers["location"]
    assert place.startswith("/report/")


def test_a_path_of_two_slashes_leads_nowhere_else(client):
    answer = client.get("http://127.0.0.1//evil.example/")
    assert answer.status_code == 404
    assert "location" not in answer.headers


@given(st.text())
def test_whatever_a_report_gives_as_its_address_only_three_schemes_become_links(text):
    assert (addresses.outside(text) or "http:").startswith(("http:", "https:", "mailto:", "HTTP", "Http"))


@given(st.text(min_size=1))
def test_a_part_of_an_address_comes_back_as_it_was(text):
    from urllib.parse import unquote

    clean = text.encode("utf-8", "replace").decode()
    assert unquote(addresses.part(clean)) == clean
    assert "/" not in addresses.part(clean)


@given(st.text())
def test_a_place_to_go_back_to_is_in_the_room(text):
    place = addresses.inside(text)
    assert place.startswith("/")
    assert not place.startswith("//")


@pytest.mark.parametrize("path", ["/judge", "/judge/many", "/api/judgements", "/api/judgements/1/undo"])
def test_a_body_that_does_not_say_how_large_it_is_is_counted(client, path):
    answer = client.post(path, content=iter([b"name=", *[b"x" * 1000] * 70]), headers=FORM_TYPE)
    assert (answer.status_code, "65536" in answer.text) == (413, True)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.get("/judgements.json").json()["count"] == 0


def test_a_body_in_pieces_that_is_small_enough_is_taken(client):
    pieces = iter([b"kind=accept&author=Ruth&", b"statement=lpa-damages", b"%23s1"])
    assert client.post("/judge", content=pieces, headers=FORM_TYPE).status_code == 303
    assert client.get("/judgements.json").json()["count"] == 1


@pytest.mark.parametrize(
    ("opening", "address", "host"),
    [
        (Opening(), "http://127.0.0.1:8001/", "127.0.0.1"),
        (Opening(host="localhost", port=80), "http://localhost:80/", "localhost"),
        (Opening(host="::1"), "http://[::1]:8001/", "[::1]"),
        (Opening(host="fe80::1"), "http://[fe80::1]:8001/", "[fe80::1]"),
        (Opening(host="FE80::1", port=9), "http://[FE80::1]:9/", "[fe80::1]"),
        (Opening(host="::"), "http://[::1]:8001/", "[::1]"),
        (Opening(host="0.0.0.0"), "http://127.0.0.1:8001/", "127.0.0.1"),
        (Opening(host="fe80::1", names=("desk.example", "fd00::2")), "http://desk.example:8001/", "[fd00::2]"),
    ],
)
def test_the_address_that_is_told_leads_into_the_room(record, asking, opening, address, host):
    room = room_for(record, opening)
    told = address_of(room, opening)
    assert told == address + (f"?token={room.token}" if room.token else "")
    client = asking(room)
    for name in (host, told.removeprefix("http://").partition("/")[0]):
        assert client.get("/", headers={"host": name}).status_code == (401 if room.token else 200)

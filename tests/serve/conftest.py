"""A reading room over the sample story's gold: as an application, as a server, and in Debian's Chromium."""

import shutil
import threading
import time
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.demo.by_hand import documents_by_hand
from onrecord.link import positioning
from onrecord.record import Record
from onrecord.serve.app import app
from onrecord.serve.room import Room

CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def filled(path, docs):
    with onrecord.open(path) as rec:
        for doc in docs:
            rec.store.put(doc)
        with rec.store.db.transaction():
            positioning.draw(rec.store)
    return path


@pytest.fixture(scope="session")
def by_hand():
    return documents_by_hand()


@pytest.fixture(scope="session")
def lake(by_hand, tmp_path_factory):
    """The path of a record of the sample story; never changed."""
    return filled(tmp_path_factory.mktemp("lake") / "lake.db", by_hand)


@pytest.fixture(scope="session")
def linked(lake, tmp_path_factory):
    """The path of a record of the sample story, linked; never changed."""
    path = shutil.copy(lake, tmp_path_factory.mktemp("linked") / "lake.db")
    with Record.open(path) as rec:
        rec.link()
    return path


@pytest.fixture(scope="session")
def linked_reader(linked):
    """Asks a room over the linked sample story that is open for reading only."""
    with Record.open(linked, read_only=True) as rec:
        yield client_of(Room(rec, read_only=True))


@pytest.fixture
def record(lake, tmp_path):
    """A record of one's own."""
    with Record.open(shutil.copy(lake, tmp_path / "lake.db")) as rec:
        yield rec


def client_of(room):
    return TestClient(app(room), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="session")
def asking():
    """Makes a client of a room."""
    return client_of


@pytest.fixture
def client(record):
    """Asks a room that may be corrected."""
    return client_of(Room(record, author="Ruth"))


@pytest.fixture(scope="session")
def reader(lake):
    """Asks a room that is open for reading only."""
    with Record.open(lake, read_only=True) as rec:
        yield client_of(Room(rec, read_only=True))


@pytest.fixture(scope="session")
def ids(reader):
    """The ids of the reports, by name."""
    return {row["name"]: row["id"] for row in reader.get("/api/reports").json()["rows"]}


@dataclass
class Served:
    url: str
    record: Record


def served(path):
    """Serve a record on a port of this machine for as long as a test needs it."""
    import uvicorn

    with Record.open(path) as rec:
        server = uvicorn.Server(uvicorn.Config(app(Room(rec)), host="127.0.0.1", port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield Served(f"http://127.0.0.1:{port}", rec)
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def room(lake, tmp_path_factory):
    """A room that is served and only read."""
    yield from served(shutil.copy(lake, tmp_path_factory.mktemp("served") / "lake.db"))


@pytest.fixture
def own_room(lake, tmp_path):
    """A room that is served, to be corrected."""
    yield from served(shutil.copy(lake, tmp_path / "lake.db"))


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: this test opens the pages in it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A browser window in which every request that is not to the room, every error and every dialogue is kept."""

    def __init__(self, browser, url, **how):
        self.context = browser.new_context(**how)
        self.page, self.url, self.wrong = self.context.new_page(), url, []
        self.page.on(
            "request", lambda request: request.url.startswith((url, "data:,")) or self.wrong.append(request.url)
        )
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", lambda said: said.type == "error" and self.wrong.append(f"console: {said.text}"))
        self.page.on("dialog", self._dialogue)

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # that is our own click on the next page, before the last had loaded
            self.wrong.append(f"failed: {request.url}: {request.failure}")

    def _dialogue(self, dialogue):
        self.wrong.append(f"dialogue: {dialogue.message}")
        dialogue.dismiss()

    def open(self, path):
        self.page.goto(self.url + path, wait_until="load")
        return self.page


@pytest.fixture
def window(chromium, room):
    """A window on the room that is only read; the test fails if anything in it went wrong."""
    watched = Watched(chromium, room.url)
    yield watched
    watched.context.close()
    assert watched.wrong == []


@pytest.fixture
def own_window(chromium, own_room):
    """A window on a room of one's own."""
    watched = Watched(chromium, own_room.url)
    yield watched
    watched.context.close()
    assert watched.wrong == []


@pytest.fixture(scope="session")
def filling():
    """Makes a record of documents."""
    return filled


@pytest.fixture(scope="session")
def serving():
    """Serves the record at a path."""
    return served


@pytest.fixture(scope="session")
def watching():
    """Opens a window in which everything that goes wrong is kept."""
    return Watched


def pytest_collection_modifyitems(config, items):
    """Leave the slow tests of this folder out unless they are asked for with `-m`: `pytest tests/serve -m slow`."""
    if not config.getoption("-m"):
        slow = [item for item in items if item.get_closest_marker("slow") and "/serve/" in item.path.as_posix()]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]

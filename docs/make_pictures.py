"""Makes the pictures of the documents: opens the sample story's reading room in Chromium and takes docs/pictures/*.png.

Usage: python docs/make_pictures.py
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from onrecord.demo.by_hand import documents_by_hand
from onrecord.record import Record
from onrecord.serve.app import app
from onrecord.serve.room import Room

PICTURES = Path(__file__).parent / "pictures"
SHOTS = {
    "reading-room.png": ("/report/courier-gate-report?statement=s4", {"color_scheme": "light"}),
    "reading-room-dark.png": ("/speaker/Teodor%20Wrenik", {"color_scheme": "dark"}),
}
SIZE = {"width": 1240, "height": 860}


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "lake.db") as rec:
        for doc in documents_by_hand():
            rec.store.put(doc)
        server = uvicorn.Server(uvicorn.Config(app(Room(rec)), port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        take(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
        server.should_exit = True
        thread.join()


def take(room: str) -> None:
    """Take every picture of the room at this address."""
    with sync_playwright() as playwright:
        how = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=how)
        for name, (path, looks) in SHOTS.items():
            page = browser.new_page(viewport=SIZE, **looks)
            page.goto(room + path)
            page.screenshot(path=PICTURES / name)
        browser.close()


if __name__ == "__main__":
    main()

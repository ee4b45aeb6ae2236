"""Every example runs on the record of the sample story."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.py"))


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The record of the sample story."""
    folder = tmp_path_factory.mktemp("demo")
    assert CliRunner().invoke(main, ["demo", str(folder)]).exit_code == 0
    return folder / "lake.db"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_says_what_it_is_for(example, record):
    done = subprocess.run([sys.executable, example, record], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"examples/{example.name}" in example.read_text(encoding="utf-8").splitlines()[0]

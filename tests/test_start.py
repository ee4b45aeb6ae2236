"""Starting costs little: help comes fast, and loads none of the heavy packages."""

import resource
import subprocess
import sys

import pytest

HEAVY = ["lxml", "msgspec", "numpy", "onnxruntime", "rich", "sqlite3", "tokenizers", "trafilatura", "feedparser"]


def process_seconds(*command):
    """Processor time of the command, the least of five runs: the machine may be busy with something else."""

    def once():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    return min(once() for _ in range(5))


def test_help_costs_little_more_than_a_bare_start_of_python():
    bare = process_seconds(sys.executable, "-c", "pass")
    helped = process_seconds(sys.executable, "-c", "from onrecord.cli import main; main(['--help'], 'onrecord')")
    assert helped - bare < 0.2


@pytest.mark.parametrize("package", HEAVY)
def test_help_imports_no_heavy_package(package):
    code = (
        "import sys\nfrom onrecord.cli import main\n"
        "try: main(['--help'], 'onrecord')\nexcept SystemExit: pass\n"
        f"sys.exit({package!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0

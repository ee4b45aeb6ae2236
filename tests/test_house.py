"""The house keeps its own rules: documents, docstrings, layers, and who may import what."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import click
import pytest

import onrecord
from onrecord import errors, lexicon
from onrecord.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "onrecord"
MODULES = sorted(SOURCE.rglob("*.py"))
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Third-party (and sqlite3): the modules that may import each; what is not listed here may be imported nowhere.
OWNERS = {
    "charset_normalizer": ["read/"],
    "click": ["cli/"],
    "feedparser": ["read/"],
    "jinja2": ["serve/"],
    "lxml": ["read/"],
    "markupsafe": ["serve/"],
    "msgspec": ["form.py", "lexicon.py", "store/", "export/", "read/", "cli/output.py"],
    "numpy": ["encode/", "encoding.py", "extract/", "resolve/", "link/", "similarity.py"],
    "onnxruntime": ["encode/"],
    "resiliparse": ["read/"],
    "rich": ["cli/"],
    "snowballstemmer": ["vocabulary.py"],
    "pyarrow": ["export/parquet.py"],
    "sqlite3": ["store/"],
    "starlette": ["serve/"],
    "tokenizers": ["encode/"],
    "trafilatura": ["read/"],
    "uvicorn": ["serve/"],
}
# What opens connections. `urllib.parse` only takes addresses apart and is not among them.
NETWORK = {"asyncio", "ftplib", "http", "requests", "httpx", "smtplib", "socket", "ssl", "urllib.request", "urllib3"}


def imported(module):
    """Every absolute name a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def known_to(module):
    return module.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=known_to)
def test_third_party_packages_are_imported_only_where_they_belong(module):
    roots = {name.partition(".")[0] for name in imported(module)}
    foreign = roots - (set(sys.stdlib_module_names) - {"sqlite3"}) - {"onrecord", "__future__"}
    misplaced = [root for root in sorted(foreign) if not known_to(module).startswith(tuple(OWNERS.get(root, [])))]
    assert misplaced == []


@pytest.mark.parametrize("module", MODULES, ids=known_to)
def test_nothing_imports_a_network_library(module):
    found = {name for name in imported(module) if any(name == net or name.startswith(f"{net}.") for net in NETWORK)}
    assert found == set()


def test_imports_point_down(monkeypatch):
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def without_docstring(module):
    """The public names of a module, itself included, that say nothing about themselves."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield known_to(module)
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef) and isinstance(node, ast.ClassDef)]
            yield from (f"{node.name}.{m.name}" for m in methods if m.name[0] != "_" and not ast.get_docstring(m))


@pytest.mark.parametrize("module", MODULES, ids=known_to)
def test_every_public_name_says_what_it_does(module):
    assert list(without_docstring(module)) == []


@pytest.mark.parametrize("module", MODULES, ids=known_to)
def test_no_module_grows_past_four_hundred_lines(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_public_names_are_sorted_and_all_there():
    assert list(onrecord.__all__) == sorted(onrecord.__all__)
    assert [name for name in onrecord.__all__ if not hasattr(onrecord, name)] == []


def test_every_error_is_drawn_in_the_tree_and_public():
    tree = {name for name, thing in vars(errors).items() if inspect.isclass(thing) and issubclass(thing, Exception)}
    assert {name for name in tree if name not in errors.__doc__} == set()
    assert tree - set(onrecord.__all__) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example_and_is_documented(name):
    command = main.get_command(click.Context(main), name)
    assert command.name == name
    assert f"onrecord {name}" in command.help
    assert f"\n## {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_has_help(name):
    options = [p for p in main.get_command(click.Context(main), name).params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.fixture(scope="module")
def generate():
    """docs/generate.py as a module."""
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["commands", "api"])
def test_generated_docs_are_those_of_the_code(generate, page):
    assert (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8") == getattr(generate, page)()


def note_kinds(module):
    """The kinds of the notes a module makes: the first argument of `Note(...)`, where it is written out."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note":
            given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "kind")]
            yield from (arg.value for arg in given if isinstance(arg, ast.Constant))


def test_every_kind_of_note_is_documented():
    documented = (ROOT / "docs" / "notes-kinds.md").read_text(encoding="utf-8")
    made = sorted({kind for module in MODULES for kind in note_kinds(module)})
    assert [kind for kind in made if f"`{kind}`" not in documented] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_documents_exist(page):
    blocks = re.findall(r"(?ms)^```(?:console|bash|sh)?\n(.*?)^```", page.read_text(encoding="utf-8"))
    typed = [line for block in blocks for line in block.splitlines()]
    called = [found[1] for line in typed if (found := re.match(r"(?:\$ )?onrecord ([a-z]+)\b", line))]
    made = [found[1] for line in typed if (found := re.match(r"(?:\$ )?make ([a-z]+)\b", line))]
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert [name for name in called if name not in COMMANDS] == []
    assert [name for name in made if name not in targets] == []


def test_the_readme_names_the_two_commands_that_start():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_word_files_shown_in_the_documents_have_the_right_form():
    page = (ROOT / "docs" / "how-to-add-a-word.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?ms)^```toml\n(.*?)^```", page)
    assert [list(lexicon.parse(text).groups) for text in shown] == [["civil", "military", "foreign"]]


def test_the_python_of_getting_started_runs(tmp_path, monkeypatch, capsys):
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["demo"]).exit_code == 0
    for code in re.findall(
        r"(?ms)^```python\n(.*?)^```", (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")
    ):
        exec(compile(code, "getting-started.md", "exec"), {})
    assert "Kestrel" in capsys.readouterr().out


def test_every_dependency_has_its_reason():
    wanted = {re.match(r"[\w-]+", d)[0] for d in PYPROJECT["project"]["dependencies"]}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    table = page.partition("## At run time")[2].partition("##")[0]
    assert set(re.findall(r"(?m)^\| ([\w-]+) \|", table)) - {"package"} == wanted


def test_the_version_is_said_once():
    from importlib.metadata import version

    cited = re.search(r"(?m)^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"))[1]
    assert PYPROJECT["project"]["version"] == version("onrecord") == cited


def test_the_check_script_is_bash_without_mistakes():
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_one_module_that_imports_only_click_at_its_top(name):
    module = importlib.import_module(COMMANDS[name].partition(":")[0])
    top = ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
    names = [n for n in top if isinstance(n, ast.Import | ast.ImportFrom)]
    heavy = {getattr(n, "module", None) or n.names[0].name for n in names} - {"click", "__future__"}
    assert {name for name in heavy if name.partition(".")[0] not in sys.stdlib_module_names} <= {
        "onrecord.cli.exits",
        "onrecord.cli.filters",
        "onrecord.cli.console",
    }

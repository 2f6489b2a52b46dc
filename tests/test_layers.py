"""Imports go one way: app -> assistant -> index, evals -> both; and only assistant/web imports Gradio."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "index": {"index"},
    "assistant": {"assistant", "index"},
    "evals": {"evals", "assistant", "index"},
    "app.py": {"assistant", "index"},
}
OURS = {"index", "assistant", "evals", "app", "tests"}


def modules_imported(path: Path) -> set[str]:
    """The full names of everything that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def files(package: str) -> list[Path]:
    """The modules of a package, or the one module."""
    return [ROOT / package] if package.endswith(".py") else sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_go_one_way(package):
    assert files(package)
    for path in files(package):
        ours = {name.split(".")[0] for name in modules_imported(path)} & OURS
        assert ours <= ALLOWED[package], f"{path.relative_to(ROOT)} imports {ours - ALLOWED[package]}"


def test_the_ground_floor_knows_nothing_of_the_rest():
    for path in files("index/language"):
        ours = {name for name in modules_imported(path) if name.split(".")[0] in OURS}
        assert all(name.startswith(("index.language", "index.article")) for name in ours), path


def test_search_reads_a_store_and_does_not_make_one():
    for path in files("index/search"):
        assert not any(name.startswith("index.indexing") for name in modules_imported(path)), path


def test_nothing_of_the_product_imports_the_workshop():
    for package in ("app.py", "assistant", "index", "evals"):
        for path in files(package):
            if "workshop" not in path.parts:
                assert not any(name.startswith("evals.workshop") for name in modules_imported(path)), path


def test_only_the_web_app_imports_gradio_and_only_the_command_line_imports_it():
    for package in ("index", "assistant", "evals", "app.py"):
        for path in files(package):
            place = path.relative_to(ROOT).as_posix()
            imported = modules_imported(path)
            if not place.startswith("assistant/web/"):
                assert not any(name.split(".")[0] == "gradio" for name in imported), place
                if not place.startswith(("assistant/cli/", "app.py")):
                    assert not any(name.startswith("assistant.web") for name in imported), place

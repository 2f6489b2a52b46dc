"""Imports go one way: app -> assistant -> index, evals -> both; and only assistant/web imports Gradio."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Graph = dict[str, set[str]]
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


class Imports(ast.NodeVisitor):
    """The modules among `known` that a module imports when it runs, anywhere in it."""

    def __init__(self, path: Path, known: set[str]) -> None:
        self.found: set[str] = set()
        self._known = known
        self.visit(ast.parse(path.read_text(encoding="utf-8")))

    def visit_If(self, node: ast.If) -> None:
        of_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for part in node.orelse if of_types else ast.iter_child_nodes(node):
            self.visit(part)

    def visit_Import(self, node: ast.Import) -> None:
        self.found |= {alias.name for alias in node.names} & self._known

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        self.found |= (names & self._known) or ({node.module or ""} & self._known)


def imports() -> tuple[Graph, Graph]:
    """Which modules each module imports, and which packages each package; a package and what it holds are one."""
    paths = [path for package in ("index", "assistant", "evals") for path in files(package)]
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    modules = {name: Imports(path, set(names.values())).found - {name} for path, name in names.items()}
    package = {name: name if path.name == "__init__.py" else name.rpartition(".")[0] for path, name in names.items()}
    packages: Graph = {each: set() for each in package.values()}
    for name, imported in modules.items():
        for one, other in ((package[name], package[each]) for each in imported):
            if not f"{one}.".startswith(f"{other}.") and not f"{other}.".startswith(f"{one}."):
                packages[one].add(other)
    return modules, packages


def circles(graph: Graph) -> set[str]:
    """What can be reached from itself."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = list(graph[start])
        while ahead:
            seen.add(at := ahead.pop())
            ahead += graph[at] - seen
        return seen

    return {name for name in graph if name in reached(name)}


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {"b", "c"}


def test_no_module_and_no_package_imports_itself_over_others():
    modules, packages = imports()
    assert len(modules) > 200
    assert circles(modules) == set()
    assert circles(packages) == set()

"""The tree is the architecture: dependencies point one way, imports do nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "index": {"index"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "index", "prompts"},
}
STANDARD_ONLY = (
    "index/records.py",
    "index/ledger/records.py",
    "assistant/records.py",
    "assistant/citations.py",
)
HEAVY = (
    "openai",
    "langchain_openai",
    "torch",
    "chromadb",
    "gradio",
    "sentence_transformers",
    "transformers",
    "jieba",
    "opencc",
)
ONE_FILE = {
    "chromadb": 1,
    "sentence_transformers": 2,
    "sqlalchemy": 18,
    "langchain_openai": 1,
    "openai": 1,
}


def imported(file: Path) -> set[str]:
    """Return the top-level packages that a file imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_packages_import_only_what_is_below_them(package: str) -> None:
    ours = {"app", "assistant", "index", "prompts", "tests"}
    for file in sources(package):
        assert imported(file) & ours <= ALLOWED[package], file


def test_checks_are_imported_by_what_holds_a_whole_ledger_alone() -> None:
    folder = ROOT / "index" / "ledger"
    users = {f.name for f in folder.glob("*.py") if "index.ledger.checks" in f.read_text("utf-8")}
    assert users == {"book.py", "reader.py"}


@pytest.mark.parametrize("name", STANDARD_ONLY)
def test_records_and_citations_need_only_the_standard_library(name: str) -> None:
    ours = {"assistant", "index"}
    assert imported(ROOT / name) - ours <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(("library", "files"), sorted(ONE_FILE.items()))
def test_each_large_library_is_known_to_one_file(library: str, files: int) -> None:
    users = [f for p in ALLOWED for f in sources(p) if library in imported(f)]
    assert len(users) == files, users


def test_importing_our_modules_loads_no_model_and_writes_nothing(tmp_path: Path) -> None:
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in ALLOWED
        for file in sources(package)
        # packed_linear is a torch module, loaded together with the model.
        if "web" not in file.parts and file.name not in ("__main__.py", "packed_linear.py")
    ]
    script = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


def test_no_prints_in_packages() -> None:
    for package in ALLOWED:
        for file in sources(package):
            calls = [
                n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)
            ]
            assert not any(isinstance(c.func, ast.Name) and c.func.id == "print" for c in calls), (
                file
            )

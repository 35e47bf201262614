"""What is compiled at the installation is what stands in the source, and gives what the source gives when it is run."""

from __future__ import annotations

import importlib.machinery
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPILED = [ROOT / path for path in re.findall(r"src/[a-z_/]+\.py", (ROOT / "setup.py").read_text("utf-8"))]


@pytest.mark.parametrize("source", COMPILED, ids=lambda path: path.stem)
def test_what_is_compiled_is_not_older_than_its_source(source: Path) -> None:
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    compiled = source.with_name(source.stem + suffix)
    if not compiled.exists():
        pytest.skip("not compiled: there was no C compiler when Storydesk was installed")
    written = [file for file in (source, source.with_suffix(".pxd")) if file.exists()]
    changed = max(file.stat().st_mtime for file in written)
    assert compiled.stat().st_mtime >= changed, "run `make install`: the source was changed since"

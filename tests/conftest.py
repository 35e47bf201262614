"""Fixtures that every test folder may use."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# A desk of the tests' own, never the user's: settings are read when Django is first imported.
os.environ["STORYDESK_HOME"] = tempfile.mkdtemp(prefix="storydesk-tests-")
os.environ.setdefault("STORYDESK_SECRET_KEY", "only-for-tests")

import pytest
from hypothesis import settings

# What a test may take depends on the machine: a crowded one fails no law. The examples are the same in each run, so
# that a change is judged by what it changed; with STORYDESK_EXPLORE=1 they are new ones.
settings.register_profile("storydesk", deadline=None, derandomize=not os.environ.get("STORYDESK_EXPLORE"))
settings.load_profile("storydesk")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real, labelled data beside the checkout. A test that needs it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("needs the real data in ../shared/data, which is not part of the repository")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> tuple[Path, Path]:
    """The two real pages the design starts from: the video item's page and the second outlet's account."""
    first, second = sorted((shared / "seeds").glob("*.txt"))
    return first, second

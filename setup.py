"""What is compiled when the program is installed; all else stands in pyproject.toml.

These modules are plain Python with the types of their variables written down (Cython's pure Python mode): where there
is no C compiler they are run as they stand, and give the same, only slower.
"""

from __future__ import annotations

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = ("src/storydesk/gather/elements.py",)

setup(
    ext_modules=cythonize(
        [
            Extension(path.removeprefix("src/").removesuffix(".py").replace("/", "."), [path], optional=True)
            for path in COMPILED
        ],
        build_dir="build",
        language_level=3,
        quiet=True,
    )
)

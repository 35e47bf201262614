"""What is compiled when the program is installed; all else stands in pyproject.toml.

The modules are plain Python; the types of their variables stand beside them, in files that end in .pxd. Where there is
no C compiler they are run as they are, and give the same, only slower.
"""

from __future__ import annotations

from os import cpu_count

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = (
    "src/storydesk/gather/elements.py",
    "src/storydesk/read/blocks.py",
    "src/storydesk/read/figures.py",
    "src/storydesk/read/layers.py",
    "src/storydesk/read/layout.py",
    "src/storydesk/read/outline.py",
    "src/storydesk/read/words.py",
)

setup(
    ext_modules=cythonize(
        [
            Extension(
                path.removeprefix("src/").removesuffix(".py").replace("/", "."),
                [path],
                optional=True,
                extra_compile_args=["-O2", "-g0"],  # as fast, and compiled in half the time
            )
            for path in COMPILED
        ],
        build_dir="build",
        compiler_directives={"annotation_typing": False},
        language_level=3,
        quiet=True,
    ),
    options={"build_ext": {"parallel": cpu_count()}},
)

"""What is compiled when the program is installed; all else stands in pyproject.toml.

The modules are plain Python but for one; the types of their variables stand beside them, in files that end in .pxd.
Where there is no C compiler they are run as they are, and give the same, only slower.
"""

from __future__ import annotations

from os import cpu_count

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = (
    "src/storydesk/gather/elements.py",
    "src/storydesk/gather/events.pyx",
    "src/storydesk/gather/parsed.py",
    "src/storydesk/gather/times.py",
    "src/storydesk/gather/warc/fields.py",
    "src/storydesk/gather/warc/reading.py",
    "src/storydesk/gather/warc/unpacking.py",
    "src/storydesk/gather/warc/window.py",
    "src/storydesk/gather/xmlfeed.py",
    "src/storydesk/read/around.py",
    "src/storydesk/read/blocks.py",
    "src/storydesk/read/body.py",
    "src/storydesk/read/comments.py",
    "src/storydesk/read/figures.py",
    "src/storydesk/read/layers.py",
    "src/storydesk/read/layout.py",
    "src/storydesk/read/marks.py",
    "src/storydesk/read/markup.py",
    "src/storydesk/read/outline.py",
    "src/storydesk/read/words.py",
)

modules = cythonize(
    [
        Extension(
            path.removeprefix("src/").rpartition(".")[0].replace("/", "."),
            [path],
            extra_compile_args=["-O3", "-g0"],
        )
        for path in COMPILED
    ],
    build_dir="build",
    compiler_directives={"annotation_typing": False},
    language_level=3,
    quiet=True,
)
for module in modules:
    module.optional = True  # a failure to compile it is only told

setup(ext_modules=modules, options={"build_ext": {"parallel": cpu_count()}})

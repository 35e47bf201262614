"""The quality gate: one file a stage measures it on labelled data, ``floors.toml`` pins what each figure must reach.

``python -m eval --data DIR`` prints every figure beside its floor and ends with status 1 where one fell below.
"""

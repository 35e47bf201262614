"""The desk: what is kept (``models``, ``database``), where (``home``), and the worker that moves items through the
stages.

``store`` states what the worker and the site need of a store; ``database`` gives it on SQLite or PostgreSQL through
Django's ORM, ``memory`` in plain dictionaries. Both pass the same contract suite
(``tests/desk/test_store_contract.py``).
"""

"""Reports with known figures in every carrier, made by the programs offices make them with.

Shared by ``benchmarks.documents`` and ``tests/pipelines/documents/test_carriers.py``. Each module
holds what one program or format makes; nothing here knows a reader.
"""

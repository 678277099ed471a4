"""The one store of a crawl: opened once, and never in place of what was asked for."""

from types import SimpleNamespace

import pytest

from pipelines.store import store_of
from pipelines.vocabulary.errors import StoreError


class Owner(SimpleNamespace):
    __hash__ = object.__hash__


def test_a_crawl_has_one_store(tmp_path):
    owner = Owner(settings={"OUTPUT_DIR": str(tmp_path)})
    store = store_of(owner)
    assert store_of(owner) is store
    store.close()


def test_a_shared_crawl_is_refused_rather_than_crawled_alone(tmp_path):
    owner = Owner(settings={"OUTPUT_DIR": str(tmp_path), "DATABASE_URL": "postgresql://x/y"})
    with pytest.raises(StoreError, match="DATABASE_URL"):
        store_of(owner)
    assert not list(tmp_path.iterdir())

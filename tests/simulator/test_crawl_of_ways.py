"""The spider over every way to a column and every rule that stops the search."""

import pytest

from tests.simulator.scenes import WAYS
from tests.simulator.sentences import Crawled

pytestmark = pytest.mark.browser


class TestWays(Crawled):
    name = "ways and stops, from home pages"

    @pytest.mark.parametrize("way", [s.id for s in WAYS if s.evidence])
    def test_the_evidence_a_scene_is_about_is_what_led_to_the_column(self, results, way):
        found = results[way]
        assert found.scene.evidence in found.evidence, str(found)

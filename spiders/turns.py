"""In which order portals are walked: neighbours, who share platforms and servers, far apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipelines.registry import Portal


def mixed(portals: Iterable[Portal]) -> list[Portal]:
    """Return the portals with each province, and in it each city, spread over the whole.

    By code the counties of one province would be walked at once, and theirs is often one server.
    """
    by_city = _spread(list(portals), lambda portal: (portal.province, portal.prefecture))
    return _spread(by_city, lambda portal: portal.province)


def _spread(portals: list[Portal], group: Callable[[Portal], object]) -> list[Portal]:
    """Return the portals, those of each group at even distances and in their order."""
    groups: dict[object, list[Portal]] = {}
    for portal in portals:
        groups.setdefault(group(portal), []).append(portal)
    placed = [
        ((at + 0.5) / len(members), portal)
        for members in groups.values()
        for at, portal in enumerate(members)
    ]
    return [portal for _, portal in sorted(placed, key=lambda place: place[0])]

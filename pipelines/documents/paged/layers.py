"""Layers of a PDF that are switched off: what is in them no viewer shows (ISO 32000, 8.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

_LAYER = "OC"


def switched_off(catalog: Mapping[str, Any]) -> frozenset[int]:
    """Return the object numbers of the layers that are off when the file is opened."""
    properties = resolve1(catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    known = _numbers(properties.get("OCGs"))
    default = resolve1(properties.get("D"))
    if not isinstance(default, dict):
        return frozenset()
    off = _numbers(default.get("OFF"))
    if getattr(resolve1(default.get("BaseState")), "name", "ON") == "OFF":
        off |= known - _numbers(default.get("ON"))
    return frozenset(off)


def _numbers(references: object) -> set[int]:
    found = resolve1(references)
    items = found if isinstance(found, list) else []
    return {item.objid for item in items if isinstance(item, PDFObjRef)}


def shown(page: Page, off: frozenset[int]) -> tuple[LTPage, int]:
    """Return what a page shows without the layers that are off, and how many signs they hold."""
    device = _Shown(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    _Interpreter(page.pdf.rsrcmgr, device, off).process_page(page.page_obj)
    return device.get_result(), device.passed_over


class _Shown(PDFPageAggregatorWithMarkedContent):
    """Keeps what is painted outside of the layers that are off."""

    depth = 0
    """How many of them are open."""
    passed_over = 0

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        before = len(self.cur_item)
        advance = super().render_char(*args, **kwargs)
        if self.depth:
            self.passed_over += len(self.cur_item) - before
            self._forget(before)
        return advance

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        before = len(self.cur_item)
        super().render_image(*args, **kwargs)
        self._forget(before)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        before = len(self.cur_item)
        super().paint_path(*args, **kwargs)
        self._forget(before)

    def _forget(self, kept: int) -> None:
        if self.depth:
            del self.cur_item._objs[kept:]  # noqa: SLF001 - pdfminer has no other way


class _Interpreter(PDFPageInterpreter):
    """Tells the device where a layer that is off begins and ends."""

    def __init__(self, rsrcmgr: Any, device: _Shown, off: frozenset[int] = frozenset()) -> None:
        super().__init__(rsrcmgr, device)
        self._shown, self._off = device, off
        self._open: list[bool] = []

    def dup(self) -> _Interpreter:
        return _Interpreter(self.rsrcmgr, self._shown, self._off)

    def do_BMC(self, tag: Any) -> None:  # noqa: N802 - pdfminer's names
        self._begin(hidden=False)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        self._begin(hidden=getattr(tag, "name", "") == _LAYER and self._is_off(self._named(props)))
        super().do_BDC(tag, props)

    def do_EMC(self) -> None:  # noqa: N802
        if self._open and self._open.pop():
            self._shown.depth -= 1
        super().do_EMC()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        drawn = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", "")))
        attrs = getattr(drawn, "attrs", {})
        hidden = self._is_off(attrs.get(_LAYER))
        self._shown.depth += hidden
        super().do_Do(xobjid_arg)
        self._shown.depth -= hidden

    def _begin(self, *, hidden: bool) -> None:
        self._open.append(hidden)
        self._shown.depth += hidden

    def _named(self, props: Any) -> Any:
        named = resolve1((self.resources or {}).get("Properties"))
        return named.get(getattr(props, "name", "")) if isinstance(named, dict) else None

    def _is_off(self, layer: Any) -> bool:
        if isinstance(layer, PDFObjRef) and layer.objid in self._off:
            return True
        members = resolve1(layer)
        if not isinstance(members, dict) or getattr(members.get("Type"), "name", "") != "OCMD":
            return False
        named = members.get("OCGs")
        numbers = {named.objid} if isinstance(named, PDFObjRef) else set()
        numbers |= _numbers(named)
        off = numbers & self._off
        match getattr(members.get("P"), "name", "AnyOn"):
            case "AllOn":
                return bool(off)
            case "AnyOff":
                return bool(numbers) and not off
            case "AllOff":
                return off != numbers
            case _:
                return bool(numbers) and off == numbers

"""Pictures of pages: drawn from a PDF at a resolution, and made to look scanned."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
from PIL import Image

Picture = Image.Image


def pages_drawn(pdf: bytes, dpi: int) -> list[Picture]:
    """Return the pages of a PDF as grey pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def scanned(picture: Picture, seed: int, degrees: float = 0.7, grain: float = 7.0) -> Picture:
    """Return the page as a scanner gives it: turned a little, grey paper, grain, a soft edge."""
    rng = np.random.default_rng(seed)
    turned = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    paper = np.asarray(turned, dtype=np.float32) * 0.92 + 12
    paper += rng.normal(0, grain, paper.shape)
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8), "L")


def encoded(picture: Picture, kind: str = "PNG", quality: int = 60) -> bytes:
    """Return a picture as a PNG or JPEG file."""
    out = io.BytesIO()
    options = {"quality": quality} if kind == "JPEG" else {}
    picture.save(out, kind, **options)
    return out.getvalue()


def pdf_of(pictures: Sequence[Picture], dpi: int, quality: int = 75) -> bytes:
    """Return a PDF whose pages are pictures, as a scanner's program writes it."""
    out = io.BytesIO()
    first, *rest = pictures
    first.save(
        out, "PDF", save_all=True, append_images=rest, resolution=float(dpi), quality=quality
    )
    return out.getvalue()


def tiff_of(pictures: Sequence[Picture]) -> bytes:
    """Return one TIFF of several pages."""
    out = io.BytesIO()
    first, *rest = pictures
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")
    return out.getvalue()


def one_above_the_other(pictures: Sequence[Picture]) -> Picture:
    """Return one long picture, as offices that publish pictures often make it."""
    width = max(p.width for p in pictures)
    whole = Image.new("L", (width, sum(p.height for p in pictures)), 255)
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    return whole

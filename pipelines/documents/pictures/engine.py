"""The recognition engine: optional, loaded once a process, models from its own wheel."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipelines.vocabulary.errors import DocumentError

_HOW_TO = (
    "pictures are read by the optional extra: pip install 'county-reports[ocr]' "
    "(rapidocr, onnxruntime, opencv-python-headless)"
)
Picture = Any
"""A numpy array of bytes: rows, columns, and three channels where colour matters."""


@dataclass(slots=True, frozen=True)
class Tools:
    """The packages of the extra; modules, because none of them is there without it."""

    cv2: Any
    numpy: Any
    engine: Any


@lru_cache(maxsize=1)
def tools() -> Tools:
    """Return the loaded engine.

    Raises:
        DocumentError: ``document/needs-tool`` when the extra is not installed.
    """
    try:
        cv2 = importlib.import_module("cv2")
        numpy = importlib.import_module("numpy")
        rapidocr = importlib.import_module("rapidocr")
        importlib.import_module("onnxruntime")
    except ImportError as error:
        raise DocumentError("document/needs-tool", f"{_HOW_TO}: {error}") from error
    cv2.setNumThreads(1)
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            # Pages are upright here; the classifier turns short figures (6 and 9) over.
            "Global.use_cls": False,
            "Global.text_score": 0.3,
            # Where lines stand is seen on a smaller picture; what they say is read at full size
            # (2026-11: the same text in half the time).
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            # Every line is padded to this shape at least; the default of 320 costs a figure three
            # times the time and gains nothing (2026-11: the same cells either way).
            "Rec.rec_img_shape": [3, 48, 96],
            # Six lines of prose side by side take twice the memory and no less time (2026-12: 400
            # MB in place of 700, and a tenth quicker).
            "Rec.rec_batch_num": 2,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads(),
        }
    )
    return Tools(cv2, numpy, engine)


def threads() -> int:
    """Return how many threads recognition may use: reading already runs in a process a core."""
    return int(os.environ.get("OCR_THREADS", "1"))


def recognise(lines: Sequence[Picture]) -> list[tuple[str, float]]:
    """Return text and score of each picture of one line of text; of equal pictures, one is read."""
    if not lines:
        return []
    keys = [(line.shape, line.tobytes()) for line in lines]
    different = dict(zip(keys, lines, strict=True))
    result = tools().engine.recognize_txt(list(different.values()))
    read = dict(zip(different, zip(result.txts, result.scores, strict=True), strict=True))
    return [(str(read[key][0]), float(read[key][1])) for key in keys]


def find_rows(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the lines of text anywhere on a picture, level or not."""
    result = tools().engine(picture, use_det=True, use_cls=False, use_rec=False)
    if getattr(result, "boxes", None) is None:
        return []
    return [
        (
            float(box[:, 0].min()),
            float(box[:, 1].min()),
            float(box[:, 0].max()),
            float(box[:, 1].max()),
        )
        for box in result.boxes
    ]

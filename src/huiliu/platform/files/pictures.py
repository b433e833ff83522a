"""Pictures are drawn anew: what leaves is only pixels. No place, no camera, no hidden second file."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from huiliu.platform.files.errors import FileTooLarge, PictureUnreadable

PIXELS_MAX: Final = 50_000_000
SIDE_MAX: Final = 4096
THUMBNAIL_SIDE: Final = 256
THUMBNAIL_TYPE: Final = "image/webp"
_FORMATS: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/png"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is stored."""

    content_type: str
    content: bytes
    thumbnail: bytes


def redraw(path: Path) -> Drawn:
    """The picture upright, without metadata, at most 4,096 pixels a side; of a GIF its first frame as PNG.

    Raises: FileTooLarge for more than 50 million pixels, told by its head before a pixel is unpacked;
            PictureUnreadable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=tuple(_FORMATS)) as picture:
                return _redrawn(picture)
    except Image.DecompressionBombError as error:
        raise FileTooLarge("The picture has too many pixels.", field="file", limit=PIXELS_MAX) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        zlib.error,
    ) as error:
        raise PictureUnreadable("The picture cannot be read.", field="file") from error


def _redrawn(picture: Image.Image) -> Drawn:
    width, height = picture.size
    if width * height > PIXELS_MAX:
        raise FileTooLarge(
            "The picture has too many pixels.", field="file", pixels=width * height, limit=PIXELS_MAX
        )
    form = picture.format or ""
    upright = ImageOps.exif_transpose(picture)
    clear = "A" in upright.getbands() or "transparency" in upright.info
    pixels = upright.convert("RGBA" if clear and form != "JPEG" else "RGB")
    pixels.thumbnail((SIDE_MAX, SIDE_MAX))
    small = pixels.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    target = {"JPEG": "JPEG", "WEBP": "WEBP"}.get(form, "PNG")
    return Drawn(_FORMATS[form], _saved(pixels, target), _saved(small, "WEBP"))


def _saved(picture: Image.Image, form: str) -> bytes:
    picture.info.clear()
    content = BytesIO()
    options = {"JPEG": {"quality": 88}, "WEBP": {"quality": 82}}.get(form, {})
    picture.save(content, form, **options)
    return content.getvalue()

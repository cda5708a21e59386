#!/usr/bin/env python3
"""Pictures, and what torchvision's transforms make of them: NAME.png becomes NAME.out.png.

The name says how: SHAPE_INTERPOLATION_RESIZE_CROP. Also pictures in the formats that people have, small, as `odd_*`.

    pip install torch torchvision pillow==13.0.0
    pictures.py ../pictures
"""
import os
import sys

import numpy as np
from PIL import Image
from torchvision.transforms import InterpolationMode, v2

CASES = [
    ("wide", 133, 87, "bilinear", 64, 56),
    ("tall", 77, 131, "bicubic", 51, 45),
    ("odd", 101, 99, "bilinear", 33, 32),
    ("tiny", 23, 31, "bilinear", 64, 56),
    ("little", 19, 17, "bicubic", 48, 48),
    ("strip", 260, 40, "bicubic", 40, 44),
    # So tall that Pillow 13 resizes the height first.
    ("column", 44, 300, "bicubic", 30, 28),
    ("post", 60, 200, "bilinear", 32, 32),
    ("near", 90, 71, "nearest", 40, 36),
]


def scene(width, height, seed):
    """A gradient with an edge and noise: what a filter gets wrong shows at the edge."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([x * 255 // width, y * 255 // height, (x + y) * 255 // (width + height)], -1)
    base[(x // 7 + y // 5) % 2 == 0] = 255 - base[(x // 7 + y // 5) % 2 == 0]
    return Image.fromarray(np.clip(base + rng.integers(-40, 40, base.shape), 0, 255).astype(np.uint8))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    path = lambda name: os.path.join(folder, name)
    for seed, (name, width, height, mode, resize, crop) in enumerate(CASES):
        picture = scene(width, height, seed)
        stem = f"{name}_{mode}_{resize}_{crop}"
        picture.save(path(stem + ".png"), optimize=True)
        transform = v2.Compose([v2.Resize(resize, InterpolationMode(mode), antialias=True), v2.CenterCrop(crop)])
        transform(picture).save(path(stem + ".out.png"), optimize=True)
    # Broad areas of plain colour, so that JPEG says the same in every decoder.
    plain = Image.new("RGB", (24, 16), (200, 30, 30))
    plain.paste((30, 60, 200), (8, 0, 24, 16))
    plain.save(path("odd_rgb.png"))
    plain.save(path("odd_rgb.jpg"), quality=95)
    plain.save(path("odd_lossless.webp"), lossless=True)
    plain.save(path("odd_rgb.bmp"))
    plain.convert("CMYK").save(path("odd_cmyk.jpg"), quality=95)
    plain.convert("L").save(path("odd_grey.png"))
    plain.convert("RGBA").save(path("odd_alpha.png"))
    plain.quantize(4).save(path("odd_frames.gif"), save_all=True, append_images=[Image.new("P", (24, 16))])
    deep = np.asarray(plain.convert("L")).astype(np.uint16) * 257
    Image.fromarray(deep).save(path("odd_grey16.png"))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    plain.transpose(Image.Transpose.ROTATE_90).save(path("odd_turned.jpg"), quality=95, exif=exif)


if __name__ == "__main__":
    main()

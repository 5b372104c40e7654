#!/usr/bin/env bash
# Pillow reads a 16-bit PNG in colour with its values divided (the upper byte), but convert("RGB"), which loaders of pictures call, cuts those of a
# grey one off at 255: all but the darkest 0.4 % becomes white. So in a folder with both kinds, and in the readers of webdataset and datasets.
set -euo pipefail
cd "$(mktemp -d)"
export HF_HOME=$PWD/home HF_HUB_OFFLINE=1
python3 -m venv venv
venv/bin/pip install -q pillow==13.0.0 numpy==2.4.6 imagecodecs==2026.3.6 webdataset==1.0.2 datasets==5.2.0 pyarrow==26.0.1
cat >probe.py <<'PY'
import os, tarfile
import datasets, imagecodecs, numpy as np, PIL, webdataset
from PIL import Image

levels = np.array([[0, 255, 1000, 20000, 65535]], dtype=np.uint16)
os.makedirs("set")
open("set/grey.png", "wb").write(imagecodecs.png_encode(levels))
open("set/rgb.png", "wb").write(imagecodecs.png_encode(np.stack([levels] * 3, -1)))
with tarfile.open("set.tar", "w") as tar:
    tar.add("set/grey.png", "grey.png")


def red(picture):
    return np.asarray(picture)[0, :, 0].tolist()


def rgb(picture):
    return red(picture.convert("RGB"))


colour, grey = rgb(Image.open("set/rgb.png")), rgb(Image.open("set/grey.png"))
sample = next(iter(webdataset.WebDataset("set.tar", shardshuffle=False).decode("rgb8")))
datasets.disable_progress_bars()
cast = datasets.Dataset.from_dict({"image": ["set/grey.png"]}).cast_column("image", datasets.Image(mode="RGB"))
print("pillow", PIL.__version__, "webdataset", webdataset.__version__, "datasets", datasets.__version__)
print("  levels of 65,535:       ", levels[0].tolist())
print("  of 255, expected, about:", (levels[0] / 257).round().astype(int).tolist())
print("  colour, convert(\"RGB\"): ", colour)
print("  grey, convert(\"RGB\"):   ", grey)
print("  webdataset, rgb8:       ", red(sample["png"]))
print("  datasets, mode RGB:     ", red(cast[0]["image"]))
assert colour == (levels[0] >> 8).tolist(), "behaviour changed"
assert grey == red(sample["png"]) == red(cast[0]["image"]) == np.minimum(levels[0], 255).tolist(), "behaviour changed"
PY
venv/bin/python probe.py
echo "As found."

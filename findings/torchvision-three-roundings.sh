#!/usr/bin/env bash
# torchvision has three ways from floats in [0, 1] to bytes: save_image rounds, to_pil_image cuts off, convert_image_dtype (and v2.ToDtype with
# scale=True) spreads over 256 equal steps. The same drawn pictures are half a level darker from one than from the other, half of all
# pixels differ, and a measurement is of whichever was used. A picture that came from bytes goes through all three unharmed, so a round trip shows nothing.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0 numpy==2.4.6
venv/bin/pip install -q torchvision==0.29.2 pillow==13.0.0
cat >probe.py <<'PY'
import numpy as np, torch, torchvision
from PIL import Image
from torchvision.transforms import functional
from torchvision.transforms.v2 import functional as v2
from torchvision.utils import save_image


def saved(picture):
    save_image(picture, "saved.png")
    return torch.from_numpy(np.array(Image.open("saved.png").convert("RGB"))).permute(2, 0, 1)[:1]


ways = {
    "save_image": saved,
    "to_pil_image": lambda picture: torch.from_numpy(np.array(functional.to_pil_image(picture)))[None],
    "convert_image_dtype": lambda picture: functional.convert_image_dtype(picture, torch.uint8),
    "v2.to_dtype(scale=True)": lambda picture: v2.to_dtype(picture, torch.uint8, scale=True),
}
bytes_ = torch.arange(256, dtype=torch.uint8).view(1, 16, 16)
drawn = torch.rand(1, 256, 256, generator=torch.Generator().manual_seed(0))
print("torchvision", torchvision.__version__, "- expected: the same bytes from all, each at most half a level away")
seen = {}
for name, way in ways.items():
    assert torch.equal(way(functional.convert_image_dtype(bytes_, torch.float32)), bytes_), "behaviour changed"
    off = way(drawn).double() - drawn.double() * 255
    other = (way(drawn) != ways["save_image"](drawn)).double().mean().item()
    seen[name] = (off.mean().item(), other)
    print("  %-24s mean error %+.3f levels, largest %.3f, %.0f %% of the pixels other than in save_image" % (name, off.mean(), off.abs().max(), 100 * other))
assert abs(seen["save_image"][0]) < 0.01 and abs(seen["to_pil_image"][0] + 0.5) < 0.01, "behaviour changed"
assert 0.45 < seen["to_pil_image"][1] < 0.55 and 0.2 < seen["convert_image_dtype"][1] < 0.3, "behaviour changed"
PY
venv/bin/python probe.py
echo "As found."

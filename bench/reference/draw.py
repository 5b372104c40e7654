"""Draws one sprite with DDIM in 20 steps: python draw.py ROW_FOLDER OUT.png"""
import argparse
import json
import pathlib

import torch
from PIL import Image

import side
import systems

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("out")
arguments = parser.parse_args()
recipe = json.loads((arguments.folder / "recipe.json").read_text())
network = side.loaded(recipe, arguments.folder).eval()
data = recipe["data"]
start = torch.randn(1, data["channels"], data["size"], data["size"], generator=torch.Generator().manual_seed(0))
with torch.no_grad():
    picture = systems.ddim(recipe, network, start, torch.zeros(1, len(data["classes"])), 20)[0]
levels = ((picture + 1) * 127.5).clamp(0, 255).round().byte().permute(1, 2, 0).contiguous().numpy()
Image.fromarray(levels).save(arguments.out)

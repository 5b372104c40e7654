"""Reference numbers of the tiny autoencoder, computed by diffusers.

Run: python make_tiny.py   (torch 2.15.0, diffusers 0.42.1, numpy; a few seconds)
Writes config.json and tiny.npz (names, pictures, codes, decoded) beside itself. Weights are the formula of FormulaWeights.java, tensors
counted in the order of their sorted names; pictures are its numbers at place 5000.
"""
import json
import math
import pathlib

import numpy as np
import torch
from diffusers import AutoencoderTiny

HERE = pathlib.Path(__file__).parent


def hashed(count, place):
    k = np.arange(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = (k + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) / 2**53 * 2 - 1


def value(name, number, shape):
    s = hashed(math.prod(shape), number).reshape(shape)
    if name.endswith("bias"):
        return 0.1 * s
    return 1 + 0.1 * s if len(shape) == 1 else 1.7 * s / math.sqrt(math.prod(shape[1:]))


model = AutoencoderTiny(
    encoder_block_out_channels=(16,) * 3,
    decoder_block_out_channels=(16,) * 3,
    num_encoder_blocks=(1, 2, 1),
    num_decoder_blocks=(2, 1, 1),
)
state = model.state_dict()
for number, name in enumerate(sorted(state)):
    state[name] = torch.from_numpy(value(name, number, tuple(state[name].shape)).astype(np.float32))
model.load_state_dict(state)
model.eval()
model.save_config(HERE)
pictures = torch.from_numpy(hashed(2 * 3 * 16 * 24, 5000).reshape(2, 3, 16, 24).astype(np.float32))
with torch.no_grad():
    codes = model.encode(pictures).latents
    decoded = model.decode(codes).sample
np.savez(
    HERE / "tiny.npz",
    pictures=pictures.numpy(),
    codes=codes.numpy(),
    decoded=decoded.numpy(),
    count=np.array([sum(p.numel() for p in AutoencoderTiny().parameters())], dtype=np.int64),
)
print(json.dumps(sorted(state)))

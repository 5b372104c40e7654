"""Reference codes and pictures of a small AutoencoderKL whose weights a formula gives, computed by diffusers itself.

Run: python make_diffusers_reference.py [FOLDER]   (torch, diffusers 0.30 or newer; FOLDER also gets the model)
Writes diffusers_names.txt, diffusers_input.npy, diffusers_moments.npy, diffusers_reconstruction.npy.
"""
import sys

import numpy as np
import torch
from diffusers import AutoencoderKL


def values(name, place, shape):
    """The formula of Golden.java: SplitMix64 of (j + place * 2**32 + 1), made s in [-1, 1)."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    s = (z >> np.uint64(11)).astype(np.float64) * 2.0**-53 * 2 - 1
    if name.endswith("bias"):
        result = 0.1 * s
    elif len(shape) == 1:
        result = 1 + 0.1 * s
    else:
        result = 3 * s / np.sqrt(np.prod(shape[1:]))
    return torch.from_numpy(result.astype(np.float32).reshape(shape))


model = AutoencoderKL(
    block_out_channels=(32, 64), down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
    layers_per_block=2, latent_channels=4, norm_num_groups=32, sample_size=16, scaling_factor=0.25,
).eval()
state = model.state_dict()
names = sorted(state)
model.load_state_dict({name: values(name, place, tuple(state[name].shape)) for place, name in enumerate(names)})
with open("diffusers_names.txt", "w") as f:
    for name in names:
        f.write(f"{name} {' '.join(map(str, state[name].shape))}\n")
pictures = torch.from_numpy(np.random.default_rng(1).uniform(-1, 1, (2, 3, 16, 16)).astype(np.float32))
with torch.no_grad():
    code = model.encode(pictures).latent_dist
    np.save("diffusers_input.npy", pictures.numpy())
    np.save("diffusers_moments.npy", code.parameters.numpy())
    np.save("diffusers_reconstruction.npy", model.decode(code.mean).sample.numpy())
if len(sys.argv) > 1:
    model.save_pretrained(sys.argv[1])

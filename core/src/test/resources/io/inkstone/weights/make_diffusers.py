"""Writes the names and shapes of diffusers' AutoencoderKL. Run: python make_diffusers.py (diffusers 0.30 or newer)."""
import os
import sys

from diffusers import AutoencoderKL

model = AutoencoderKL(
    block_out_channels=(4, 8, 16, 16), down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=2, latent_channels=4, norm_num_groups=4,
)
with open("diffusers_names.txt", "w") as f:
    for name, tensor in sorted(model.state_dict().items()):
        f.write(f"{name} {' '.join(map(str, tensor.shape))}\n")
if len(sys.argv) > 1:
    model.save_pretrained(sys.argv[1])

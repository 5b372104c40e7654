"""Reference numbers of a conditional U-Net that is unlike the published ones in every size, computed by diffusers.

Run: python make_conditional.py   (torch 2.15.0, diffusers 0.42.1, numpy; a few seconds)
Writes config.json and conditional.npz beside itself: noisy latents with odd sides, states, times, the embedding's guidance weight and
the answer; and the loss's gradients of four weights, for the mean of the squared answer. Weights are the formula of
FormulaWeights.java, tensors counted in the order of their sorted names; inputs are its numbers at places 5000 and 5001.
"""
import math
import pathlib

import numpy as np
import torch
from diffusers import UNet2DConditionModel

HERE = pathlib.Path(__file__).parent
GUIDANCE = 4.0
GRADIENTS = (
    "conv_in.weight",
    "time_embedding.cond_proj.weight",
    "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight",
    "up_blocks.2.resnets.1.conv_shortcut.weight",
)


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


def weight_waves(weight, size):
    """As the pipelines embed guidance weights."""
    half = size // 2
    rates = torch.exp(torch.arange(half, dtype=torch.float32) * -(math.log(10000.0) / (half - 1)))
    angles = torch.tensor([(weight - 1) * 1000.0])[:, None] * rates[None, :]
    return torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)


model = UNet2DConditionModel(
    in_channels=9,
    out_channels=4,
    block_out_channels=(16, 32, 48),
    down_block_types=("CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"),
    up_block_types=("CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"),
    layers_per_block=(1, 2, 1),
    transformer_layers_per_block=(1, 1, 2),
    attention_head_dim=(2, 4, 3),
    cross_attention_dim=24,
    norm_num_groups=4,
    time_cond_proj_dim=8,
    flip_sin_to_cos=False,
    freq_shift=1,
    use_linear_projection=True,
    sample_size=8,
)
state = model.state_dict()
for number, name in enumerate(sorted(state)):
    state[name] = torch.from_numpy(value(name, number, tuple(state[name].shape)).astype(np.float32))
model.load_state_dict(state)
model.eval()
model.save_config(HERE)
noisy = torch.from_numpy(hashed(2 * 9 * 7 * 10, 5000).reshape(2, 9, 7, 10).astype(np.float32))
states = torch.from_numpy(hashed(2 * 5 * 24, 5001).reshape(2, 5, 24).astype(np.float32))
times = torch.tensor([999.0, 3.0])
answer = model(noisy, times, states, timestep_cond=weight_waves(GUIDANCE, 8)).sample
answer.square().mean().backward()
parameters = dict(model.named_parameters())
np.savez(
    HERE / "conditional.npz",
    noisy=noisy.numpy(),
    states=states.numpy(),
    times=times.numpy(),
    guidance=np.array([GUIDANCE]),
    answer=answer.detach().numpy(),
    **{"gradient." + name: parameters[name].grad.numpy() for name in GRADIENTS},
)

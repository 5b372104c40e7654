"""Reference answers of the modern U-Net, written down a second time in PyTorch and computed in float64 from weights that a
formula gives.

Run: python make_modern_unet.py   (torch 2, numpy)
Writes modern_names.txt and, for each case, CASE_{noisy,time,context,answer}.npy beside this file.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def norm_groups(channels):
    groups = max(1, min(32, channels // 4))
    while channels % groups:
        groups -= 1
    return groups


class LayerNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return F.layer_norm(x.permute(0, 2, 3, 1), self.weight.shape, self.weight, self.bias, 1e-5).permute(0, 3, 1, 2)


def make_norm(kind, channels):
    if kind == "group":
        return nn.GroupNorm(norm_groups(channels), channels, eps=1e-5)
    return nn.BatchNorm2d(channels) if kind == "batch" else LayerNorm(channels)


class Block(nn.Module):
    def __init__(self, cin, cout, size, kind):
        super().__init__()
        self.norm1 = make_norm(kind, cin)
        self.conv1 = nn.Conv2d(cin, cout, 3, padding=1)
        self.embed = nn.Linear(size, 2 * cout)
        self.norm2 = make_norm(kind, cout)
        self.conv2 = nn.Conv2d(cout, cout, 3, padding=1)
        if cin != cout:
            self.skip = nn.Conv2d(cin, cout, 1)

    def forward(self, x, e):
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.embed(e)[:, :, None, None].chunk(2, dim=1)
        h = self.norm2(h) * (1 + scale) + shift
        h = self.conv2(F.silu(h))
        return h + (self.skip(x) if hasattr(self, "skip") else x)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.heads = max(1, channels // 64)
        while channels % self.heads:
            self.heads -= 1
        self.norm = nn.GroupNorm(norm_groups(channels), channels, eps=1e-5)
        self.q, self.k, self.v, self.out = (nn.Linear(channels, channels) for _ in range(4))

    def forward(self, x):
        n, c, h, w = x.shape
        t = self.norm(x).flatten(2).transpose(1, 2)
        q, k, v = (f(t).view(n, h * w, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        seen = ((q @ k.transpose(2, 3)) / math.sqrt(q.shape[-1])).softmax(-1) @ v
        return x + self.out(seen.transpose(1, 2).flatten(2)).transpose(1, 2).view(n, c, h, w)


class Level(nn.Module):
    def step(self, i, x, e):
        x = getattr(self, str(i))(x, e)
        return getattr(self, f"attention{i}")(x) if hasattr(self, f"attention{i}") else x

    def then(self, i, cin, cout, size, kind, attends):
        self.add_module(str(i), Block(cin, cout, size, kind))
        if attends:
            self.add_module(f"attention{i}", Attention(cout))


class ModernUnet(nn.Module):
    def __init__(self, channels, classes, width, multipliers, blocks, attention, patch, kind):
        super().__init__()
        size, self.blocks, self.patch, self.width = 4 * width, blocks, patch, width
        self.levels = len(multipliers)
        # Named as in Java, where the waves are step 0.
        self.time = nn.ModuleDict({"1": nn.Linear(width, size), "3": nn.Linear(size, size)})
        self.label = nn.Linear(classes, size)
        self.stem = nn.Conv2d(channels * patch**2, width, 3, padding=1)
        cin, widths = width, []
        for level, m in enumerate(multipliers):
            stage = Level()
            for i in range(blocks):
                stage.then(i, cin, m * width, size, kind, level in attention)
                cin = m * width
                widths.append(cin)
            self.add_module(f"down{level}", stage)
        self.middle = Level()
        self.middle.then(0, cin, cin, size, kind, self.levels - 1 in attention)
        self.middle.then(1, cin, cin, size, kind, False)
        for level in reversed(range(self.levels)):
            stage = Level()
            for i in range(blocks):
                stage.then(i, cin + widths.pop(), multipliers[level] * width, size, kind, level in attention)
                cin = multipliers[level] * width
            self.add_module(f"up{level}", stage)
        self.norm = make_norm(kind, cin)
        self.out = nn.Conv2d(cin, channels * patch**2, 3, padding=1)

    def forward(self, noisy, t, context):
        half = self.width // 2
        rates = 1000 * torch.pow(torch.tensor(10000.0, dtype=t.dtype), -torch.arange(half, dtype=t.dtype) / half)
        angles = t[:, None] * rates[None]
        waves = torch.cat([angles.cos(), angles.sin()], 1).to(self.label.weight.dtype)
        e = F.silu(self.time["3"](F.silu(self.time["1"](waves))) + self.label(context))
        x, skips = self.stem(F.pixel_unshuffle(noisy, self.patch)), []
        for level in range(self.levels):
            x = F.avg_pool2d(x, 2) if level else x
            for i in range(self.blocks):
                x = getattr(self, f"down{level}").step(i, x, e)
                skips.append(x)
        x = self.middle.step(1, self.middle.step(0, x, e), e)
        for level in reversed(range(self.levels)):
            x = x if level == self.levels - 1 else F.interpolate(x, scale_factor=2, mode="nearest")
            for i in range(self.blocks):
                x = getattr(self, f"up{level}").step(i, torch.cat([x, skips.pop()], 1), e)
        return F.pixel_shuffle(self.out(F.silu(self.norm(x))), self.patch)


def values(name, place, shape):
    """The formula of Golden.java: SplitMix64 of (j + place * 2**32 + 1), made s in [-1, 1)."""
    with np.errstate(over="ignore"):
        z = (np.arange(int(np.prod(shape)), dtype=np.uint64) + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    s = (z >> np.uint64(11)).astype(np.float64) * 2.0**-53 * 2 - 1
    if name.endswith("running_var"):
        result = 1 + 0.1 * s
    elif name.endswith("running_mean") or name.endswith("bias"):
        result = 0.1 * s
    elif len(shape) == 1:
        result = 1 + 0.1 * s
    else:
        result = 3 * s / np.sqrt(np.prod(shape[1:]))
    return torch.from_numpy(result.astype(np.float32).reshape(shape))


CASES = {
    # a patch, three levels, two heads of 64 in the innermost
    "patched": dict(channels=3, classes=5, width=32, multipliers=[1, 2, 4], blocks=1, attention=[1, 2], patch=2, kind="group"),
    "plain": dict(channels=1, classes=2, width=16, multipliers=[1, 3], blocks=2, attention=[0], patch=1, kind="batch"),
    "placed": dict(channels=4, classes=14, width=24, multipliers=[2], blocks=1, attention=[], patch=1, kind="layer"),
}

if __name__ == "__main__":
    with open("modern_names.txt", "w") as f:
        for case, config in CASES.items():
            model = ModernUnet(**config).eval()
            state = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
            filled = {name: values(name, place, tuple(state[name].shape)) for place, name in enumerate(sorted(state))}
            model.load_state_dict(filled, strict=False)
            f.writelines(f"{case} {name}\n" for name in sorted(state))
            random = np.random.default_rng(7)
            side = {"patched": 16, "plain": 8, "placed": 4}[case]
            noisy = random.standard_normal((3, config["channels"], side, side)).astype(np.float32)
            time = np.array([1.0, 0.31, 0.002], np.float32)
            context = random.uniform(0, 1, (3, config["classes"])).astype(np.float32)
            with torch.no_grad():
                answer = model.double()(*(torch.from_numpy(a).double() for a in (noisy, time, context)))
            for name, array in dict(noisy=noisy, time=time, context=context, answer=answer.numpy().astype(np.float32)).items():
                np.save(f"{case}_{name}.npy", array)

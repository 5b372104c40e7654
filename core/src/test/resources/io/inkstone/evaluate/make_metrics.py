"""Reference numbers for the metrics, by other routes than ours: scipy's matrix square root, plain loops over all pairs,
pytorch_msssim. Prints the constants of ReferenceMetricsTest. Needs numpy, scipy, torch, pytorch_msssim.
"""
import numpy as np
import scipy.linalg
import torch
from pytorch_msssim import ms_ssim


def features(count, size, seed):
    """Row i, column j: a smooth but tangled function of both."""
    i = np.arange(count, dtype=np.float64)[:, None]
    j = np.arange(size, dtype=np.float64)[None, :]
    return (np.sin((i + 1) * (j + 2) * 0.7 + seed) + 0.5 * np.cos(i * 0.3 + j * j * 0.11 + seed)).astype(np.float32)


def fid(x, y):
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = scipy.linalg.sqrtm(a @ b)
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(a + b) - 2 * np.trace(root.real)


def kid(x, y):
    k = lambda p, q: (p @ q.T / p.shape[1] + 1) ** 3
    n, m = len(x), len(y)
    xx, yy = k(x, x), k(y, y)
    return ((xx.sum() - np.trace(xx)) / (n * (n - 1)) + (yy.sum() - np.trace(yy)) / (m * (m - 1))
            - 2 * k(x, y).mean())


def distances(x, y):
    return np.sqrt(((x[:, None, :] - y[None, :, :]) ** 2).sum(-1))


def radius(x, k):
    return np.sort(distances(x, x), axis=1)[:, k]


def overlap(real, fake):
    d = distances(real, fake)
    r3, f3, r5 = radius(real, 3), radius(fake, 3), radius(real, 5)
    return ((d <= r3[:, None]).any(0).mean(), (d <= f3[None, :]).any(1).mean(),
            (d <= r5[:, None]).sum(0).mean() / 5, (d.min(1) <= r5).mean())


x = features(60, 7, 0.0).astype(np.float64)
y = (1.1 * features(50, 7, 0.4).astype(np.float64) + 0.2).astype(np.float32).astype(np.float64)
print("fid", repr(fid(x, y)))
print("kid", repr(kid(x[:50], y)))
print("precision, recall, density, coverage", [float(v) for v in overlap(x, y)])



def mind(x, y, directions, seed):
    """The sliced distance as torch-fidelity's metric_mind.py has it (commit a51aa640): the same draws in the same order."""
    generator = torch.Generator().manual_seed(seed)
    n = min(len(x), len(y))
    if len(x) != len(y):
        keep = lambda rows: rows if len(rows) == n else rows[torch.randperm(len(rows), generator=generator)[:n]]
        x, y = keep(x), keep(y)
    u = torch.randn(directions, x.shape[1], generator=generator)
    u = u / u.norm(dim=1, keepdim=True)
    a, b = (x @ u.t()).sort(dim=0)[0], (y @ u.t()).sort(dim=0)[0]
    return float(3 * x.shape[1] * ((a - b) ** 2).mean())


single = lambda rows: torch.from_numpy(rows.astype(np.float32))
print("mind", mind(single(x[:50]), single(y), 100, 2020), mind(single(x), single(y), 100, 2020),
      mind(single(y), single(x), 1000, 7), mind(single(x), single(y), 10000, 2020))

logits = features(40, 5, 1.0).astype(np.float64) * 3
p = (np.exp(logits) / np.exp(logits).sum(1, keepdims=True)).astype(np.float32).astype(np.float64)
score = lambda q: np.exp((q * np.log(q / q.mean(0))).sum(1).mean())
print("inception score, 1 part, 2 parts", score(p), (score(p[:20]) + score(p[20:])) / 2, abs(score(p[:20]) - score(p[20:])) / 2**0.5)

side = 176
grid = np.arange(side * side)
u, v = grid % side, grid // side
picture = (0.5 + 0.4 * np.sin(u * 0.13) * np.cos(v * 0.07)).astype(np.float32)
other = (picture + 0.1 * np.sin(u * 1.1 + v * 0.9).astype(np.float32)).clip(0, 1).astype(np.float32)
a, b = (torch.from_numpy(p.reshape(1, 1, side, side)).double() for p in (picture, other))
# The library's own window is rounded to float32.
window = torch.exp(-(torch.arange(11, dtype=torch.float64) - 5) ** 2 / (2 * 1.5**2))
window = (window / window.sum()).reshape(1, 1, 1, 11)
print("ms-ssim, 5 scales", ms_ssim(a, b, data_range=1.0, win=window).item())
weights = np.array([0.0448, 0.2856])
print("ms-ssim, 2 scales", ms_ssim(a, b, data_range=1.0, win=window, weights=list(weights / weights.sum())).item())

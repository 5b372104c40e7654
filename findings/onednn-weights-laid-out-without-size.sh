#!/usr/bin/env bash
# PyTorch's oneDNN: laying a convolution's weight out ahead is meant to save that work in every pass. For 1×1 kernels it is done without
# the size of the maps unless that is told, and then each pass lays it out anew, by reference code: ten times slower than no preparation.
set -euo pipefail
grep -q avx512f /proc/cpuinfo || { echo "Shown on processors with AVX-512 alone; this one has none."; exit 0; }
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install --quiet torch==2.15.0 numpy==2.3.4 2>&1 | grep -v notice || true
cat >laid_out.py <<'PY'
import time

import torch

torch.set_num_threads(1)
ONE, NONE = [1, 1], [0, 0]
lay_out = torch.ops.mkldnn._reorder_convolution_weight
convolve = torch.ops.mkldnn._convolution_pointwise


def milliseconds(work):
    work()
    times = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


@torch.inference_mode()
def main():
    print("torch", torch.__version__)
    maps = torch.randn(2, 1280, 16, 16).to(memory_format=torch.channels_last)
    weight = torch.randn(1280, 1280, 1, 1)
    plain = milliseconds(lambda: torch.conv2d(maps, weight))
    answers, times = [], []
    for size in (None, list(maps.shape)):
        ahead = lay_out(weight, NONE, ONE, ONE, 1, size)
        work = lambda: convolve(maps, ahead, None, NONE, ONE, ONE, 1, "none", [], "")
        answers.append(work())
        times.append(milliseconds(work))
    print(f"expected: a weight laid out ahead is no slower than a plain one ({plain:.1f} ms)")
    print(f"laid out for maps of a size: {times[1]:.1f} ms; without a size: {times[0]:.1f} ms")
    assert torch.allclose(*answers, rtol=1e-3, atol=1e-2)
    assert times[1] < 2 * plain
    assert times[0] > 3 * plain, "A weight without a size is no slower any more: the behaviour has changed."


main()
PY
venv/bin/python laid_out.py
echo "As found."

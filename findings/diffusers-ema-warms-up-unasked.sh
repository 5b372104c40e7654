#!/usr/bin/env bash
# diffusers' EMAModel(decay=0.9999, use_ema_warmup=False), both the defaults, does warm up, only by another rule: the decay of step n is at most
# (1 + n)/(10 + n), so that after 1,000 steps the average still forgets within about a hundred, and 0.9999 holds from step 89,990 on. A decay that
# should hold from the start must be set as min_decay too.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0 numpy==2.4.6
venv/bin/pip install -q diffusers==0.42.1
cat >probe.py <<'PY'
import diffusers, torch
from diffusers.training_utils import EMAModel


def trained(**choices):
    weight = torch.nn.Parameter(torch.zeros(1))
    average = EMAModel([weight], decay=0.9999, use_ema_warmup=False, **choices)
    for step in range(1000):
        weight.data.fill_(step >= 500)  # 0 in the first half, 1 in the second
        average.step([weight])
    return average, average.shadow_params[0].item()


average, seen = trained()
first = next(n for n in range(89000, 91000) if average.get_decay(n) == 0.9999)
_, held = trained(min_decay=0.9999)
print("diffusers", diffusers.__version__, "- average of 500 steps at 0 and 500 at 1, decay 0.9999, no warm-up")
print("  expected", round(1 - 0.9999**500, 4), "seen", round(seen, 4), "with min_decay too", round(held, 4))
print("  decay at step 10:", average.get_decay(11), "at 1000:", average.get_decay(1001), "- 0.9999 from step", first - 1)
assert seen > 0.99 and average.get_decay(11) == 11 / 20 and first == 89991, "behaviour changed"
assert abs(held - (1 - 0.9999**500)) < 1e-4, "behaviour changed"
PY
venv/bin/python probe.py
echo "As found."

#!/usr/bin/env bash
# peft: add_weighted_adapter("linear") weighs A and B by the roots of the weights and adds each by itself, so products of one adapter's B with
# another's A come in. The mean of an adapter and its copy is twice the adapter; with a copy whose A and B both have the other sign, which is
# the same change, it is nothing. Alike: dare_linear and magnitude_prune. "cat" and "svd" give the mean.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0 numpy==2.4.6
venv/bin/pip install -q peft==0.21.2
cat >probe.py <<'PY'
import peft, torch
from peft import LoraConfig, get_peft_model

torch.manual_seed(0)
config = lambda: LoraConfig(r=2, lora_alpha=4, target_modules=["0"], init_lora_weights=False)
model = get_peft_model(torch.nn.Sequential(torch.nn.Linear(6, 5)), config(), adapter_name="one")
model.add_adapter("copy", config())
layer = model.base_model.model[0]


def copy(sign):
    for pair in (layer.lora_A, layer.lora_B):
        pair["copy"].weight.data.copy_(sign * pair["one"].weight.data)
    assert torch.equal(layer.get_delta_weight("one"), layer.get_delta_weight("copy"))


def mean(how):
    model.add_weighted_adapter(["one", "copy"], [0.5, 0.5], "mean", combination_type=how, density=1.0)
    size = (layer.get_delta_weight("mean").norm() / layer.get_delta_weight("one").norm()).item()
    model.delete_adapter("mean")
    return round(size, 4)


print("peft", peft.__version__, "- the mean of an adapter and an equal one, in sizes of it; expected 1.0")
copy(1)
seen = {how: mean(how) for how in ("linear", "dare_linear", "magnitude_prune", "cat", "svd")}
print("  its copy:               ", seen)
copy(-1)
turned = {how: mean(how) for how in ("linear", "cat", "svd")}
print("  A and B of another sign:", turned)
assert seen == dict(linear=2, dare_linear=2, magnitude_prune=2, cat=1, svd=1) and turned == dict(linear=0, cat=1, svd=1), "behaviour changed"
PY
venv/bin/python -W ignore probe.py
echo "As found."

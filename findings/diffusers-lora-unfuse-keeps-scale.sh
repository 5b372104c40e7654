#!/usr/bin/env bash
# diffusers: fuse_lora(lora_scale=s) multiplies the adapter's own scale by s, and unfuse_lora, which "reverses the effect", leaves it so: the
# adapter goes on at s, and the next fuse_lora(lora_scale=t) is of strength s·t. A loop that tries several strengths gives others than it says.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0 numpy==2.4.6
venv/bin/pip install -q diffusers==0.42.1 transformers==5.24.0 peft==0.21.2 accelerate==1.15.0
cat >probe.py <<'PY'
import diffusers, peft, torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig

diffusers.logging.set_verbosity_error()
torch.manual_seed(0)
unet = UNet2DConditionModel(
    sample_size=8, layers_per_block=1, block_out_channels=(32,), down_block_types=("CrossAttnDownBlock2D",), mid_block_type=None,
    up_block_types=("CrossAttnUpBlock2D",), cross_attention_dim=16, attention_head_dim=8, norm_num_groups=8).eval()
unet.add_adapter(LoraConfig(r=4, lora_alpha=4, target_modules=["to_q", "to_v"], init_lora_weights=False), adapter_name="style")
layer = unet.down_blocks[0].attentions[0].transformer_blocks[0].attn1.to_v
change = layer.get_delta_weight("style").clone()
before = layer.base_layer.weight.detach().clone()


def strength(weights):
    return round(((weights * change).sum() / (change * change).sum()).item(), 3)


fused, after = [], []
for scale in (0.5, 0.8, 1.0):
    unet.fuse_lora(lora_scale=scale, adapter_names=["style"])
    fused.append(strength(layer.base_layer.weight.detach() - before))
    unet.unfuse_lora()
    after.append(strength(layer.get_delta_weight("style")))
print("diffusers", diffusers.__version__, "peft", peft.__version__)
print("  fused with 0.5, 0.8, 1.0: expected [0.5, 0.8, 1.0], seen", fused)
print("  adapter after unfusing:   expected [1.0, 1.0, 1.0], seen", after)
assert fused == after == [0.5, 0.4, 0.4], "behaviour changed"
unet.set_adapters(["style"])
assert strength(layer.get_delta_weight("style")) == 1, "behaviour changed"
print("  set_adapters([\"style\"]) sets it to 1.0 again")
PY
venv/bin/python probe.py
echo "As found."

#!/usr/bin/env bash
# diffusers with transformers 5: a pipeline saved in float16 and opened without dtype has U-Net and first stage in float32, as diffusers
# always had it, but its text encoder in float16, since transformers 5 takes a file's own type where none is said. The states go on to the U-Net
# as float32 without a word, so a "float32" pipeline draws from text states rounded to ten bits. dtype=torch.float32 mends it.
set -euo pipefail
cd "$(mktemp -d)"
export HF_HUB_OFFLINE=1
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0 numpy==2.4.6
venv/bin/pip install -q diffusers==0.42.1 transformers==5.24.0 accelerate==1.15.0 safetensors==0.8.0
cat >probe.py <<'PY'
import json, os
import diffusers, torch, transformers
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

diffusers.logging.set_verbosity_error(), diffusers.logging.disable_progress_bar()
transformers.logging.set_verbosity_error(), transformers.logging.disable_progress_bar()
pieces = [chr(c) + end for end in ("", "</w>") for c in range(33, 127)] + ["<|startoftext|>", "<|endoftext|>"]
os.makedirs("tokenizer")
json.dump({piece: i for i, piece in enumerate(pieces)}, open("tokenizer/vocab.json", "w"))
open("tokenizer/merges.txt", "w").write("#version: 0.2\n")
last = len(pieces) - 1
text = CLIPTextConfig(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, vocab_size=last + 1, bos_token_id=last - 1, eos_token_id=last)
torch.manual_seed(0)
StableDiffusionPipeline(
    vae=AutoencoderKL(block_out_channels=(32,)), text_encoder=CLIPTextModel(text), tokenizer=CLIPTokenizer.from_pretrained("tokenizer", model_max_length=77),
    unet=UNet2DConditionModel(
        sample_size=8, layers_per_block=1, block_out_channels=(32,), down_block_types=("CrossAttnDownBlock2D",),
        up_block_types=("CrossAttnUpBlock2D",), cross_attention_dim=32, attention_head_dim=8),
    scheduler=DDIMScheduler(steps_offset=1, clip_sample=False), safety_checker=None, feature_extractor=None).to(torch.float16).save_pretrained("saved")


def opened(**how):
    pipe = StableDiffusionPipeline.from_pretrained("saved", safety_checker=None, **how)
    states = pipe.encode_prompt("a red hat", "cpu", 1, False)[0]
    return {part: str(getattr(pipe, part).dtype)[6:] for part in ("unet", "vae", "text_encoder")}, states


said, states = opened()
full, exact = opened(dtype=torch.float32)
error = ((states.float() - exact).abs().max() / exact.abs().max()).item()
print("diffusers", diffusers.__version__, "transformers", transformers.__version__)
print("  without dtype: expected float32 everywhere, seen", said)
print("  dtype=float32:", full, "- the states of a prompt differ by %.1e of the largest" % error)
assert said == dict(unet="float32", vae="float32", text_encoder="float16") and set(full.values()) == {"float32"} and error > 1e-5, "behaviour changed"
PY
venv/bin/python probe.py
echo "As found."

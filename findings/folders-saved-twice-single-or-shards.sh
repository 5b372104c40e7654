#!/usr/bin/env bash
# A folder that holds a single weight file and, of another saving, shards with an index: diffusers loads the shards,
# transformers the single file. diffusers' save_pretrained with max_shard_size leaves the older single file where it lies.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q torch==2.15.0
venv/bin/pip install -q diffusers==0.42.1 transformers==5.24.0 accelerate safetensors
cat > probe.py <<'PY'
import os, shutil, torch, diffusers, transformers
from diffusers import AutoencoderKL
from transformers import CLIPTextConfig, CLIPTextModel
vae = AutoencoderKL(block_out_channels=(32,), down_block_types=("DownEncoderBlock2D",), up_block_types=("UpDecoderBlock2D",))
bias = lambda m: m.decoder.conv_out.bias[0].item()
def put(v): vae.decoder.conv_out.bias.data.fill_(v)
put(1); vae.save_pretrained("vae"); put(2); vae.save_pretrained("vae", max_shard_size="100KB")
left = os.path.exists("vae/diffusion_pytorch_model.safetensors"); loaded = bias(AutoencoderKL.from_pretrained("vae"))
clip = CLIPTextModel(CLIPTextConfig(hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, vocab_size=99))
first = next(n for n, p in clip.named_parameters() if n.endswith("final_layer_norm.bias"))
def fill(v): dict(clip.named_parameters())[first].data.fill_(v)
fill(1); clip.save_pretrained("one"); fill(2); clip.save_pretrained("two", max_shard_size="20KB")
shutil.copy("one/model.safetensors", "two/model.safetensors")
taken = dict(CLIPTextModel.from_pretrained("two").named_parameters())[first][0].item()
print("diffusers", diffusers.__version__, "- single file left:", left, "- value loaded:", loaded, "(1 old single file, 2 newer shards)")
print("transformers", transformers.__version__, "- value loaded:", taken, "(1 single file, 2 shards)")
assert left and loaded == 2 and taken == 1, "behaviour changed"
PY
venv/bin/python probe.py

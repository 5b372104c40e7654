"""Writes small LoRA files as real tools spell them, and what diffusers makes of them, for LoraFileTest.

    python make_lora.py

diffusers 0.42.1, peft 0.21.2, torch 2.15.0. All hold the same pairs of a tiny U-Net. `sums.txt`: per module the scale that
the first file is trained with, and the sum of (up · down)[i] · sin(i) over the change as fuse_lora adds it.
"""
import math, torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file

torch.manual_seed(7)
def tiny(): return UNet2DConditionModel(sample_size=8, block_out_channels=(8, 16), layers_per_block=1, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), cross_attention_dim=12, attention_head_dim=4, norm_num_groups=4)
unet = tiny(); base = {k: v.clone() for k, v in unet.state_dict().items()}
config = LoraConfig(r=4, lora_alpha=8, init_lora_weights="gaussian", target_modules=["to_q", "to_out.0", "proj_in", "conv1", "ff.net.0.proj"], rank_pattern={"mid_block.attentions.0.proj_in": 2}, alpha_pattern={"mid_block.attentions.0.proj_in": 6})
unet.add_adapter(config)
for n, p in unet.named_parameters():
    if "lora_B" in n: torch.nn.init.normal_(p, std=.1)
pairs = get_peft_model_state_dict(unet)
meta = unet.peft_config["default"].to_dict()
StableDiffusionPipeline.save_lora_weights(".", unet_lora_layers=pairs, weight_name="peft.safetensors", unet_lora_adapter_metadata=meta)
StableDiffusionPipeline.save_lora_weights(".", unet_lora_layers=pairs, weight_name="no_alpha.safetensors")
kohya, old = {}, {}
for key, value in pairs.items():
    module, half = key.rsplit(".lora_", 1); half = {"A": "down", "B": "up"}[half[0]]
    name = "lora_unet_" + module.replace(".", "_")
    kohya[f"{name}.lora_{half}.weight"] = value.contiguous()
    kohya[f"{name}.alpha"] = torch.tensor(6. if module == "mid_block.attentions.0.proj_in" else 8.)
    if ".to_q" in module or ".to_out" in module:
        head, tail = module.rsplit(".attn", 1); attn = "attn" + tail[0]; proj = "to_out" if "to_out" in tail else "to_q"
        old[f"unet.{head}.{attn}.processor.{proj}_lora.{half}.weight"] = value.contiguous()
kohya["lora_unet_foreign_block.lora_down.weight"] = torch.zeros(4, 8)
kohya["lora_te_text_model_encoder_layers_0_self_attn_q_proj.hada_w1_a"] = torch.zeros(4, 8)
save_file(kohya, "kohya.safetensors"); save_file(old, "old.safetensors")
pipe = StableDiffusionPipeline(vae=None, text_encoder=None, tokenizer=None, unet=tiny(), scheduler=None, safety_checker=None, feature_extractor=None)
pipe.unet.load_state_dict(base)
pipe.load_lora_weights(".", weight_name="peft.safetensors"); pipe.fuse_lora(); pipe.unload_lora_weights()
with open("sums.txt", "w") as out:
    for name, value in sorted(pipe.unet.state_dict().items()):
        change = (value - base[name]).double().flatten()
        if change.abs().max() > 0:
            module = name[:-len(".weight")]; r = pairs[module + ".lora_A.weight"].shape[0]
            print(module, "x".join(map(str, value.shape)), repr((change * torch.sin(torch.arange(len(change), dtype=torch.double))).sum().item()), file=out)

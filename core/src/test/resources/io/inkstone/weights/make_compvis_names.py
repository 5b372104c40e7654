"""Writes the names of Stable Diffusion's U-Net and first stage in CompVis' layout and, as diffusers converts them, its own.

    python make_compvis_names.py compvis_names.txt.gz

CompVis' names are laid out here as its modules are nested; diffusers 0.42.1 (torch 2.15.0) converts a file of numbered
tensors, and the outcome must have exactly the keys of its own networks. A line: the part, CompVis' name, diffusers' name.
"""
import gzip, sys, torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint

def unet(levels, layers, attending):
    names = ["time_embed.0", "time_embed.2", "input_blocks.0.0", "out.0", "out.2"]
    def block(p, skip): return [p + e for e in (".in_layers.0", ".in_layers.2", ".emb_layers.1", ".out_layers.0", ".out_layers.3")] + ([p + ".skip_connection"] if skip else [])
    n = 1
    for l in range(levels):
        for j in range(layers):
            names += block(f"input_blocks.{n}.0", j == 0 and l in (1, 2)) + ([f"input_blocks.{n}.1"] if attending[l] else []); n += 1
        if l < levels - 1: names.append(f"input_blocks.{n}.0.op"); n += 1
    names += block("middle_block.0", False) + ["middle_block.1"] + block("middle_block.2", False)
    n = 0
    for l in reversed(range(levels)):
        for j in range(layers + 1):
            names += block(f"output_blocks.{n}.0", True) + ([f"output_blocks.{n}.1"] if attending[l] else [])
            if j == layers and l > 0: names.append(f"output_blocks.{n}.{2 if attending[l] else 1}.conv")
            n += 1
    full = []
    for name in names:
        if name == "middle_block.1" or name.count(".") == 2 and name.endswith(".1"):
            t = name + ".transformer_blocks.0."
            full += [name + e + w for e in (".norm", ".proj_in", ".proj_out") for w in (".weight", ".bias")]
            full += [t + a + e for a in ("attn1", "attn2") for e in (".to_q.weight", ".to_k.weight", ".to_v.weight", ".to_out.0.weight", ".to_out.0.bias")]
            full += [t + e + w for e in ("ff.net.0.proj", "ff.net.2", "norm1", "norm2", "norm3") for w in (".weight", ".bias")]
        else: full += [name + ".weight", name + ".bias"]
    return full

def vae(levels):
    def block(p, skip): return [p + e for e in (".norm1", ".conv1", ".norm2", ".conv2")] + ([p + ".nin_shortcut"] if skip else [])
    names = ["quant_conv", "post_quant_conv"]
    for side, blocks in (("encoder", 2), ("decoder", 3)):
        names += [f"{side}.{e}" for e in ("conv_in", "norm_out", "conv_out")]
        names += block(f"{side}.mid.block_1", False) + block(f"{side}.mid.block_2", False) + [f"{side}.mid.attn_1.{e}" for e in ("norm", "q", "k", "v", "proj_out")]
        for l in range(levels):
            for j in range(blocks):
                names += block(f"{side}.{'down' if blocks == 2 else 'up'}.{l}.block.{j}", j == 0 and l in ((1, 2) if blocks == 2 else (0, 1)))
            if blocks == 2 and l < levels - 1: names.append(f"encoder.down.{l}.downsample.conv")
            if blocks == 3 and l > 0: names.append(f"decoder.up.{l}.upsample.conv")
    return [n + w for n in names for w in (".weight", ".bias")]

lines = []
def convert(part, prefix, names, function, config, expected):
    numbered = {prefix + n: torch.full((1, 1, 1, 1) if ".attn_1." in n else (1,), float(i)) for i, n in enumerate(names)}
    result = function(numbered, config)
    assert set(result) == set(expected), (part, set(result) ^ set(expected))
    for own, value in sorted(result.items()): lines.append(f"{part} {names[int(value.flatten()[0])]} {own}")

with torch.device("meta"):
    sd = UNet2DConditionModel(cross_attention_dim=768)
    small = UNet2DConditionModel(block_out_channels=(32, 64), layers_per_block=1, down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=32)
    kl = AutoencoderKL(block_out_channels=(128, 256, 512, 512), down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=2)
p = "model.diffusion_model."
convert("unet", p, unet(4, 2, (True, True, True, False)), convert_ldm_unet_checkpoint, dict(sd.config), sd.state_dict())
convert("vae", "first_stage_model.", vae(4), convert_ldm_vae_checkpoint, dict(kl.config), kl.state_dict())
two = unet(2, 1, (False, True))
convert("small", p, two, convert_ldm_unet_checkpoint, dict(small.config), small.state_dict())
with open(sys.argv[1], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out: out.write(("\n".join(lines) + "\n").encode())

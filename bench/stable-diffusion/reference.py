"""The reference's side of the full-size comparison: a Stable Diffusion folder with weights that a formula gives, what every block
of the U-Net answers for two conditions at 512x512, the text encoder's states, a picture of two steps, and times.

Run: python reference.py VERSION FOLDER   (VERSION 1 or 2; torch 2.15.0, diffusers 0.42.1, transformers 5.24.0, numpy, safetensors)
Writes FOLDER/model (4 GB) and FOLDER/*.npy. Needs about 9 GB of memory.
"""
import json
import math
import pathlib
import resource
import sys
import time

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, PNDMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

TWO = sys.argv[1] == "2"
FOLDER = pathlib.Path(sys.argv[2])
MODEL = FOLDER / "model"
STEPS = 2
GUIDANCE = 7.5
START, END, LENGTH = 49406, 49407, 77
# "A watercolor of two red foxes, under a (pale) moon!", beside the empty text
WORDS = [320, 14211, 539, 1237, 736, 24145, 267, 1798, 320, 263, 12518, 264, 3293, 256]


def hashed(count, place):
    out = np.empty(count, dtype=np.float32)
    for start in range(0, count, 1 << 20):
        k = np.arange(start, min(count, start + (1 << 20)), dtype=np.uint64)
        with np.errstate(over="ignore"):
            z = (k + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        out[start : start + len(k)] = (z >> np.uint64(11)).astype(np.float64) / 2**53 * 2 - 1
    return out


def fill(model, base):
    with torch.no_grad():
        for number, (name, tensor) in enumerate(sorted(model.state_dict().items())):
            s = torch.from_numpy(hashed(tensor.numel(), base + number)).reshape(tensor.shape)
            if name.endswith("bias"):
                s = 0.1 * s
            elif tensor.dim() == 1:
                s = 1 + 0.1 * s
            elif not ("embedding" in name and "time_embedding" not in name):
                s = s * (1.7 / math.sqrt(math.prod(tensor.shape[1:])))
            tensor.copy_(s)
    return model.eval()


def unet():
    if not TWO:
        return UNet2DConditionModel(cross_attention_dim=768, sample_size=64)
    return UNet2DConditionModel(
        cross_attention_dim=1024, attention_head_dim=(5, 10, 20, 20), use_linear_projection=True, sample_size=64
    )


def text_encoder():
    sizes = dict(vocab_size=49408, eos_token_id=2, projection_dim=512)
    if TWO:
        sizes |= dict(hidden_size=1024, intermediate_size=4096, num_hidden_layers=23, num_attention_heads=16, hidden_act="gelu")
    else:
        sizes |= dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12)
    return CLIPTextModel(CLIPTextConfig(**sizes))


def vae():
    return AutoencoderKL(
        block_out_channels=(128, 256, 512, 512),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
        sample_size=512,
    )


def scheduler():
    table = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", set_alpha_to_one=False, steps_offset=1)
    if TWO:
        return DDIMScheduler(**table, clip_sample=False, prediction_type="v_prediction")
    return PNDMScheduler(**table, skip_prk_steps=True)


def block_outputs(network, run):
    kept = {}
    hooks = []
    for name, module in network.named_modules():
        if name.split(".")[-2:-1] and name.split(".")[-2] in ("resnets", "attentions", "downsamplers", "upsamplers"):
            def keep(module, inputs, output, name=name):
                kept[name] = (output[0] if isinstance(output, tuple) else getattr(output, "sample", output)).numpy().copy()
            hooks.append(module.register_forward_hook(keep))
    run()
    for hook in hooks:
        hook.remove()
    return kept


@torch.no_grad()
def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    network, text, coder, way = fill(unet(), 0), fill(text_encoder(), 4000), fill(vae(), 2000), scheduler()
    for part, name in ((network, "unet"), (text, "text_encoder"), (coder, "vae"), (way, "scheduler")):
        part.save_pretrained(MODEL / name)
    (MODEL / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline"}))
    ids = torch.tensor([([START, *words] + [END] * LENGTH)[:LENGTH] for words in ([], WORDS)])
    states = text(ids).last_hidden_state
    noise = torch.from_numpy(math.sqrt(3) * hashed(4 * 64 * 64, 9000).reshape(1, 4, 64, 64).astype(np.float32))
    np.save(FOLDER / "states.npy", states.numpy())
    np.save(FOLDER / "noise.npy", noise.numpy())
    both = torch.cat([noise, noise])
    for name, output in block_outputs(network, lambda: network(both, 500, states)).items():
        np.save(FOLDER / f"block-{name}.npy", output)
    times = []
    for _ in range(2):
        start = time.perf_counter()
        answer = network(both, 500, states).sample
        times.append(time.perf_counter() - start)
    np.save(FOLDER / "answer.npy", answer.numpy())
    way.set_timesteps(STEPS)
    latents = noise * way.init_noise_sigma
    for t in way.timesteps:
        away, wanted = network(torch.cat([latents, latents]), t, states).sample.chunk(2)
        latents = way.step(away + GUIDANCE * (wanted - away), t, latents).prev_sample
    np.save(FOLDER / "latents.npy", latents.numpy())
    start = time.perf_counter()
    np.save(FOLDER / "pictures.npy", coder.decode(latents / coder.config.scaling_factor).sample.numpy())
    decode = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"reference: U-Net for two conditions {min(times):.2f} s, decode {decode:.2f} s, peak {peak} MB, {torch.get_num_threads()} threads")


main()

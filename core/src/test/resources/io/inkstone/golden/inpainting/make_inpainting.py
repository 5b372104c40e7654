"""Latents of an inpainting network of nine input channels, by diffusers 0.42.1 (torch 2.15.0, float32, CPU).

    python make_inpainting.py FOLDER

FOLDER is the small case sd1: its configurations, names and noise. Its U-Net gets nine input channels; all weights are the
formula's (io.inkstone.models.stable.FormulaWeights). Writes latents.npy beside this script.
"""
import json
import os
import sys

import numpy as np
import torch
from diffusers import AutoencoderKL, PNDMScheduler, StableDiffusionInpaintPipeline, UNet2DConditionModel

case = sys.argv[1]
settings = json.load(open(f"{case}/case.json"))
names = json.load(open(f"{case}/names.json"))


def hashed(count, number):
    mask = (1 << 64) - 1
    k = np.arange(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = (k + np.uint64(((number << 32) + 1) & mask)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) / 2.0**53 * 2 - 1


def values(name, number, shape):
    s = hashed(int(np.prod(shape)), number)
    if name.endswith("bias"):
        s = 0.1 * s
    elif len(shape) == 1:
        s = 1 + 0.1 * s
    elif not ("embedding" in name and "time_embedding" not in name):
        s = 1.7 * s / np.sqrt(np.prod(shape[1:]))
    return torch.tensor(s.astype(np.float32).reshape(shape))


def filled(model, part):
    own = model.state_dict()
    base = settings["bases"][part]
    state = {name: values(name, base + i, list(own[name].shape)) for i, (name, _) in enumerate(names[part])}
    model.load_state_dict(state, strict=True)
    return model.eval()


config = dict(UNet2DConditionModel.load_config(f"{case}/unet"), in_channels=9)
unet = filled(UNet2DConditionModel.from_config(config), "unet")
vae = filled(AutoencoderKL.from_config(AutoencoderKL.load_config(f"{case}/vae")), "vae")
scheduler = PNDMScheduler.from_config(PNDMScheduler.load_config(f"{case}/scheduler"))
pipeline = StableDiffusionInpaintPipeline(
    vae=vae, text_encoder=None, tokenizer=None, unet=unet, scheduler=scheduler, safety_checker=None,
    feature_extractor=None, requires_safety_checker=False)
pipeline.set_progress_bar_config(disable=True)

picture = values("embedding.picture", 9000, [1, 3, 32, 32])
mask = torch.zeros(1, 1, 32, 32)
mask[:, :, 8:24, 4:20] = 1
with torch.no_grad():
    kept = vae.encode(picture * (mask < 0.5)).latent_dist.mean * vae.config.scaling_factor
    latents = pipeline(
        prompt_embeds=torch.tensor(np.load(f"{case}/hidden.npy")),
        image=picture,
        mask_image=mask,
        masked_image_latents=kept,
        height=32,
        width=32,
        strength=1.0,
        num_inference_steps=5,
        guidance_scale=1.0,
        latents=torch.tensor(np.load(f"{case}/noise.npy")[:1]),
        output_type="latent").images
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "latents.npy")
np.save(out, latents.numpy().astype(np.float32))
print(latents.shape, float(latents.abs().max()))

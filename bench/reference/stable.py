"""The rows of Stable Diffusion: a folder opened by diffusers, a call of its U-Net for two conditions, a whole picture."""
import time

import diffusers
import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextModel

import arrays
from conversation import converse

STEPS, GUIDANCE, LEVEL = 20, 7.5, 500


@torch.inference_mode()
def faster_type():
    """bfloat16 or float32, whichever this processor convolves and multiplies faster at sizes of this network."""
    def seconds(dtype):
        x = torch.rand(2, 320, 64, 64).to(dtype, memory_format=torch.channels_last)
        convolution = torch.nn.Conv2d(320, 320, 3, padding=1).to(dtype, memory_format=torch.channels_last)
        tokens, linear = torch.rand(2, 4096, 320).to(dtype), torch.nn.Linear(320, 2560).to(dtype)
        times = []
        for _ in range(6):
            start = time.perf_counter()
            convolution(x), linear(tokens)
            times.append(time.perf_counter() - start)
        return min(times)

    return torch.bfloat16 if seconds(torch.bfloat16) < seconds(torch.float32) else torch.float32


class Pictures:
    """The parts of a pipeline, and what is drawn by them."""

    def __init__(self, model, inputs, variant):
        self.model, self.variant = model, variant
        self.dtype = torch.float32 if variant.published else faster_type()
        self.noise = torch.from_numpy(inputs["noise"].copy())
        self.ids = torch.from_numpy(inputs["ids"].copy()).long()
        self.results = {}

    def open(self):
        self.unet = self.text = self.coder = None
        self.unet = self.variant.network(self.part(UNet2DConditionModel, "unet"))
        self.coder = self.variant.network(self.part(AutoencoderKL, "vae"))
        self.text = self.part(CLIPTextModel, "text_encoder")
        self.results["open"] = [sum(each.numel() for each in self.unet.parameters())]

    def part(self, kind, name):
        part, loading = kind.from_pretrained(self.model / name, torch_dtype=self.dtype, output_loading_info=True)
        if loading["missing_keys"] or loading["unexpected_keys"]:
            raise SystemExit(f"The reference's {name} and the weights do not fit: {loading}")
        return part.eval()

    def answer(self, latents, level, states):
        both = self.variant.placed(torch.cat([latents, latents]).to(self.dtype))
        return self.unet(both, level, encoder_hidden_states=states).sample.float()

    @torch.inference_mode()
    def states(self):
        return self.text(self.ids).last_hidden_state

    @torch.inference_mode()
    def step(self, states):
        self.results["step"] = summary(self.answer(self.noise, LEVEL, states))

    @torch.inference_mode()
    def picture(self):
        states, way, latents = self.states(), DDIMScheduler.from_pretrained(self.model / "scheduler"), self.noise
        way.set_timesteps(STEPS)
        for level in way.timesteps:
            away, wanted = self.answer(latents, level, states).chunk(2)
            latents = way.step(away + GUIDANCE * (wanted - away), level, latents).prev_sample
        scaled = self.variant.placed((latents / self.coder.config.scaling_factor).to(self.dtype))
        self.results["picture"] = summary(self.coder.decode(scaled).sample)


def summary(tensor):
    values = tensor.float().double()
    return [values.mean().item(), values.std(correction=0).item()]


def measure(row, folder, variant):
    diffusers.utils.logging.disable_progress_bar()
    model = folder.parent / ("stable-tiny" if "tiny" in row["set"] else "stable-full")
    pictures = Pictures(model, arrays.read(folder / "inputs.safetensors"), variant)
    task = row["tasks"][0]
    if task == "open":
        work = pictures.open
    else:
        pictures.open()
        states = pictures.states()
        work = pictures.picture if task == "picture" else lambda: pictures.step(states)
    layout = "" if variant.published else ", channels last"
    note = f"PyTorch {torch.__version__}, diffusers {diffusers.__version__}, eager{layout}, {str(pictures.dtype)[6:]}"
    converse({task: work}, {task: work}, lambda: pictures.results, f"{note}, threads: {torch.get_num_threads()}")

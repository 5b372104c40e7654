"""Reference numbers of two small unconditional U-Nets and of the pipelines that draw by them, computed by diffusers.

Run: python make_unconditional.py   (torch 2.15.0, diffusers 0.42.1, numpy; a few seconds)
Writes heads.json and single.json (config.json of UNet2DModel) and unconditional.npz beside itself: for each network what it answers for
noisy pictures at two times; and for the first the last map of DDPMPipeline after 2 and 20 steps and of DDIMPipeline after 2 and 6, before
anything is held in [0, 1]. Weights are the formula of FormulaWeights.java, tensors counted in the order of their sorted names; noisy pictures are its
numbers at place 5000, the noise of the drawings the same numbers times the root of 3 at places 6000 (the start), 6001, ….
"""
import json
import math
import pathlib

import numpy as np
import torch
from diffusers import DDIMPipeline, DDIMScheduler, DDPMPipeline, DDPMScheduler, UNet2DModel
from diffusers.pipelines.ddim import pipeline_ddim
from diffusers.pipelines.ddpm import pipeline_ddpm
from diffusers.schedulers import scheduling_ddim, scheduling_ddpm

HERE = pathlib.Path(__file__).parent
CASES = {
    "heads": dict(
        sample_size=16,
        block_out_channels=(16, 32, 48),
        down_block_types=("DownBlock2D", "AttnDownBlock2D", "DownBlock2D"),
        up_block_types=("AttnUpBlock2D", "AttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
        attention_head_dim=8,
        norm_num_groups=8,
    ),
    # as the first published ones: one head, halvings padded right and bottom, sines before cosines
    "single": dict(
        sample_size=(8, 12),
        in_channels=1,
        out_channels=1,
        block_out_channels=(16, 32),
        down_block_types=("AttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "AttnUpBlock2D"),
        layers_per_block=2,
        attention_head_dim=None,
        add_attention=False,
        norm_num_groups=4,
        norm_eps=1e-6,
        downsample_padding=0,
        flip_sin_to_cos=False,
        freq_shift=1,
    ),
}


def hashed(count, place):
    k = np.arange(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        z = (k + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) / 2**53 * 2 - 1


def value(name, number, shape):
    s = hashed(math.prod(shape), number).reshape(shape)
    if name.endswith("bias"):
        return 0.1 * s
    return 1 + 0.1 * s if len(shape) == 1 else 1.7 * s / math.sqrt(math.prod(shape[1:]))


class Draws:
    def __init__(self):
        self.place = 6000

    def __call__(self, shape, **ignored):
        numbers = math.sqrt(3) * hashed(math.prod(shape), self.place).reshape(shape)
        self.place += 1
        return torch.from_numpy(numbers.astype(np.float32))


def network(name):
    model = UNet2DModel(**CASES[name])
    state = model.state_dict()
    for number, key in enumerate(sorted(state)):
        state[key] = torch.from_numpy(value(key, number, tuple(state[key].shape)).astype(np.float32))
    model.load_state_dict(state)
    config = {key: given for key, given in model.config.items() if key != "_use_default_values"}
    config = {"_class_name": "UNet2DModel", "_diffusers_version": "0.42.1", **config}
    (HERE / (name + ".json")).write_text(json.dumps(config, indent=2) + "\n")
    return model.eval()


def answer(model):
    size = model.config.sample_size
    height, width = (size, size) if isinstance(size, int) else size
    shape = (2, model.config.in_channels, height, width)
    noisy = torch.from_numpy(hashed(math.prod(shape), 5000).reshape(shape).astype(np.float32))
    with torch.no_grad():
        return model(noisy, torch.tensor([999.0, 3.0])).sample.numpy()


def drawn(pipeline, steps):
    pipeline.set_progress_bar_config(disable=True)
    draws = Draws()
    for module in (pipeline_ddim, pipeline_ddpm, scheduling_ddim, scheduling_ddpm):
        module.randn_tensor = draws
    last = []
    step = pipeline.scheduler.step

    def watched(*arguments, **named):
        result = step(*arguments, **named)
        last[:] = [result.prev_sample]
        return result

    pipeline.scheduler.step = watched
    pipeline(batch_size=2, num_inference_steps=steps, output_type="np")
    return last[0].numpy()


if __name__ == "__main__":
    torch.set_num_threads(1)
    models = {name: network(name) for name in CASES}
    arrays = {name + ".answer": answer(model) for name, model in models.items()}
    for steps in (2, 20):
        arrays["ddpm.%d" % steps] = drawn(DDPMPipeline(models["heads"], DDPMScheduler()), steps)
    # Without fresh noise these weights make 20 steps a chaotic way: a start that differs by 1e-6 ends 0.035 away (after 6 steps 7e-5).
    for steps in (2, 6):
        arrays["ddim.%d" % steps] = drawn(DDIMPipeline(models["heads"], DDIMScheduler()), steps)
    np.savez(HERE / "unconditional.npz", **arrays)
    for name, array in arrays.items():
        print(name, array.shape, array.min(), array.max(), array.std(), (abs(array) == 1).mean())

"""Grids and ways of the schedulers that Stable Diffusion folders name, computed by diffusers.

Run: python make_schedulers.py   (torch, numpy, scipy, diffusers 0.42.1; half a minute)
Writes schedulers.json beside itself: for each case its config as a folder holds it, for 1 to 50 steps the timesteps that the
network is told and the noise levels (of schedulers that keep sigmas), and for 4, 10 and 20 steps where a way ends.

The network is a formula, answer = 0.3 * input + 0.5 * sin(0.01 * timestep). Start and fresh noise are those of
samplers/make_samplers.py, of shape [1, 1, 2, 3]: the start from place 1, draw k from place 100 + k. Everything is float64 as
far as diffusers lets it; its tables are float32, and most of its solvers are.
"""
import importlib
import json
import math
import pathlib

import numpy as np
import torch

import diffusers

SHAPE = (1, 1, 2, 3)
GRIDS = (1, 2, 4, 10, 20, 25, 30, 50)
WAYS = (4, 10, 20)
STABLE = dict(num_train_timesteps=1000, beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
CASES = {
    # As stable-diffusion-v1-5 has it, with two fields that PNDM does not read.
    "pndm": dict(_class_name="PNDMScheduler", **STABLE, skip_prk_steps=True, set_alpha_to_one=False, steps_offset=1,
                 clip_sample=False, trained_betas=None),
    "pndm-v": dict(_class_name="PNDMScheduler", **STABLE, skip_prk_steps=True, set_alpha_to_one=False, steps_offset=1,
                   prediction_type="v_prediction"),
    "pndm-trailing": dict(_class_name="PNDMScheduler", **STABLE, skip_prk_steps=True, timestep_spacing="trailing",
                          set_alpha_to_one=True),
    "ddim": dict(_class_name="DDIMScheduler", **STABLE, clip_sample=False, set_alpha_to_one=False, steps_offset=1),
    "ddim-v": dict(_class_name="DDIMScheduler", **STABLE, clip_sample=False, set_alpha_to_one=False, steps_offset=1,
                   prediction_type="v_prediction"),
    "ddim-zero-snr": dict(_class_name="DDIMScheduler", **STABLE, clip_sample=False, rescale_betas_zero_snr=True,
                          prediction_type="v_prediction", timestep_spacing="trailing"),
    "ddim-linear": dict(_class_name="DDIMScheduler", clip_sample=False, beta_schedule="linear"),
    "ddim-clip": dict(_class_name="DDIMScheduler", beta_schedule="squaredcos_cap_v2", clip_sample_range=1.5),
    "ddim-sample": dict(_class_name="DDIMScheduler", **STABLE, clip_sample=False, prediction_type="sample"),
    "ddim-linspace": dict(_class_name="DDIMScheduler", **STABLE, clip_sample=False, timestep_spacing="linspace"),
    "ddpm": dict(_class_name="DDPMScheduler"),
    "ddpm-large": dict(_class_name="DDPMScheduler", **STABLE, variance_type="fixed_large", clip_sample=False),
    "ddpm-sigmoid": dict(_class_name="DDPMScheduler", beta_schedule="sigmoid", clip_sample=False,
                         timestep_spacing="linspace"),
    "euler": dict(_class_name="EulerDiscreteScheduler", **STABLE, timestep_spacing="leading", steps_offset=1,
                  interpolation_type="linear", use_karras_sigmas=False),
    "euler-linspace": dict(_class_name="EulerDiscreteScheduler", **STABLE),
    "euler-trailing-v": dict(_class_name="EulerDiscreteScheduler", **STABLE, timestep_spacing="trailing",
                             prediction_type="v_prediction"),
    "euler-karras": dict(_class_name="EulerDiscreteScheduler", **STABLE, use_karras_sigmas=True),
    "euler-exponential": dict(_class_name="EulerDiscreteScheduler", **STABLE, use_exponential_sigmas=True),
    "euler-sigma-min": dict(_class_name="EulerDiscreteScheduler", **STABLE, final_sigmas_type="sigma_min"),
    "euler-zero-snr": dict(_class_name="EulerDiscreteScheduler", **STABLE, rescale_betas_zero_snr=True,
                           prediction_type="v_prediction", timestep_spacing="trailing"),
    "euler-ancestral": dict(_class_name="EulerAncestralDiscreteScheduler", **STABLE, steps_offset=1,
                            timestep_spacing="leading"),
    "euler-ancestral-linspace": dict(_class_name="EulerAncestralDiscreteScheduler", **STABLE),
    "heun": dict(_class_name="HeunDiscreteScheduler", **STABLE),
    "heun-karras": dict(_class_name="HeunDiscreteScheduler", **STABLE, use_karras_sigmas=True,
                        timestep_spacing="leading", steps_offset=1),
    "lms": dict(_class_name="LMSDiscreteScheduler", **STABLE),
    "dpm": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, algorithm_type="dpmsolver++", solver_order=2,
                solver_type="midpoint", lower_order_final=True, thresholding=False, lambda_min_clipped=-math.inf),
    "dpm-leading": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, timestep_spacing="leading", steps_offset=1),
    "dpm-karras": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, use_karras_sigmas=True),
    "dpm-exponential": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, use_exponential_sigmas=True),
    "dpm-sde-karras": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, use_karras_sigmas=True,
                           algorithm_type="sde-dpmsolver++"),
    "dpm-heun-v": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, solver_type="heun",
                       prediction_type="v_prediction", timestep_spacing="trailing"),
    "dpm-sde-heun": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, solver_type="heun",
                         algorithm_type="sde-dpmsolver++"),
    "dpm-order-3": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, solver_order=3),
    "dpm-order-1": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, solver_order=1),
    "dpm-sigma-min": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, final_sigmas_type="sigma_min"),
    "dpm-sigma-min-euler": dict(_class_name="DPMSolverMultistepScheduler", **STABLE, final_sigmas_type="sigma_min",
                                euler_at_final=True, use_karras_sigmas=True),
    "dpm-cosine-clipped": dict(_class_name="DPMSolverMultistepScheduler", beta_schedule="squaredcos_cap_v2",
                               lambda_min_clipped=-5.1),
    "unipc": dict(_class_name="UniPCMultistepScheduler", **STABLE),
    "unipc-karras": dict(_class_name="UniPCMultistepScheduler", **STABLE, use_karras_sigmas=True),
    "unipc-trailing-3": dict(_class_name="UniPCMultistepScheduler", **STABLE, solver_order=3,
                             timestep_spacing="trailing"),
    "unipc-sigma-min": dict(_class_name="UniPCMultistepScheduler", **STABLE, final_sigmas_type="sigma_min",
                            timestep_spacing="leading", steps_offset=1),
    "lcm": dict(_class_name="LCMScheduler", **STABLE, original_inference_steps=50, timestep_scaling=10.0,
                steps_offset=1),
    "flow": dict(_class_name="FlowMatchEulerDiscreteScheduler", num_train_timesteps=1000, shift=3.0),
    "flow-1": dict(_class_name="FlowMatchEulerDiscreteScheduler", num_train_timesteps=1000),
}


def formula(place, shape=SHAPE):
    count = math.prod(shape)
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    s = ((z >> np.uint64(11)).astype(np.float64) * 2.0**-53 * 2 - 1).reshape(shape)
    return torch.from_numpy((math.sqrt(3) * s).astype(np.float32).astype(np.float64))


class Draws:
    def __init__(self):
        self.count = 0

    def __call__(self, *ignored, **also):
        self.count += 1
        return formula(99 + self.count)


def made(config):
    return getattr(diffusers, config["_class_name"]).from_config({k: v for k, v in config.items() if k[0] != "_"})


def number(value):
    value = float(value)
    return int(value) if value == int(value) else float("%.8g" % value)


def way(config, steps):
    scheduler = made(config)
    scheduler.set_timesteps(steps)
    module = importlib.import_module(type(scheduler).__module__)
    if hasattr(module, "randn_tensor"):
        module.randn_tensor = Draws()
    x = formula(1) * float(getattr(scheduler, "init_noise_sigma", 1))
    for t in scheduler.timesteps:
        scaled = scheduler.scale_model_input(x, t) if hasattr(scheduler, "scale_model_input") else x
        answer = 0.3 * scaled + 0.5 * math.sin(0.01 * float(t))
        x = scheduler.step(answer, t, x).prev_sample.double()
    return [number(value) for value in x.ravel()]


def described(name, config):
    grids, ways = {}, {}
    for steps in GRIDS:
        scheduler = made(config)
        scheduler.set_timesteps(steps)
        grids[steps] = dict(timesteps=[number(t) for t in scheduler.timesteps])
        if hasattr(scheduler, "sigmas"):
            grids[steps]["sigmas"] = [number(s) for s in scheduler.sigmas]
    if name not in ("ddim-linspace",):  # it goes from 999 to 749 and on from 666
        for steps in WAYS:
            ways[steps] = way(config, steps)
    return dict(config=config, grids=grids, ways=ways)


if __name__ == "__main__":
    torch.set_num_threads(1)
    lines = ['"%s": %s' % (name, json.dumps(described(name, config))) for name, config in CASES.items()]
    target = pathlib.Path(__file__).with_name("schedulers.json")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(target, target.stat().st_size)

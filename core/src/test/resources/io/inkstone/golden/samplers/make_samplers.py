"""Reference numbers of noise paths, targets, samplers and guidance, computed by diffusers and k-diffusion.

Run: python make_samplers.py   (torch, numpy, diffusers 0.35.1, k-diffusion 0.1.1, torchsde, torchdiffeq; ten seconds)
Writes samplers.npz beside itself.

The model is the best guess for values that are +1 or -1 with a deviation of 0.25 around either, which has a closed form
for every alpha and sigma. The start and all fresh noise come from a formula (see Golden.java): the start from place 1,
the noise of draw k from place 100 + k. Everything is float64; the schedulers of diffusers keep their sigmas in float32.
"""
import importlib
import math
import pathlib
import sys
import types

import numpy as np
import torch

import diffusers
from diffusers.schedulers import scheduling_ddim, scheduling_ddpm, scheduling_dpmsolver_multistep
from diffusers.schedulers.scheduling_ddim import rescale_zero_terminal_snr

# Only two modules of k-diffusion, without what its training needs.
package = types.ModuleType("k_diffusion")
package.__path__ = importlib.util.find_spec("k_diffusion").submodule_search_locations
sys.modules["k_diffusion"] = package
layers = importlib.import_module("k_diffusion.layers")
sampling = importlib.import_module("k_diffusion.sampling")

SHAPE = (2, 3, 4, 4)
SPREAD = 0.25
STEPS = 10
TABLE = 100
RESULTS = {}


def formula(place, shape=SHAPE):
    """SplitMix64 of (j + place * 2**32 + 1), made s in [-1, 1), rounded to float32."""
    count = math.prod(shape)
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    s = ((z >> np.uint64(11)).astype(np.float64) * 2.0**-53 * 2 - 1).reshape(shape)
    return torch.from_numpy((math.sqrt(3) * s).astype(np.float32).astype(np.float64))


def guess(x, alpha, sigma):
    alpha, sigma = float(alpha), float(sigma)
    v = alpha**2 * SPREAD**2 + sigma**2
    return (SPREAD**2 * alpha * x + sigma**2 * torch.tanh(alpha * x / v)) / v


class Draws:
    """Fresh noise in order, whoever asks."""

    def __init__(self):
        self.count = 0

    def __call__(self, *ignored, **also):
        self.count += 1
        return formula(99 + self.count)


def keep(name, value):
    RESULTS[name] = np.asarray(value, dtype=np.float64)


def k_samplers():
    sigmas = sampling.get_sigmas_karras(STEPS, 0.002, 80.0).double()
    ramp = np.linspace(0, 1, STEPS)
    exact = (80 ** (1 / 7) + ramp * (0.002 ** (1 / 7) - 80 ** (1 / 7))) ** 7
    assert np.allclose(sigmas[:-1], exact, rtol=1e-4)
    keep("karras.sigmas", sigmas)
    exact = torch.from_numpy(np.append(exact, 0))

    def model(x, sigma):
        return guess(x, 1, sigma[0])

    start = formula(1) * 80
    for name in ("euler", "heun", "dpmpp_2m"):
        keep("k." + name, getattr(sampling, "sample_" + name)(model, start, exact, disable=True))
    for name in ("euler_ancestral", "dpmpp_2m_sde"):
        sample = getattr(sampling, "sample_" + name)
        keep("k." + name, sample(model, start, exact, disable=True, noise_sampler=Draws()))


def run(scheduler, timesteps=STEPS, **options):
    """Walks a scheduler of diffusers whose model answers the clean picture."""
    scheduler.set_timesteps(timesteps)
    x = formula(1)
    for t in scheduler.timesteps:
        bar = scheduler.alphas_cumprod.double()[int(t)]
        x = scheduler.step(guess(x, bar.sqrt(), (1 - bar).sqrt()), t, x, **options).prev_sample
    return x


def table(name, **changes):
    return dict(
        num_train_timesteps=TABLE, beta_schedule=name, prediction_type="sample", timestep_spacing="trailing", **changes)


def diffusers_samplers():
    cosine = table("squaredcos_cap_v2")
    ddim = diffusers.DDIMScheduler
    keep("d.ddim", run(ddim(**cosine, clip_sample=False)))
    keep("d.ddim_leading", run(ddim(**{**cosine, "timestep_spacing": "leading"}, clip_sample=False), 7))
    for module in (scheduling_ddim, scheduling_ddpm, scheduling_dpmsolver_multistep):
        module.randn_tensor = Draws()
    keep("d.ddim_eta", run(ddim(**cosine, clip_sample=False), eta=0.5))
    keep("d.ddpm_small", run(diffusers.DDPMScheduler(**cosine, clip_sample=False, variance_type="fixed_small")))
    solver = diffusers.DPMSolverMultistepScheduler
    keep("d.dpmpp_2m", run(solver(**cosine, final_sigmas_type="zero")))
    keep("d.dpmpp_2m_sde", run(solver(**cosine, final_sigmas_type="zero", algorithm_type="sde-dpmsolver++")))
    for order in (1, 2, 3):
        unipc = diffusers.UniPCMultistepScheduler(**cosine, solver_order=order, final_sigmas_type="zero")
        keep("d.unipc_%d" % order, run(unipc))


def flow_samplers():
    euler = diffusers.FlowMatchEulerDiscreteScheduler()
    euler.set_timesteps(sigmas=np.linspace(1, 1 / STEPS, STEPS))
    heun = diffusers.FlowMatchHeunDiscreteScheduler()
    heun.set_timesteps(STEPS)
    keep("flow.heun_sigmas", [*heun.sigmas[:1], *heun.sigmas[1::2]])
    for name, scheduler, levels in (("euler", euler, euler.sigmas), ("heun", heun, heun.sigmas)):
        x = formula(1)
        for i, t in enumerate(scheduler.timesteps):
            sigma = float(levels[i])
            # The second look of Heun's method is at the level that the step leads to.
            clean = guess(x, 1 - sigma, sigma)
            x = scheduler.step((x - clean) / sigma, t, x).prev_sample.double()
        keep("flow." + name, x)


def paths():
    for name in ("scaled_linear", "squaredcos_cap_v2"):
        scheduler = diffusers.DDIMScheduler(
            num_train_timesteps=TABLE, beta_schedule=name, beta_start=0.00085, beta_end=0.012)
        keep("path." + name, scheduler.alphas_cumprod)
        moved = rescale_zero_terminal_snr(scheduler.betas.double())
        keep("path." + name + ".zero", torch.cumprod(1 - moved, 0))
    t = np.arange(1, TABLE + 1) / TABLE
    logistic = lambda x: 1 / (1 + np.exp(-x))
    keep("path.sigmoid", (logistic(3) - logistic(6 * t - 3)) / (logistic(3) - logistic(-3)))


def preconditioning():
    sigmas = torch.tensor([0.002, 0.1, 0.5, 3.0, 80.0], dtype=torch.float64)
    theirs = diffusers.EDMEulerScheduler(sigma_data=0.5)
    answer, noisy = formula(5), formula(6)
    keep("edm.sigmas", sigmas)
    keep("edm.clean", torch.stack([theirs.precondition_outputs(noisy, answer, s) for s in sigmas]))
    keep("edm.input", torch.stack([theirs.precondition_inputs(noisy, s) for s in sigmas]))
    keep("edm.time", torch.stack([theirs.precondition_noise(s) for s in sigmas]))
    # k-diffusion's training loss is what KarrasWeight says of an error of the clean picture.
    wrapped = layers.Denoiser(lambda x, s, **rest: answer, sigma_data=0.5)
    clean = formula(7)
    keep("edm.loss", torch.stack([wrapped.loss(clean, noisy, s.expand(2)).mean() for s in sigmas]))


def guidance():
    wanted, without = formula(8), formula(9)
    guided = without + 3 * (wanted - without)
    # Lin et al. 2024, eq. 15 and 16.
    deviations = lambda x: x.std(dim=(1, 2, 3), keepdim=True)
    keep("guidance.rescaled", 0.7 * guided * deviations(wanted) / deviations(guided) + 0.3 * guided)
    thresholds = diffusers.DDPMScheduler(thresholding=True, dynamic_thresholding_ratio=0.9, sample_max_value=100)
    keep("guidance.threshold", thresholds._threshold_sample(guided))


if __name__ == "__main__":
    torch.set_num_threads(1)
    k_samplers()
    diffusers_samplers()
    flow_samplers()
    paths()
    preconditioning()
    guidance()
    np.savez(pathlib.Path(__file__).with_name("samplers.npz"), **RESULTS)
    for key, value in RESULTS.items():
        print("%-24s %-16s %s" % (key, value.shape, value.ravel()[:3]))

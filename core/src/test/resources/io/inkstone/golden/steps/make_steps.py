"""Reference numbers of two training steps of each network, computed by PyTorch from weights and inputs that a formula gives.

Run: python make_steps.py   (torch, numpy; ten seconds on one core)
Writes unet.npz, dnn.npz, vae.npz, autoencoder.npz beside itself. Each holds, for the steps 0 and 1:

STEP.loss           what is minimised
STEP.kl             the divergence, where the network is a variational one
STEP.norms          norms of the gradients of all parameters, by name in ASCII order
STEP.gradient.NAME  first 256 values of a gradient before the step
STEP.state.NAME     first 256 values of a parameter or running statistic after the step

Two steps, because the first step of Adam hides its betas: it is the rate times the gradient's sign. Before the second
the network gets the weights of the formula again and only Adam remembers: the signs of gradients that are nothing but
rounding would else make the second batch's gradients a thousand times less certain. All is computed in float64 from
numbers rounded to float32, so that the references have no rounding of their own; the same in float32 is printed beside
it, as a measure of what rounding does.
"""
import math
import pathlib
import sys

import numpy as np
import torch
from torch.nn import functional as F

ROOT = next(folder for folder in pathlib.Path(__file__).resolve().parents if (folder / "bench/reference").is_dir())
sys.path.insert(0, str(ROOT / "bench/reference"))
import networks  # noqa: E402

KEPT = 256


def formula(place, shape):
    """SplitMix64 of (j + place * 2**32 + 1), made s in [-1, 1)."""
    count = math.prod(shape)
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64((place << 32) + 1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(11)).astype(np.float64) * 2.0**-53 * 2 - 1).reshape(shape)


def rounded(array):
    return torch.from_numpy(array.astype(np.float32)).to(torch.get_default_dtype())


def weight(name, place, shape):
    s = formula(place, shape)
    if name.endswith("running_mean") or name.endswith("bias"):
        return 0.1 * s
    if len(shape) == 1:
        return 1 + 0.1 * s
    return 3 * s / math.sqrt(math.prod(shape[1:]))


@torch.no_grad()
def fill(network):
    state = {name: value for name, value in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    for place, name in enumerate(sorted(state)):
        state[name].copy_(rounded(weight(name, place, tuple(state[name].shape))))


# Inputs have places that no weight reaches: 1000 + 10·step for pictures, one more for what is drawn.
def unit_pictures(step, *shape):
    return rounded((formula(1000 + 10 * step, shape) + 1) / 2)


def symmetric_pictures(step, *shape):
    return rounded(formula(1000 + 10 * step, shape))


def uniform(step, *shape):
    return rounded((formula(1001 + 10 * step, shape) + 1) / 2)


def normal(step, *shape):
    """Not normal but uniform, of variance 1: here noise is only a number."""
    return rounded(math.sqrt(3) * formula(1001 + 10 * step, shape))


def one_hot(labels, classes):
    return F.one_hot(torch.tensor(labels), classes).to(torch.get_default_dtype())


T = 500
UNET_TIMES = [[1, 77, 250, 500], [40, 3, 499, 180]]


def unet_loss(network, step):
    clean = symmetric_pictures(step, 4, 3, 16, 16)
    noise = normal(step, 4, 3, 16, 16)
    # The third picture's context is dropped.
    context = one_hot([0, 2, 4, 1], 5) * torch.tensor([[1.0], [1], [0], [1]])
    alpha_bar = np.exp(np.cumsum(np.log1p(-np.linspace(1e-4, 0.02, T + 1))))[UNET_TIMES[step]].reshape(4, 1, 1, 1)
    noisy = clean * torch.from_numpy(np.sqrt(alpha_bar)).to(clean) + noise * torch.from_numpy(np.sqrt(1 - alpha_bar)).to(clean)
    answer = network(noisy, torch.tensor(UNET_TIMES[step]).to(clean) / T, context)
    return F.mse_loss(answer, noise), None


def dnn_loss(network, step):
    made = network(torch.cat([uniform(step, 4, 62), one_hot([0, 3, 9, 3], 10)], 1))
    return F.mse_loss(made, unit_pictures(step, 4, 1, 28, 28)), None


def sampled(mean, logvar, noise):
    # Our networks clamp the logarithm; here nothing may come near.
    assert logvar.min() > -29 and logvar.max() < 19
    return networks.sampled(mean, logvar, noise)


def vae_loss(network, step):
    pictures = unit_pictures(step, 4, 3, 64, 64)
    mean, logvar = network.encode(pictures)
    made = network.decode(sampled(mean, logvar, normal(step, 4, 128)))
    kl = networks.divergence(mean, logvar)
    return F.mse_loss(made, pictures) + 0.00025 * kl, kl


def autoencoder_loss(network, step):
    pictures = symmetric_pictures(step, 1, 3, 32, 32)
    mean, logvar = network.encoder(pictures).chunk(2, 1)
    made = network.decoder(sampled(mean, logvar, normal(step, 1, 4, 16, 16)))
    return F.mse_loss(made, pictures), networks.divergence(mean, logvar).detach()


def adam(rate):
    return lambda parameters: torch.optim.Adam(parameters, lr=rate)


def adamw(parameters):
    return torch.optim.AdamW(parameters, lr=1e-5, weight_decay=0.01)


# Network, loss, optimizer, rates of the steps, what is kept.
SYSTEMS = {
    "unet": (lambda: networks.Unet(3, 16, 16, 5), unet_loss, adam(1e-3), (1e-3, 1e-3), (
        "init_conv.conv1.0.weight", "contextembed1.model.0.weight", "up1.model.0.weight", "down2.model.1.conv2.1.running_var")),
    "dnn": (lambda: networks.Generator(72, 1, 28), dnn_loss, adam(1e-4), (1e-4, 1e-4), (
        "fc.0.weight", "deconv.0.weight", "deconv.1.bias", "fc.1.running_mean")),
    "vae": (lambda: networks.Vae(3, (16, 32, 64, 128, 256), 128, 64), vae_loss, adam(5e-3), (5e-3, 5e-3), (
        "encoder.0.0.weight", "var_linear.weight", "decoder.4.3.weight", "encoder.4.1.running_var")),
    # At the recipe's rate the decay is below float32's resolution; the second step makes it 1e-4 of a weight.
    "autoencoder": (lambda: networks.Autoencoder(3, 32, (1, 2), 4, 8), autoencoder_loss, adamw, (1e-5, 1e-2), (
        "encoder.0.weight", "encoder.12.weight", "decoder.2.1.q.weight")),
}


def steps(system, dtype):
    build, loss_of, optimizer_of, rates, kept = SYSTEMS[system]
    torch.set_default_dtype(dtype)
    network = build()
    optimizer = optimizer_of(network.parameters())
    result = {}

    def keep(kind, step, name, tensor):
        result[f"{step}.{kind}.{name}"] = tensor.detach().flatten()[:KEPT].numpy().astype(np.float32)

    for step, rate in enumerate(rates):
        fill(network)
        optimizer.zero_grad()
        loss, kl = loss_of(network, step)
        loss.backward()
        result[f"{step}.loss"] = np.array([loss.item()])
        if kl is not None:
            result[f"{step}.kl"] = np.array([kl.item()])
        parameters = dict(network.named_parameters())
        result[f"{step}.norms"] = np.array([parameters[name].grad.norm().item() for name in sorted(parameters)])
        optimizer.param_groups[0]["lr"] = rate
        for name in kept:
            if name in parameters:
                keep("gradient", step, name, parameters[name].grad)
        optimizer.step()
        for name in kept:
            keep("state", step, name, network.state_dict()[name])
    return result


folder = pathlib.Path(__file__).parent
for system in SYSTEMS:
    exact, single = steps(system, torch.float64), steps(system, torch.float32)
    np.savez(folder / f"{system}.npz", **exact)
    print(system)
    for name, values in exact.items():
        scale = np.abs(values).max()
        print(f"  {name:45} largest {scale:9.3g}  float32 off by {np.abs(values - single[name]).max() / scale:.1e}")

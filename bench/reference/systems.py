"""Networks, losses and samplers of a row, built from its recipe; all that is random comes from the row's inputs."""
import numpy as np
import torch
from torch.nn import functional as F

import networks


def build(recipe):
    """The network of a recipe (a resolved one, as JSON)."""
    model, data = recipe["model"], recipe["data"]
    channels, side, classes = data["channels"], data["size"], len(data["classes"])
    system = recipe["system"]
    if system == "diffusion":
        return networks.Unet(channels, model["width"], side, classes)
    if system == "dnn":
        return networks.Generator(model["latent"] + classes, channels, side)
    if system == "vae":
        return networks.Vae(channels, model["channels"], model["latent"], side)
    return networks.Autoencoder(channels, model["width"], model["multipliers"], model["latent"], model["groups"])


def alpha_bar(recipe):
    """T + 1 values; the first is 1."""
    d = recipe["diffusion"]
    table = np.exp(np.cumsum(np.log1p(-np.linspace(d["betaStart"], d["betaEnd"], d["steps"] + 1))))
    table[0] = 1
    return table


def optimizer(recipe, parameters, fused):
    o = recipe["optimizer"]
    kind = torch.optim.Adam if o["name"] == "adam" else torch.optim.AdamW
    extra = {"fused": True} if fused else {}
    return kind(parameters, lr=o["rate"], betas=o["betas"], eps=o["eps"], weight_decay=o["weightDecay"], **extra)


class Objective:
    """The loss of one step. A loop draws its noise as it would, and then uses the numbers that the other side drew."""

    def __init__(self, recipe, network, inputs, placed):
        self.recipe, self.network, self.inputs, self.placed = recipe, network, inputs, placed
        self.system = recipe["system"]
        if self.system == "diffusion":
            table = alpha_bar(recipe)
            self.signal = torch.from_numpy(np.sqrt(table)).float()
            self.spread = torch.from_numpy(np.sqrt(1 - table)).float()
        if self.system == "vae":
            self.encode, self.decode = network.encode, network.decode
        elif self.system == "autoencoder":
            self.encode, self.decode = (lambda x: network.encoder(x).chunk(2, 1)), network.decoder

    def given(self, name, step):
        return torch.from_numpy(self.inputs[name][step].copy())

    def noise(self, step):
        numbers = self.given("noise", step)
        (torch.rand_like if self.system == "dnn" else torch.randn_like)(numbers)
        return numbers

    def __call__(self, step):
        pictures = self.placed(self.given("pictures", step))
        if self.system == "diffusion":
            return self.diffusion(pictures, step)
        if self.system == "dnn":
            made = self.network(torch.cat([self.noise(step), self.given("contexts", step)], 1))
            return F.mse_loss(made.float(), pictures)
        mean, logvar = (moments.float() for moments in self.encode(pictures))
        made = self.decode(networks.sampled(mean, logvar, self.noise(step)))
        error = F.mse_loss(made.float(), pictures)
        if self.system == "vae":
            return error + self.recipe["objective"]["klWeight"] * networks.divergence(mean, logvar)
        return error

    def diffusion(self, clean, step):
        noise = self.placed(self.noise(step))
        t = self.given("levels", step)
        context = self.given("contexts", step) * self.given("keep", step)
        noisy = self.signal[t][:, None, None, None] * clean + self.spread[t][:, None, None, None] * noise
        answer = self.network(noisy, t / self.recipe["diffusion"]["steps"], context)
        return F.mse_loss(answer.float(), noise)


def ddim(recipe, network, start, context, steps):
    table, last = alpha_bar(recipe), recipe["diffusion"]["steps"]
    indices = [int(last * (steps - k) / steps + 0.5) for k in range(steps + 1)]
    x = start
    for i, j in zip(indices, indices[1:]):
        eps = network(x, torch.tensor([i / last], dtype=torch.float32), context).to(x.dtype)
        clean = (x - (1 - table[i]) ** 0.5 * eps) / table[i] ** 0.5
        x = table[j] ** 0.5 * clean + (1 - table[j]) ** 0.5 * eps
    return x


def ddpm(recipe, network, start, context):
    d = recipe["diffusion"]
    last = d["steps"]
    betas, table = np.linspace(d["betaStart"], d["betaEnd"], last + 1), alpha_bar(recipe)
    x = start
    for i in range(last, 0, -1):
        eps = network(x, torch.tensor([i / last], dtype=torch.float32), context).to(x.dtype)
        x = (x - eps * (betas[i] / (1 - table[i]) ** 0.5)) / (1 - betas[i]) ** 0.5
        if i > 1:
            x = x + betas[i] ** 0.5 * torch.randn_like(x)
    return x

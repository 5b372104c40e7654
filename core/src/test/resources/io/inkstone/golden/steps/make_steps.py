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

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

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


# The context U-Net.


def conv_round(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.GELU())


class ResidualConv(nn.Module):
    def __init__(self, i, o, skips=False):
        super().__init__()
        self.conv1, self.conv2, self.skips = conv_round(i, o), conv_round(o, o), skips
        if skips and i != o:
            self.shortcut = nn.Conv2d(i, o, 1)

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        if not self.skips:
            return y
        return ((self.shortcut(x) if hasattr(self, "shortcut") else x) + y) / 1.414


class Model(nn.Module):
    """What the published names call model."""

    def __init__(self, *steps):
        super().__init__()
        self.model = nn.Sequential(*steps)

    def forward(self, x):
        return self.model(x)


def down(i, o):
    return Model(ResidualConv(i, o), ResidualConv(o, o), nn.MaxPool2d(2))


def up(i, o):
    return Model(nn.ConvTranspose2d(i, o, 2, 2), ResidualConv(o, o), ResidualConv(o, o))


def embed(i, o):
    return Model(nn.Linear(i, o), nn.GELU(), nn.Linear(o, o))


class Unet(nn.Module):
    def __init__(self, n=16, h=16, c=5):
        super().__init__()
        self.init_conv = ResidualConv(3, n, skips=True)
        self.down1, self.down2 = down(n, n), down(n, 2 * n)
        self.to_vec = nn.Sequential(nn.AvgPool2d(h // 4), nn.GELU())
        self.timeembed1, self.timeembed2 = embed(1, 2 * n), embed(1, n)
        self.contextembed1, self.contextembed2 = embed(c, 2 * n), embed(c, n)
        self.up0 = nn.Sequential(nn.ConvTranspose2d(2 * n, 2 * n, h // 4, h // 4), nn.GroupNorm(8, 2 * n), nn.ReLU())
        self.up1, self.up2 = up(4 * n, n), up(2 * n, n)
        self.out = nn.Sequential(
            nn.Conv2d(2 * n, n, 3, padding=1), nn.GroupNorm(8, n), nn.ReLU(), nn.Conv2d(n, 3, 3, padding=1))

    def forward(self, x, t, context):
        def column(embedding, value):
            return embedding(value)[:, :, None, None]

        x = self.init_conv(x)
        d1 = self.down1(x)
        d2 = self.down2(d1)
        u1 = self.up0(self.to_vec(d2))
        u1 = column(self.contextembed1, context) * u1 + column(self.timeembed1, t[:, None])
        u2 = self.up1(torch.cat([u1, d2], 1))
        u2 = column(self.contextembed2, context) * u2 + column(self.timeembed2, t[:, None])
        u3 = self.up2(torch.cat([u2, d1], 1))
        return self.out(torch.cat([u3, x], 1))


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


# The plain generator.


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Sequential(
            nn.Linear(72, 1024), nn.BatchNorm1d(1024), nn.ReLU(), nn.Linear(1024, 6272), nn.BatchNorm1d(6272), nn.ReLU())
        self.deconv = nn.Sequential(
            nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Sigmoid())

    def forward(self, x):
        return self.deconv(self.fc(x).reshape(-1, 128, 7, 7))


def dnn_loss(network, step):
    made = network(torch.cat([uniform(step, 4, 62), one_hot([0, 3, 9, 3], 10)], 1))
    return F.mse_loss(made, unit_pictures(step, 4, 1, 28, 28)), None


# The convolutional VAE.


class Vae(nn.Module):
    def __init__(self, channels=(16, 32, 64, 128, 256)):
        super().__init__()
        pairs = list(zip((3,) + channels, channels))
        self.encoder = nn.Sequential(*(
            nn.Sequential(nn.Conv2d(i, o, 3, 2, 1), nn.BatchNorm2d(o), nn.ReLU()) for i, o in pairs))
        self.mean_linear, self.var_linear = nn.Linear(1024, 128), nn.Linear(1024, 128)
        self.decoder_projection = nn.Linear(128, 1024)
        blocks = [self.doubling(o, i) for i, o in reversed(pairs[1:])]
        last = self.doubling(16, 16)
        last.append(nn.Conv2d(16, 3, 3, 1, 1)).append(nn.Sigmoid())
        self.decoder = nn.Sequential(*blocks, last)

    @staticmethod
    def doubling(i, o):
        return nn.Sequential(nn.ConvTranspose2d(i, o, 3, 2, 1, 1), nn.BatchNorm2d(o), nn.ReLU())

    def encode(self, x):
        features = self.encoder(x).flatten(1)
        return self.mean_linear(features), self.var_linear(features)

    def decode(self, z):
        return self.decoder(self.decoder_projection(z).reshape(-1, 256, 2, 2))


def sampled(mean, logvar, noise):
    # Our networks clamp the logarithm; here nothing may come near.
    assert logvar.min() > -29 and logvar.max() < 19
    return mean + torch.exp(logvar / 2) * noise


def divergence(mean, logvar):
    """In nats, summed over a code, averaged over the batch."""
    return (-0.5 * (1 + logvar - mean**2 - logvar.exp())).flatten(1).sum(1).mean()


def vae_loss(network, step):
    pictures = unit_pictures(step, 4, 3, 64, 64)
    mean, logvar = network.encode(pictures)
    made = network.decode(sampled(mean, logvar, normal(step, 4, 128)))
    kl = divergence(mean, logvar)
    return F.mse_loss(made, pictures) + 0.00025 * kl, kl


# The residual autoencoder.

GROUPS = 8


def norm(channels):
    return nn.GroupNorm(GROUPS, channels, eps=1e-6)


class ResidualNorm(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.s = nn.Sequential(
            norm(i), nn.SiLU(), nn.Conv2d(i, o, 3, padding=1), norm(o), nn.SiLU(), nn.Conv2d(o, o, 3, padding=1))
        self.res = nn.Conv2d(i, o, 1) if i != o else nn.Identity()

    def forward(self, x):
        return self.res(x) + self.s(x)


class Attention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm = norm(c)
        self.q, self.k, self.v, self.out = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        tokens = self.norm(x).flatten(2).transpose(1, 2)
        scores = self.q(tokens) @ self.k(tokens).transpose(1, 2) / math.sqrt(x.shape[1])
        seen = self.out(torch.softmax(scores, -1) @ self.v(tokens))
        return x + seen.transpose(1, 2).reshape(x.shape)


def middle(c):
    return ResidualNorm(c, c), Attention(c), ResidualNorm(c, c)


class Autoencoder(nn.Module):
    """Two levels of 32 and 64 features."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), ResidualNorm(32, 32), ResidualNorm(32, 32),
            nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(32, 32, 3, 2)),
            ResidualNorm(32, 64), ResidualNorm(64, 64), *middle(64),
            norm(64), nn.SiLU(), nn.Conv2d(64, 8, 3, padding=1), nn.Conv2d(8, 8, 1))
        self.decoder = nn.Sequential(
            nn.Conv2d(4, 4, 1), nn.Conv2d(4, 64, 3, padding=1), nn.Sequential(*middle(64)),
            ResidualNorm(64, 64), ResidualNorm(64, 64), ResidualNorm(64, 64),
            nn.Upsample(scale_factor=2), nn.Conv2d(64, 64, 3, padding=1),
            ResidualNorm(64, 32), ResidualNorm(32, 32), ResidualNorm(32, 32),
            norm(32), nn.SiLU(), nn.Conv2d(32, 3, 3, padding=1))


def autoencoder_loss(network, step):
    pictures = symmetric_pictures(step, 1, 3, 32, 32)
    mean, logvar = network.encoder(pictures).chunk(2, 1)
    made = network.decoder(sampled(mean, logvar, normal(step, 1, 4, 16, 16)))
    return F.mse_loss(made, pictures), divergence(mean, logvar).detach()


def adam(rate):
    return lambda parameters: torch.optim.Adam(parameters, lr=rate)


def adamw(parameters):
    return torch.optim.AdamW(parameters, lr=1e-5, weight_decay=0.01)


# Network, loss, optimizer, rates of the steps, what is kept.
SYSTEMS = {
    "unet": (Unet, unet_loss, adam(1e-3), (1e-3, 1e-3), (
        "init_conv.conv1.0.weight", "contextembed1.model.0.weight", "up1.model.0.weight", "down2.model.1.conv2.1.running_var")),
    "dnn": (Generator, dnn_loss, adam(1e-4), (1e-4, 1e-4), (
        "fc.0.weight", "deconv.0.weight", "deconv.1.bias", "fc.1.running_mean")),
    "vae": (Vae, vae_loss, adam(5e-3), (5e-3, 5e-3), (
        "encoder.0.0.weight", "var_linear.weight", "decoder.4.3.weight", "encoder.4.1.running_var")),
    # At the recipe's rate the decay is below float32's resolution; the second step makes it 1e-4 of a weight.
    "autoencoder": (Autoencoder, autoencoder_loss, adamw, (1e-5, 1e-2), (
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

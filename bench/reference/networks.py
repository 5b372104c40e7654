"""The four networks in plain PyTorch, with the published names: what a reader of the published texts would write."""
import math

import torch
from torch import nn


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
    """n: features at full size, h: side of the pictures, c: classes."""

    def __init__(self, channels, n, h, c):
        super().__init__()
        self.init_conv = ResidualConv(channels, n, skips=True)
        self.down1, self.down2 = down(n, n), down(n, 2 * n)
        self.to_vec = nn.Sequential(nn.AvgPool2d(h // 4), nn.GELU())
        self.timeembed1, self.timeembed2 = embed(1, 2 * n), embed(1, n)
        self.contextembed1, self.contextembed2 = embed(c, 2 * n), embed(c, n)
        self.up0 = nn.Sequential(nn.ConvTranspose2d(2 * n, 2 * n, h // 4, h // 4), nn.GroupNorm(8, 2 * n), nn.ReLU())
        self.up1, self.up2 = up(4 * n, n), up(2 * n, n)
        self.out = nn.Sequential(
            nn.Conv2d(2 * n, n, 3, padding=1), nn.GroupNorm(8, n), nn.ReLU(), nn.Conv2d(n, channels, 3, padding=1))

    def forward(self, x, t, context):
        """x [N, channels, h, h], t [N] or [1] in [0, 1], context [N, c]."""

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


# The plain generator.


class Generator(nn.Module):
    def __init__(self, inputs, channels, side):
        super().__init__()
        self.quarter = side // 4
        inner = 128 * self.quarter**2
        self.fc = nn.Sequential(
            nn.Linear(inputs, 1024), nn.BatchNorm1d(1024), nn.ReLU(),
            nn.Linear(1024, inner), nn.BatchNorm1d(inner), nn.ReLU())
        self.deconv = nn.Sequential(
            nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, channels, 4, 2, 1), nn.Sigmoid())

    def forward(self, x):
        return self.deconv(self.fc(x).reshape(-1, 128, self.quarter, self.quarter))


# The convolutional VAE.


class Vae(nn.Module):
    """Sides are powers of two times the innermost one."""

    def __init__(self, channels, features, latent, side):
        super().__init__()
        pairs = list(zip([channels, *features], features))
        self.innermost, self.inner = features[-1], side >> len(features)
        values = self.innermost * self.inner**2
        self.encoder = nn.Sequential(*(
            nn.Sequential(nn.Conv2d(i, o, 3, 2, 1), nn.BatchNorm2d(o), nn.ReLU()) for i, o in pairs))
        self.mean_linear, self.var_linear = nn.Linear(values, latent), nn.Linear(values, latent)
        self.decoder_projection = nn.Linear(latent, values)
        blocks = [self.doubling(o, i) for i, o in reversed(pairs[1:])]
        last = self.doubling(features[0], features[0])
        last.append(nn.Conv2d(features[0], channels, 3, 1, 1)).append(nn.Sigmoid())
        self.decoder = nn.Sequential(*blocks, last)

    @staticmethod
    def doubling(i, o):
        return nn.Sequential(nn.ConvTranspose2d(i, o, 3, 2, 1, 1), nn.BatchNorm2d(o), nn.ReLU())

    def encode(self, x):
        features = self.encoder(x).flatten(1)
        return self.mean_linear(features), self.var_linear(features)

    def decode(self, z):
        return self.decoder(self.decoder_projection(z).reshape(-1, self.innermost, self.inner, self.inner))


def sampled(mean, logvar, noise):
    return mean + torch.exp(logvar / 2) * noise


def divergence(mean, logvar):
    """In nats, summed over a code, averaged over the batch."""
    return (-0.5 * (1 + logvar - mean**2 - logvar.exp())).flatten(1).sum(1).mean()


# The residual autoencoder.


class ResidualNorm(nn.Module):
    def __init__(self, i, o, groups):
        super().__init__()

        def norm(c):
            return nn.GroupNorm(groups, c, eps=1e-6)

        self.s = nn.Sequential(
            norm(i), nn.SiLU(), nn.Conv2d(i, o, 3, padding=1), norm(o), nn.SiLU(), nn.Conv2d(o, o, 3, padding=1))
        self.res = nn.Conv2d(i, o, 1) if i != o else nn.Identity()

    def forward(self, x):
        return self.res(x) + self.s(x)


class Attention(nn.Module):
    """One head over all positions, with the matrix of weights formed."""

    def __init__(self, c, groups):
        super().__init__()
        self.norm = nn.GroupNorm(groups, c, eps=1e-6)
        self.q, self.k, self.v, self.out = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        tokens = self.norm(x).flatten(2).transpose(1, 2)
        scores = self.q(tokens) @ self.k(tokens).transpose(1, 2) / math.sqrt(x.shape[1])
        seen = self.out(torch.softmax(scores, -1) @ self.v(tokens))
        return x + seen.transpose(1, 2).reshape(x.shape)


class Autoencoder(nn.Module):
    def __init__(self, channels, width, multipliers, latent, groups):
        super().__init__()
        levels = [width * multiplier for multiplier in multipliers]
        innermost = levels[-1]

        def block(i, o):
            return ResidualNorm(i, o, groups)

        def middle():
            return block(innermost, innermost), Attention(innermost, groups), block(innermost, innermost)

        def ending(i, o):
            return nn.GroupNorm(groups, i, eps=1e-6), nn.SiLU(), nn.Conv2d(i, o, 3, padding=1)

        encoder, i = [nn.Conv2d(channels, width, 3, padding=1)], width
        for level, o in enumerate(levels):
            encoder += [block(i, o), block(o, o)]
            if level < len(levels) - 1:
                encoder.append(nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(o, o, 3, 2)))
            i = o
        moments = 2 * latent
        self.encoder = nn.Sequential(*encoder, *middle(), *ending(i, moments), nn.Conv2d(moments, moments, 1))

        decoder = [nn.Conv2d(latent, latent, 1), nn.Conv2d(latent, innermost, 3, padding=1), nn.Sequential(*middle())]
        for level in reversed(range(len(levels))):
            o = levels[level]
            decoder += [block(i, o), block(o, o), block(o, o)]
            if level > 0:
                decoder += [nn.Upsample(scale_factor=2), nn.Conv2d(o, o, 3, padding=1)]
            i = o
        self.decoder = nn.Sequential(*decoder, *ending(i, channels))

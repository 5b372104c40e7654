"""Reference numbers for the FID network: Inception v3 of 2015-12-05 with weights that a formula makes, so that nothing
large has to be kept. Needs torch and torchvision; writes inception_features.npy (2, 2048) and inception_scores.npy
(2, 1008) beside this script.

The network is torchvision's Inception v3 with 1,008 outputs, and four changes that the weights of the FID programs
presume: means over 3x3 windows do not count the padding, and the last block takes a maximum in place of the mean.
"""
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torchvision.models import inception as tv


def mean3(x):
    return F.avg_pool2d(x, kernel_size=3, stride=1, padding=1, count_include_pad=False)


class A(tv.InceptionA):
    def forward(self, x):
        return torch.cat([
            self.branch1x1(x), self.branch5x5_2(self.branch5x5_1(x)),
            self.branch3x3dbl_3(self.branch3x3dbl_2(self.branch3x3dbl_1(x))), self.branch_pool(mean3(x))], 1)


class C(tv.InceptionC):
    def forward(self, x):
        long = self.branch7x7dbl_3(self.branch7x7dbl_2(self.branch7x7dbl_1(x)))
        return torch.cat([
            self.branch1x1(x), self.branch7x7_3(self.branch7x7_2(self.branch7x7_1(x))),
            self.branch7x7dbl_5(self.branch7x7dbl_4(long)), self.branch_pool(mean3(x))], 1)


class E(tv.InceptionE):
    def __init__(self, channels, pool):
        super().__init__(channels)
        self.pool = pool

    def forward(self, x):
        three = self.branch3x3_1(x)
        double = self.branch3x3dbl_2(self.branch3x3dbl_1(x))
        return torch.cat([
            self.branch1x1(x), self.branch3x3_2a(three), self.branch3x3_2b(three),
            self.branch3x3dbl_3a(double), self.branch3x3dbl_3b(double), self.branch_pool(self.pool(x))], 1)


def network():
    net = tv.inception_v3(num_classes=1008, aux_logits=False, weights=None, init_weights=False)
    net.Mixed_5b, net.Mixed_5c, net.Mixed_5d = A(192, 32), A(256, 64), A(288, 64)
    net.Mixed_6b, net.Mixed_6c, net.Mixed_6d, net.Mixed_6e = C(768, 128), C(768, 160), C(768, 160), C(768, 192)
    net.Mixed_7b = E(1280, mean3)
    net.Mixed_7c = E(2048, lambda x: F.max_pool2d(x, kernel_size=3, stride=1, padding=1))
    return net.eval()


def numbers(tensor, count):
    """Pseudo-random numbers in [0, 1): a mix of the element's index and the tensor's number, in 32-bit words."""
    h = np.arange(count, dtype=np.uint64) * 2654435761 + tensor * 40503 + 12345
    h = (h & 0xFFFFFFFF)
    for _ in range(2):
        h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x45D9F3B)) & np.uint64(0xFFFFFFFF)
    h = h ^ (h >> np.uint64(16))
    return h.astype(np.float64) / 4294967296


def weights(net):
    """Tensors in the order of their sorted names, so that activations neither die nor explode."""
    state = {}
    names = sorted(name for name in net.state_dict() if not name.endswith("num_batches_tracked"))
    for index, name in enumerate(names):
        shape = net.state_dict()[name].shape
        u = numbers(index, math.prod(shape))
        if name.endswith("running_var") or name.endswith("bn.weight"):
            values = 0.75 + 0.5 * u
        elif len(shape) == 1:
            values = 0.4 * (u - 0.5)
        else:
            values = (u - 0.5) * math.sqrt(24 / math.prod(shape[1:]))
        state[name] = torch.from_numpy(values.astype(np.float32).reshape(shape))
    return state


def main():
    torch.set_num_threads(1)
    net = network()
    missing, unexpected = net.load_state_dict(weights(net), strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing)
    pictures = (numbers(1000, 2 * 40 * 32 * 3) * 256).astype(np.uint8).reshape(2, 40, 32, 3)
    unit = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255
    kept = {}
    net.fc.register_forward_hook(lambda module, inputs, output: kept.update(features=inputs[0]))
    with torch.no_grad():
        large = F.interpolate(unit, size=(299, 299), mode="bilinear", align_corners=False)
        net._forward(2 * large - 1)
        scores = kept["features"] @ net.fc.weight.t()
    here = pathlib.Path(__file__).parent
    np.save(here / "inception_features.npy", kept["features"].numpy())
    np.save(here / "inception_scores.npy", scores.numpy())
    print(kept["features"].mean(), kept["features"].std(), scores.std(), (kept["features"] > 0).float().mean())


main()

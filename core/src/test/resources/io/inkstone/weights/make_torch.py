"""Makes the small PyTorch files beside this script. Run: python make_torch.py (PyTorch 2.x, no GPU)."""
import inspect
import os
import pickle
import sys
import types
import warnings
import zipfile

import torch
from torch import nn

torch.manual_seed(0)
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
types_of = {
    "bool": torch.bool, "u8": torch.uint8, "i8": torch.int8, "i16": torch.int16, "i32": torch.int32,
    "i64": torch.int64, "f16": torch.float16, "bf16": torch.bfloat16, "f32": torch.float32, "f64": torch.float64,
    "u16": torch.uint16, "e4m3": torch.float8_e4m3fn, "e5m2": torch.float8_e5m2,
}
torch.save({k: torch.tensor([0, 1, 2, 3]).to(t) for k, t in types_of.items()}, "types.pth")
views = {
    "base": base, "transposed": base.t(), "row": base[2], "column": base[:, 1], "corner": base[1:3, 2:5],
    "expanded": torch.tensor([7.0]).expand(3), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3),
    "last": torch.rand(2, 3, 4, 4).to(memory_format=torch.channels_last) * 0 + 1,
}
torch.save(views, "views.pth")
torch.save(views, "views_legacy.pth", _use_new_zipfile_serialization=False)


# The classes get names of a module that nobody else has, as in weight files found in the wild.
published = types.ModuleType("published")
sys.modules["published"] = published


class Resnet(nn.Module):
    def __init__(self):
        super().__init__()
        self.s = nn.Sequential(nn.GroupNorm(1, 2), nn.SiLU(), nn.Conv2d(2, 2, 3, bias=False))
        self.register_buffer("kept", torch.ones(1))
        self.register_buffer("unkept", torch.ones(1), persistent=False)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(Resnet(), nn.Identity(), nn.Linear(2, 3))
        self.act = nn.functional.silu


for cls in (Resnet, VAE):
    cls.__module__ = "published"
    cls.__qualname__ = cls.__name__
    setattr(published, cls.__name__, cls)
model = VAE()
torch.save(model, "module.pt")
# The older format stores the source text of classes; without it the file is small and holds nothing of PyTorch's.
def no_source(_):
    raise OSError("no source")


getsourcelines, inspect.getsourcelines = inspect.getsourcelines, no_source
warnings.simplefilter("ignore")
torch.save(model, "module_legacy.pt", _use_new_zipfile_serialization=False)
inspect.getsourcelines = getsourcelines
state = model.state_dict()
torch.save(state, "state.pth")
optimizer = torch.optim.AdamW(model.parameters())
model.encoder[2](torch.ones(1, 2)).sum().backward()
optimizer.step()
state = {k: v.clone() for k, v in state.items()}
torch.save(
    {"epoch": 3, "state_dict": {"module." + k: v for k, v in state.items()}, "optimizer": optimizer.state_dict(), "lr": 1e-3},
    "checkpoint.ckpt",
)
with open("state_sums.txt", "w") as f:
    for k, v in sorted(state.items()):
        f.write(f"{k} {list(v.shape)} {v.double().sum().item():.9e}\n")


class Evil:
    def __reduce__(self):
        return (os.system, ("touch /tmp/inkstone-was-here",))


torch.save({"weight": base, "evil": Evil()}, "evil.pth")
torch.save({"weight": base, "evil": Evil()}, "evil_legacy.pth", _use_new_zipfile_serialization=False)
with open("plain.pkl", "wb") as f:
    pickle.dump({"a": 1}, f)
with zipfile.ZipFile("state.pth") as source, zipfile.ZipFile("big_endian.pth", "w") as target:
    for name in source.namelist():
        target.writestr(name, b"big" if name.endswith("byteorder") else source.read(name))
with zipfile.ZipFile("state.pth") as source, zipfile.ZipFile("deflated.pth", "w", zipfile.ZIP_DEFLATED) as target:
    for name in source.namelist():
        target.writestr(name, source.read(name))

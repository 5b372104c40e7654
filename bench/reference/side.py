"""One side of a row: python side.py ROW_FOLDER VARIANT

published      eager, float32, default settings
best           channels last, bfloat16 where the processor multiplies it, fused optimizer
best-float32   the same in float32
compiled       best with torch.compile
"""
import json
import pathlib
import sys

import numpy as np
import torch

import arrays
import systems
from conversation import converse


def multiplies_bfloat16():
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


class Variant:
    def __init__(self, name):
        self.published = name == "published"
        self.compiled = name == "compiled"
        self.bfloat16 = name in ("best", "compiled") and multiplies_bfloat16()

    def placed(self, tensor):
        """Pictures in the layout of this variant."""
        return tensor if self.published else tensor.contiguous(memory_format=torch.channels_last)

    def network(self, network):
        return network if self.published else network.to(memory_format=torch.channels_last)

    def compile(self, function):
        return torch.compile(function) if self.compiled else function

    def note(self):
        words = [f"PyTorch {torch.__version__}", "torch.compile" if self.compiled else "eager"]
        if not self.published:
            words.append("channels last")
        words.append("bfloat16" if self.bfloat16 else "float32")
        return ", ".join(words) + f", threads: {torch.get_num_threads()}"


def training(recipe, folder, variant):
    inputs = arrays.read(folder / "inputs.safetensors")
    network = variant.network(loaded(recipe, folder)).train()
    optimizer = systems.optimizer(recipe, network.parameters(), not variant.published)
    objective = systems.Objective(recipe, network, inputs, variant.placed)
    if variant.compiled:
        compile_parts(network, objective)
    losses = []

    def step():
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=variant.bfloat16):
            loss = objective(len(losses))
        losses.append(loss.item())
        loss.backward()
        optimizer.step()

    converse({"step": step}, {"step": step}, lambda: {"step": losses}, variant.note())


def compile_parts(network, objective):
    if hasattr(objective, "encode"):
        objective.encode, objective.decode = torch.compile(objective.encode), torch.compile(objective.decode)
    else:
        objective.network = torch.compile(network)


def loaded(recipe, folder):
    network = systems.build(recipe)
    weights = {name: torch.from_numpy(np.array(value)) for name, value in arrays.read(folder / "weights.safetensors").items()}
    missing = network.load_state_dict(weights, strict=False)
    wrong = [name for name in missing.missing_keys if not name.endswith("num_batches_tracked")] + missing.unexpected_keys
    if wrong:
        raise SystemExit(f"The reference network and the weights do not fit: {wrong[:5]}")
    return network


def evaluated(recipe, folder, variant):
    """For passes without gradients the whole network is cast: autocast would cast the weights anew in each pass."""
    network = variant.network(loaded(recipe, folder)).eval()
    return network.to(torch.bfloat16) if variant.bfloat16 else network


def summary(array):
    """What the sides are compared by: mean and deviation."""
    return [array.float().mean().item(), array.float().std(correction=0).item()]


def sampling(recipe, folder, variant):
    inputs = arrays.read(folder / "inputs.safetensors")
    network = evaluated(recipe, folder, variant)
    run = variant.compile(network)
    start = variant.placed(torch.from_numpy(inputs["start"].copy()))
    context = torch.from_numpy(inputs["contexts"].copy())
    dtype = torch.bfloat16 if variant.bfloat16 else torch.float32
    results = {}

    def denoise(x, t, c):
        return run(x.to(dtype), t.to(dtype), c.to(dtype)).float()

    @torch.inference_mode()
    def draw_ddim():
        results["ddim"] = summary(systems.ddim(recipe, denoise, start, context, 20))

    @torch.inference_mode()
    def draw_ddpm():
        results["ddpm"] = summary(systems.ddpm(recipe, denoise, start, context))

    converse({"ddim": draw_ddim, "ddpm": draw_ddpm}, {"ddim": draw_ddim, "ddpm": draw_ddim}, lambda: results, variant.note())


def coding(recipe, folder, variant):
    inputs = arrays.read(folder / "inputs.safetensors")
    network = evaluated(recipe, folder, variant)
    encoder, decoder = variant.compile(network.encoder), variant.compile(network.decoder)
    dtype = torch.bfloat16 if variant.bfloat16 else torch.float32
    results = {}

    def task(name, part, given):
        @torch.inference_mode()
        def work():
            x = variant.placed(torch.from_numpy(inputs[given].copy())).to(dtype)
            results[name] = summary(part(x).float())

        return work

    tasks = {"encode": task("encode", encoder, "picture"), "decode": task("decode", decoder, "latent")}
    converse(tasks, tasks, lambda: results, variant.note())


def main():
    folder, variant = pathlib.Path(sys.argv[1]), Variant(sys.argv[2])
    row = json.loads((folder / "row.json").read_text())
    if row["kind"] == "input":
        import pictures

        return pictures.measure(folder, variant)
    if row["kind"] == "stable":
        import stable

        return stable.measure(row, folder, variant)
    recipe = json.loads((folder / "recipe.json").read_text())
    {"train": training, "sample": sampling, "code": coding}[row["kind"]](recipe, folder, variant)


if __name__ == "__main__":
    main()

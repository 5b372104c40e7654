"""JPEG files to batches of 64×64: Pillow and torchvision, as the published loader does it."""
import os

import numpy as np
import torch

from conversation import converse

BATCH = 16


def measure(folder, variant):
    from PIL import Image
    from torch.utils.data import DataLoader, Dataset
    from torchvision import transforms

    files = sorted((folder / "jpegs").glob("*.jpg"))
    prepare = transforms.Compose([transforms.CenterCrop(168), transforms.Resize(64), transforms.ToTensor()])

    class Faces(Dataset):
        def __len__(self):
            return len(files)

        def __getitem__(self, index):
            return prepare(Image.open(files[index]).convert("RGB"))

    results = {}

    workers = 0 if variant.published else os.cpu_count()
    loader = DataLoader(Faces(), BATCH, shuffle=True, num_workers=workers, persistent_workers=workers > 0)

    def first():
        total = 0.0
        for batch in loader:
            total += batch.mean().item() * len(batch)
        results["first"] = [total / len(files)]

    if variant.published:  # has no cache: it reads the files again each epoch
        tasks = {"first": first, "cached": first}
    else:
        packed = np.stack([(prepare(Image.open(file).convert("RGB")).permute(1, 2, 0).numpy() * 255).round().astype(np.uint8) for file in files])
        np.save(folder / "packed.npy", packed)
        stored = np.load(folder / "packed.npy", mmap_mode="r")

        def cached():
            total = 0.0
            order = np.random.default_rng(0).permutation(len(stored))
            for start in range(0, len(order), BATCH):
                batch = torch.from_numpy(stored[order[start:start + BATCH]]).permute(0, 3, 1, 2).float().div_(255)
                total += batch.mean().item() * len(batch)
            results["cached"] = [total / len(stored)]

        tasks = {"first": first, "cached": cached}
    converse(tasks, tasks, lambda: results, "Pillow" + ("" if variant.published else f", {os.cpu_count()} workers"))

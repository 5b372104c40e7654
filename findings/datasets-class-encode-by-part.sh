#!/usr/bin/env bash
# datasets: class_encode_column of a DatasetDict numbers the classes of each part by itself, so a class that one part lacks moves the numbers
# of those behind it; a model trained on one part is measured with the classes of another. Numbers are sorted as texts: of twelve classes 0 … 11
# ten get another number than they had.
set -euo pipefail
cd "$(mktemp -d)"
export HF_HOME=$PWD/home HF_HUB_OFFLINE=1
python3 -m venv venv
venv/bin/pip install -q datasets==5.2.0 pyarrow==26.0.1
cat >probe.py <<'PY'
import datasets
from datasets import Dataset, DatasetDict

datasets.disable_progress_bars()
parts = DatasetDict(train=Dataset.from_dict({"label": ["cat", "dog", "owl"]}), test=Dataset.from_dict({"label": ["dog", "owl"]}))
parts = parts.class_encode_column("label")
print("datasets", datasets.__version__)
print("train: cat, dog, owl are", parts["train"]["label"][:], "- test: dog, owl are", parts["test"]["label"][:], "(expected [1, 2])")
assert parts["train"]["label"][:] == [0, 1, 2] and parts["test"]["label"][:] == [0, 1], "behaviour changed"

numbers = Dataset.from_dict({"label": list(range(12))}).class_encode_column("label")
print("classes 0 … 11 become", numbers["label"][:])
assert numbers["label"][:] == [0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 2, 3], "behaviour changed"
PY
venv/bin/python probe.py
echo "As found."

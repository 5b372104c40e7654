#!/usr/bin/env bash
# datasets: of several Parquet files whose ClassLabel columns list their names in different orders, load_dataset puts the names of the first
# file on the numbers of all, without a word: cats become dogs. So it does with a test file beside a training file, where each would seem to
# have features of its own. concatenate_datasets refuses the same two files.
set -euo pipefail
cd "$(mktemp -d)"
export HF_HOME=$PWD/home HF_HUB_OFFLINE=1
python3 -m venv venv
venv/bin/pip install -q datasets==5.2.0 pyarrow==26.0.1
cat >probe.py <<'PY'
import datasets
from datasets import ClassLabel, Dataset, Features, load_dataset

datasets.disable_progress_bars()


def write(path, names):
    features = Features({"label": ClassLabel(names=names)})
    Dataset.from_dict({"label": ["cat", "dog", "dog"]}, features=features).to_parquet(path)


def said(rows, features):
    return [features["label"].int2str(row["label"]) for row in rows]


write("first.parquet", ["cat", "dog"])
write("second.parquet", ["dog", "cat"])
print("datasets", datasets.__version__, "- both files say cat, dog, dog; their own words:")
alone = Dataset.from_parquet("second.parquet")
print("  second file alone:    ", said(alone, alone.features))
both = load_dataset("parquet", data_files=["first.parquet", "second.parquet"], split="train")
print("  as the second shard:  ", said(both, both.features)[3:])
stream = load_dataset("parquet", data_files=["first.parquet", "second.parquet"], split="train", streaming=True)
print("  the same, streamed:   ", said(stream, stream.features)[3:])
parts = load_dataset("parquet", data_files={"train": "first.parquet", "test": "second.parquet"})
print("  as the test part:     ", said(parts["test"], parts["test"].features))
right, wrong = ["cat", "dog", "dog"], ["dog", "cat", "cat"]
assert said(alone, alone.features) == right, "behaviour changed"
assert said(both, both.features) == right + wrong == said(stream, stream.features), "behaviour changed"
assert said(parts["test"], parts["test"].features) == wrong, "behaviour changed"
try:
    datasets.concatenate_datasets([Dataset.from_parquet("first.parquet"), alone])
    raise SystemExit("behaviour changed")
except ValueError as refused:
    print("  concatenate_datasets: ", str(refused)[:42], "…")
PY
venv/bin/python probe.py
echo "As found."

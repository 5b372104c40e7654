#!/usr/bin/env bash
# A CLIP tokenizer folder whose pad token is "!", as Stable Diffusion 2's is: transformers makes the pad token a mark that is
# found wherever it stands, so that the exclamation mark in "moon!" becomes the id 0 (the piece "!") instead of the id of the
# piece "!</w>", which the text encoder was trained with. The same folder padding with <|endoftext|> gives the trained id.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install -q transformers==5.24.0 tokenizers
cat > probe.py <<'PY'
import json, os, transformers
from transformers import CLIPTokenizer
letters = [chr(c) for c in range(33, 127)]
pieces = letters + [c + "</w>" for c in letters] + ["<|startoftext|>", "<|endoftext|>"]
vocab = {p: i for i, p in enumerate(pieces)}
def folder(name, pad):
    os.makedirs(name)
    json.dump(vocab, open(name + "/vocab.json", "w")); open(name + "/merges.txt", "w").write("#version: 0.2\n")
    json.dump({"tokenizer_class": "CLIPTokenizer", "bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": pad}, open(name + "/tokenizer_config.json", "w"))
    return CLIPTokenizer.from_pretrained(name)
one, two = folder("one", "<|endoftext|>"), folder("two", "!")
a, b = one("m!")["input_ids"][1:-1], two("m!")["input_ids"][1:-1]
print("transformers", transformers.__version__)
print('"m!" where <|endoftext|> pads:', [pieces[i] for i in a]); print('"m!" where ! pads:          ', [pieces[i] for i in b])
assert [pieces[i] for i in a] == ["m</w>", "!</w>"] and [pieces[i] for i in b] == ["m</w>", "!"], "behaviour changed"
PY
venv/bin/python probe.py

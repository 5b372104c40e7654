#!/usr/bin/env bash
# safetensors.numpy writes an array as it lies in memory, but its shape as it is meant: a transposed or Fortran-ordered array is saved with
# its values at other places. NumPy calls such an array contiguous (F_CONTIGUOUS), nothing is raised, and safetensors.torch refuses the like.
# Kernels come so when weights of another framework, [in, out], are turned to [out, in]. 0.7.0 wrote them rightly.
set -euo pipefail
cd "$(mktemp -d)"
export PIP_DISABLE_PIP_VERSION_CHECK=1
cat >probe.py <<'PY'
import importlib.metadata, sys
import numpy as np
from safetensors.numpy import load_file, save_file

kernel = np.arange(6, dtype=np.float32).reshape(2, 3)  # [in, out]
meant = {"transposed": kernel.T, "fortran": np.asfortranarray(kernel), "maps": np.moveaxis(np.arange(24, dtype=np.float32).reshape(2, 3, 4), -1, 0)}
save_file(meant, "weights.safetensors")
read = load_file("weights.safetensors")
same = {name: bool(np.array_equal(read[name], meant[name])) for name in meant}
print("safetensors", importlib.metadata.version("safetensors"), "numpy", np.__version__, "- comes back as it was:", same)
print("  meant", meant["transposed"].tolist(), "read", read["transposed"].tolist())
assert set(same.values()) == {sys.argv[1] == "right"}, "behaviour changed"
save_file({name: np.ascontiguousarray(value) for name, value in meant.items()}, "weights.safetensors")
assert all(np.array_equal(value, meant[name]) for name, value in load_file("weights.safetensors").items())
PY
python3 -m venv new && new/bin/pip install -q numpy==2.4.6 safetensors==0.8.0
python3 -m venv old && old/bin/pip install -q numpy==2.4.6 safetensors==0.7.0
echo "expected: all come back as they were, or an error"
old/bin/python probe.py right
new/bin/python probe.py wrong
echo "As found."

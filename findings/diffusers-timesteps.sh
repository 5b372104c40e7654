#!/usr/bin/env bash
# diffusers: with timestep_spacing "trailing", 62 of the step counts from 1 to 1000 give one timestep too many, -1; with
# "linspace", DDIM's step does not lead to the list's next timestep; sde-dpmsolver++ of order 3 does not become exact for short steps.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv venv
venv/bin/pip install --quiet numpy==1.26.4 torch==2.15.0 diffusers==0.42.1 2>&1 | grep -v notice || true
venv/bin/python - <<'PY'
import importlib.metadata
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler

print("diffusers", importlib.metadata.version("diffusers"))

trailing = DDIMScheduler(timestep_spacing="trailing")
long = []
for steps in range(1, 1001):
    trailing.set_timesteps(steps)
    if len(trailing.timesteps) != steps:
        long.append(steps)
trailing.set_timesteps(61)
print("trailing: %d step counts have a timestep too many, such as" % len(long), long[:5], "which end in", trailing.timesteps[-2:].tolist())
assert len(long) == 62 and long[:3] == [61, 103, 121] and trailing.timesteps[-1] == -1

even = DDIMScheduler(timestep_spacing="linspace", clip_sample=False)
even.set_timesteps(4)
clean, noise = torch.tensor([[1.0]]), torch.tensor([[-0.5]])
at = lambda t: even.alphas_cumprod[t].sqrt() * clean + (1 - even.alphas_cumprod[t]).sqrt() * noise
reached = even.step(noise, even.timesteps[0], at(999)).prev_sample
print("linspace: timesteps", even.timesteps.tolist(), "- the exact noise leads from 999 to", reached.item(), "at 666:", at(666).item(), "at 749:", at(749).item())
assert torch.allclose(reached, at(749), atol=1e-4) and not torch.allclose(reached, at(666), atol=1e-2)

# All guesses on a straight line along lambda: a method of order 2 or more is exact, order 3 must agree with order 2 (heun).
def third(order):
    solver = DPMSolverMultistepScheduler(algorithm_type="sde-dpmsolver++", solver_order=order, solver_type="heun")
    solver.set_timesteps(500)
    lam = lambda i: -torch.log(solver.sigmas[i]).item()
    solver._step_index = 100
    # Guesses that bend: lambda squared.
    outputs = [torch.tensor([[lam(100 - k) ** 2]]) for k in (2, 1, 0)]
    zero = torch.zeros(1, 1)
    if order == 2:
        return solver.multistep_dpm_solver_second_order_update(outputs[1:], sample=zero, noise=zero).item(), lam(100), lam(101)
    return solver.multistep_dpm_solver_third_order_update(outputs, sample=zero, noise=zero).item(), lam(100), lam(101)

import math
got, start, end = third(3)
second = third(2)[0]
h = end - start
alpha = 1 / math.sqrt(1 + math.exp(-2 * end))
# The exact integral of alpha * 2 * exp(-2 * (end - l)) * l**2 over the step.
n = 20000
exact = sum(2 * math.exp(-2 * (end - l)) * l * l for l in (start + (i + 0.5) * h / n for i in range(n))) * h / n * alpha
print("sde-dpmsolver++: error of order 2", abs(second - exact), "of order 3", abs(got - exact))
assert abs(got - exact) > abs(second - exact)
PY
echo "As found."

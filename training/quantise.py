"""Post-training int8: the numbers of `docs/model-format.md`, and their emulation in torch.

Weights are rounded to int8 with one scale an output, tables with one scale each; a linear's input is
rounded to 7 bits with a scale and a zero found on training text (range by quantiles)."""

import torch
import torch.nn.functional as F
from torch import nn

from .store import rows_for

LEVELS = 127


class Int8Linear(nn.Module):
    """y = scale_out * scale_in * (sum q*w - zero * sum w) + bias, in whole numbers up to the scales."""

    def __init__(self, linear, low, high):
        super().__init__()
        low, high = min(low, 0.0), max(high, low + 1e-3)
        self.input_scale = torch.tensor((high - low) / LEVELS, dtype=torch.float32)
        self.zero = torch.tensor(round(-low / float(self.input_scale)), dtype=torch.float32)
        w = linear.weight.detach()
        self.scale = w.abs().amax(1).clamp(min=1e-8) / 127
        self.weight = (w / self.scale[:, None]).round().clamp(-127, 127)
        self.bias = linear.bias.detach()

    def forward(self, x):
        q = (x / self.input_scale).round().add(self.zero).clamp(0, LEVELS)
        sums = F.linear(q, self.weight) - self.zero * self.weight.sum(1)
        return self.scale * self.input_scale * sums + self.bias


def set_child(model, name, child):
    """Replace a submodule by its dotted name."""
    parent, _, last = name.rpartition(".")
    owner = model.get_submodule(parent) if parent else model
    if isinstance(owner, nn.ModuleDict):
        owner[last] = child
    else:
        setattr(owner, last, child)


def quantise_tables(model):
    """Round the tables in place; gives name -> (int8 weights, scale)."""
    out = {}
    for name, table in model.tables.items():
        w = table.weight.data
        limit = w.abs().flatten().sort().values[int((w.numel() - 1) * 0.9999)]
        scale = (limit / 127).float()
        q = (w / scale).round().clamp(-127, 127)
        table.weight.data = q * scale
        out[name] = (q.to(torch.int8), scale.reshape(1))
    return out


@torch.no_grad()
def ranges(model, sentences, static, quantile):
    """The input range of every linear over some training sentences."""
    found, hooks = {}, []
    linears = [(n, m) for n, m in model.named_modules() if isinstance(m, nn.Linear)]

    def watch(name):
        def hook(_, inputs, __):
            x = inputs[0].flatten()
            x = x[x != 0][:: max(1, x.numel() // 200000)].sort().values
            cut = int(len(x) * (1 - quantile))
            found.setdefault(name, []).append((float(x[cut]), float(x[len(x) - 1 - cut]), len(x)))
        return hook

    for name, module in linears:
        hooks.append(module.register_forward_hook(watch(name)))
    model.eval()
    for at in range(0, len(sentences), 100):
        group = sentences[at : at + 100]
        n = max(map(len, group))
        rows, exists = torch.zeros(len(group), n, 8, dtype=torch.int64), torch.zeros(len(group), n, dtype=torch.bool)
        for j, s in enumerate(group):
            rows[j, : len(s)], exists[j, : len(s)] = torch.tensor(rows_for(s.forms, static)), True
        states, _, _ = model(rows, exists)
        model.relations(states, torch.zeros(len(group), n, dtype=torch.int64))
    for hook in hooks:
        hook.remove()
    mean = lambda values, i: sum(v[i] * v[2] for v in values) / sum(v[2] for v in values)
    return {name: (mean(v, 0), mean(v, 1)) for name, v in found.items()}


def emulate(model, sentences, static, quantile=0.9995):
    """Turn a student into its int8 emulation, in place; gives the quantised tables."""
    tables = quantise_tables(model)
    for name, (low, high) in ranges(model, sentences, static, quantile).items():
        set_child(model, name, Int8Linear(model.get_submodule(name), low, high))
    return tables

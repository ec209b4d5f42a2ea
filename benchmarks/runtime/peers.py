"""The contenders that may be absent: calcds, autograd, JAX, PyTorch.

Each builder raises `AbsentError` with a sentence. A builder takes (widths, batch, arrays) and returns
(function, arguments): the arguments are converted once, outside the timed region, and the function returns
only when the gradients exist.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from networks import Gradient, loss


class AbsentError(Exception):
    """A peer is not installed, or cannot do this."""


def symbolic(widths: Sequence[int]) -> tuple[Any, list[Any], list[Any]]:
    """The loss with symbolic sizes, its arguments, and the parameters to differentiate by."""
    import sympy as sp
    depth = len(widths) - 1
    batch = sp.Symbol("B", integer=True, positive=True)
    sizes = sp.symbols(f"n0:{depth + 1}", integer=True, positive=True)
    u = sp.Dummy("u", real=True)
    x, y = sp.MatrixSymbol("X", batch, sizes[0]), sp.MatrixSymbol("Y", batch, sizes[depth])
    parameters: list[Any] = []
    z: Any = x
    for q in range(1, depth + 1):
        weight, bias = sp.MatrixSymbol(f"W{q}", sizes[q - 1], sizes[q]), sp.MatrixSymbol(f"b{q}", sizes[q], 1)
        parameters += [weight, bias]
        z = z*weight + sp.OneMatrix(batch, 1)*bias.T
        if q < depth:
            z = z.applyfunc(sp.Lambda(u, sp.tanh(u)))
    value = sp.Trace((z - y).T*(z - y))/2
    return value, [x, y, *parameters], parameters


def calcds_numpy(widths: Sequence[int], _: int, arrays: Sequence[Any]) -> tuple[Gradient, Sequence[Any],
                                                                                dict[str, float]]:
    try:
        import calcds
        gradient, to_numpy = calcds.gradient, calcds.to_numpy
    except (ImportError, AttributeError) as missing:
        message = f"calcds: {missing}"
        raise AbsentError(message) from missing
    value, arguments, parameters = symbolic(widths)
    start = time.perf_counter()
    gradients = tuple(gradient(value, parameter) for parameter in parameters)
    middle = time.perf_counter()
    function = to_numpy(gradients, arguments)
    done = time.perf_counter()
    return function, arrays, {"gradients": middle - start, "to_numpy": done - middle}


def hips_autograd(widths: Sequence[int], _: int, arrays: Sequence[Any]) -> tuple[Gradient, Sequence[Any]]:
    try:
        import autograd
        import autograd.numpy as anp
    except ImportError as missing:
        message = f"HIPS autograd is not installed ({missing})"
        raise AbsentError(message) from missing
    depth = len(widths) - 1
    function = autograd.grad(lambda *values: loss(anp, depth, *values), argnum=tuple(range(2, len(arrays))))
    return function, arrays


def jax_jit(widths: Sequence[int], _: int, arrays: Sequence[Any]) -> tuple[Gradient, Sequence[Any]]:
    try:
        import jax
    except ImportError as missing:
        message = f"JAX is not installed ({missing})"
        raise AbsentError(message) from missing
    jax.config.update("jax_enable_x64", True)
    depth = len(widths) - 1
    function = jax.jit(jax.grad(lambda *values: loss(jax.numpy, depth, *values),
                                argnums=tuple(range(2, len(arrays)))))
    converted = [jax.numpy.asarray(array) for array in arrays]
    return lambda *values: jax.block_until_ready(function(*values)), converted


def torch_eager(widths: Sequence[int], _: int, arrays: Sequence[Any]) -> tuple[Gradient, Sequence[Any]]:
    try:
        import torch
    except ImportError as missing:
        message = f"PyTorch is not installed ({missing})"
        raise AbsentError(message) from missing
    torch.set_num_threads(1)
    depth = len(widths) - 1
    tensors = [torch.tensor(array, requires_grad=q >= 2) for q,
               array in enumerate(arrays)]
    return lambda *values: torch.autograd.grad(loss(torch, depth, *values), values[2:]), tensors


PEERS: dict[str, Callable[..., Any]] = {
    "calcds to_numpy": calcds_numpy,
    "HIPS autograd": hips_autograd,
    "JAX jit": jax_jit,
    "PyTorch eager": torch_eager,
}

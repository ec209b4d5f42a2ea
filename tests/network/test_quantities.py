"""What a claim can name: each quantity against its formula, and the messages for wrong names and shapes."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from calcds.network.activations import ACTIVATIONS
from calcds.network.arrays import Array
from calcds.network.losses import LOSSES
from calcds.network.quantities import quantities, quantity
from calcds.network.quantity import Quantity, UnknownQuantity, inputs


def sigma(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def dtanh(z: Array) -> Array:
    return np.asarray(1 - np.tanh(z) ** 2)


RNG = np.random.default_rng(7)
W, b, a, z, delta = (RNG.normal(size=shape) for shape in ((3, 2), (3, 1), (2, 1), (2, 1), (3, 1)))
u, X, V, D = (RNG.normal(size=shape) for shape in ((3, 1), (5, 4), (4, 2), (5, 2)))
shares = np.exp(u) / np.exp(u).sum()
W1, b1, W2, b2, W3 = (RNG.normal(size=shape) for shape in ((3, 2), (3, 1), (4, 3), (4, 1), (2, 4)))
x, y = RNG.normal(size=(2, 1)), RNG.normal(size=(2, 1))
p, J, q = RNG.normal(size=(2, 1)), RNG.normal(size=(3, 2)), RNG.normal(size=(3, 1))
w, xi = RNG.normal(size=(4, 1)), RNG.normal(size=(4, 1))
side = -float(np.sign((w.T @ xi).item()))  # the label that makes the example misclassified
z1 = W1 @ x + b1
z2 = W2 @ np.tanh(z1) + b2
e = W3 @ np.tanh(z2) - y
d2 = dtanh(z2) * (W3.T @ e)
d1 = dtanh(z1) * (W2.T @ d2)
DEEP: dict[str, Array | float] = {"x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3}

# name, inputs, the formula as lecture notes write it, a mistake that must not agree
FORMULAS: list[tuple[str, dict[str, Array | float], Array, Array]] = [
    ("dense.forward", {"W": W, "a": a, "b": b}, W @ a + b, W @ a - b),
    ("dense.activation", {"W": W, "a": a, "b": b}, sigma(W @ a + b), sigma(W @ a) + b),
    ("dense.next[tanh]", {"W": W, "z": z, "b": b}, W @ np.tanh(z) + b, W @ z + b),
    ("dense.pullback", {"W": W, "z": z, "delta": delta},
     (W.T @ delta) * sigma(z) * (1 - sigma(z)), W.T @ delta),
    ("dense.pullback[tanh]", {"W": W, "z": z, "b": b, "delta": delta},
     dtanh(z) * (W.T @ delta), dtanh(z) + (W.T @ delta)),
    ("dense.delta[tanh]", {"z": u, "delta": delta}, dtanh(u) * delta, delta),
    ("dense.delta[tanh]", {"W": W, "a": a, "b": b, "delta": delta},
     dtanh(W @ a + b) * delta, dtanh(W @ a) * delta),
    ("dense.input_gradient", {"W": W, "delta": delta}, W.T @ delta, -W.T @ delta),
    ("dense.input_gradient[tanh]", {"W": W, "z": u, "delta": delta}, W.T @ (dtanh(u) * delta), W.T @ delta),
    ("dense.weight_gradient", {"a": a, "delta": delta}, delta @ a.T, 2 * delta @ a.T),
    ("dense.weight_gradient[tanh]", {"a": a, "z": u, "delta": delta}, (dtanh(u) * delta) @ a.T, delta @ a.T),
    ("dense.bias_gradient", {"delta": delta}, delta, -delta),
    ("dense.bias_gradient[tanh]", {"z": u, "delta": delta}, dtanh(u) * delta, delta),
    ("dense.from_to.input_gradient", {"W": W.T, "z": u, "delta": delta},
     W.T @ (dtanh(u) * delta), W.T @ delta),
    ("dense.from_to.weight_gradient", {"a": a, "z": u, "delta": delta},
     a @ (dtanh(u) * delta).T, a @ delta.T),
    ("dense.from_to.weight_gradient", {"a": a, "W": W.T, "delta": delta},
     a @ (dtanh(W @ a) * delta).T, a @ delta.T),
    ("batch.forward", {"X": X, "W": V, "b": z}, X @ V + np.ones((5, 1)) @ z.T, X @ V),
    ("batch.input_gradient", {"X": X, "W": V, "dZ": D}, D @ V.T, -D @ V.T),
    ("batch.weight_gradient", {"X": X, "W": V, "dZ": D}, X.T @ D, X.T @ D / 5),
    ("batch.bias_gradient", {"X": X, "W": V, "dZ": D}, D.T @ np.ones((5, 1)), D.T @ np.ones((5, 1)) / 5),
    ("mlp.z[activation=tanh, layer=2]", DEEP, z2, np.tanh(z2)),
    ("mlp.a[activation=tanh, layer=2]", DEEP, np.tanh(z2), z2),
    ("mlp.a[activation=tanh]", DEEP, W3 @ np.tanh(z2), z1[:2]),
    ("mlp.loss[activation=tanh]", {**DEEP, "y": y}, e.T @ e / 2, e.T @ e),
    ("mlp.delta[activation=tanh]", {**DEEP, "y": y}, e, -e),
    ("mlp.delta[activation=tanh, loss=squared]", {**DEEP, "y": y}, 2 * e, e),
    ("mlp.delta[activation=tanh, layer=2]", {**DEEP, "y": y}, d2, W3.T @ e),
    ("mlp.delta[activation=tanh, layer=1]", {**DEEP, "y": y}, d1, W2.T @ d2),
    ("mlp.input_gradient[activation=tanh, layer=1]", {**DEEP, "y": y}, W1.T @ d1, -W1.T @ d1),
    ("mlp.weight_gradient[activation=tanh, layer=1]", {**DEEP, "y": y}, d1 @ x.T, 2 * d1 @ x.T),
    ("mlp.bias_gradient[activation=tanh, layer=2]", {**DEEP, "y": y}, d2, -d2),
    ("chain.paths", {"p": p, "J": J, "q": q}, q.T @ J @ p, p.sum() * J.sum() * q.sum()),
    ("chain.factored", {"p": p, "J": J, "q": q}, q.T @ J @ p, p.sum() * J.sum() * q.sum()),
    ("chain.delta", {"p": p, "J": J, "q": q}, J.T @ q, p),
    ("activation.sigmoid", {"z": z, "beta": 2.0, "gamma": 3.0}, 3 * sigma(2 * z), sigma(2 * z)),
    ("activation.sigmoid.slope", {"z": z, "beta": 2.0}, 2 * sigma(2 * z) * (1 - sigma(2 * z)), sigma(2 * z)),
    ("activation.tanh.jacobian", {"z": z}, np.diag(dtanh(z)[:, 0]), np.diag(z[:, 0])),
    ("softmax", {"z": u}, shares, sigma(u)),
    ("softmax.jacobian", {"z": u},
     np.diagflat(shares) - shares @ shares.T, np.diagflat(shares * (1 - shares))),
    ("softmax.pullback", {"z": u, "delta": delta},
     shares * (delta - shares.T @ delta), delta),
    ("descent.update", {"theta": W, "g": J, "rate": 0.1}, W - 0.1 * J, W + 0.1 * J),
    ("momentum.velocity", {"theta": W, "g": J, "rate": 0.1, "v": W, "keep": 0.9},
     0.9 * W - 0.1 * J, 0.9 * W + 0.1 * J),
    ("momentum.update", {"theta": W, "g": J, "rate": 0.1, "v": W, "keep": 0.9},
     1.9 * W - 0.1 * J, W - 0.1 * J),
    ("adagrad.update", {"theta": W, "g": J, "rate": 0.1, "r": W**2, "eps": 0.5},
     W - 0.1 * J / (0.5 + np.sqrt(W**2 + J**2)), W - 0.1 * J),
    ("inertia.gradient", {"theta": W, "g": J, "rate": 0.1, "v": W, "keep": 0.9},
     0.9 * W + 0.1 * J, 0.9 * W - 0.1 * J),
    ("inertia.update", {"theta": W, "g": J, "rate": 0.5, "v": W, "keep": 0.9},
     W - 0.5 * (0.9 * W + 0.1 * J), W - 0.5 * (0.9 * W + J)),
    ("rmsprop.update", {"theta": W, "g": J, "rate": 0.1, "r": W**2, "keep": 0.9, "eps": 0.5},
     W - 0.1 * J / (0.5 + np.sqrt(0.9 * W**2 + 0.1 * J**2)), W - 0.1 * J / (0.5 + np.sqrt(W**2 + J**2))),
    ("adam.update", {"theta": W, "g": J, "rate": 0.1, "v": W, "r": W**2, "t": 2.0, "keep": 0.5,
                     "keep_squares": 0.25, "eps": 0.5},
     W - 0.1 * ((W + J) / 2 / 0.875) / (0.5 + np.sqrt((W**2 + 3 * J**2) / 4 / (1 - 0.25**3))),
     W - 0.1 * ((W + J) / 2) / (0.5 + np.sqrt((W**2 + 3 * J**2) / 4))),
    ("l1.update", {"theta": W, "g": J, "rate": 0.1, "alpha": 2.0},
     W - 0.1 * (J + 2 * np.sign(W)), W - 0.1 * (J - 2 * np.sign(W))),
    ("l2.update", {"theta": W, "g": J, "rate": 0.1, "alpha": 2.0}, 0.8 * W - 0.1 * J, 0.6 * W - 0.1 * J),
    ("newton.update", {"theta": z, "g": a, "H": W.T @ W}, z - np.linalg.inv(W.T @ W) @ a, z - W.T @ W @ a),
    ("clip.values", {"g": np.array([[3.0], [-0.5]]), "threshold": 1.0},
     np.array([[1.0], [-0.5]]), np.array([[3.0], [-0.5]])),
    ("clip.norm", {"g": W, "threshold": 0.5}, W * 0.5 / np.linalg.norm(W), np.clip(W, -0.5, 0.5)),
    ("dropout.forward[tanh]", {"W": W, "a": a, "b": b, "r": delta},
     delta * np.tanh(W @ a + b), np.tanh(delta * (W @ a + b))),
    ("dropout.delta", {"W": W, "a": a, "r": delta, "d": u},
     delta * u * sigma(W @ a) * (1 - sigma(W @ a)), u * sigma(W @ a) * (1 - sigma(W @ a))),
    ("convolve", {"x": u, "y": a}, np.convolve(u[:, 0], a[:, 0])[:, None],
     np.convolve(u[::-1, 0], a[:, 0])[:, None]),
    ("correlate", {"x": u, "y": a}, np.convolve(u[::-1, 0], a[:, 0])[:, None],
     np.convolve(u[:, 0], a[:, 0])[:, None]),
    ("ema.update", {"average": W, "theta": J, "share": 0.2}, 0.8 * W + 0.2 * J, 0.2 * W + 0.8 * J),
    ("perceptron.update", {"w": w, "x": xi, "t": side, "rate": 0.3},
     w + 0.3 * side * xi, w - 0.3 * side * xi),
    ("perceptron.update", {"w": w, "x": xi, "t": -side, "rate": 0.3}, w, w - 0.3 * side * xi),
    ("perceptron.bias_update", {"w": w, "x": xi, "t": side, "rate": 0.3, "b": 0.0},
     np.array(0.3 * side), np.array(0.0)),
    ("perceptron.gradient_step", {"w": w, "x": xi, "t": side, "rate": 0.3}, w + 0.3 * side * xi, w),
    ("loss.binary_hinge.gradient", {"a": w, "y": np.sign(w)}, -np.sign(w) * (abs(w) < 1), np.sign(w)),
    ("loss.squared.mean", {"A": X, "Y": 0 * X}, (X**2).sum() / 5, (X**2).sum()),
    ("loss.squared.mean_gradient", {"A": X, "Y": 0 * X}, 2 * X / 5, 2 * X),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "formula", "mistake"), FORMULAS, ids=[row[0] for row in FORMULAS])
def test_a_quantity_is_its_formula(
    name: str, given: dict[str, Array | float], formula: Array, mistake: Array
) -> None:
    """Equal in value and shape (a number for a 1 x 1 formula), and different from a likely mistake."""
    found = quantity(name)(**given)
    if found.ndim == 0:
        formula, mistake = np.asarray(formula).reshape(()), np.asarray(mistake).reshape(())
    assert found.shape == np.shape(formula)
    assert_allclose(found, formula, rtol=1e-12, atol=1e-14)
    assert found.shape != np.shape(mistake) or not np.allclose(found, mistake)


DECK_WEIGHTS = {name: float(RNG.normal()) for name in ("w13", "w14", "w24", "w35", "w45", "w46", "v5", "v6")}


def deck_by_hand(x1: float, x2: float, t: float, w: dict[str, float]) -> dict[str, float]:
    """The slide deck's two passes, line by line; delta_j is dL/da_j there."""
    d = {"a1": x1, "a2": x2}
    d["z3"], d["z4"] = x1 * w["w13"], x1 * w["w14"] + x2 * w["w24"]
    d["a3"], d["a4"] = np.tanh(d["z3"]), np.tanh(d["z4"])
    d["z5"], d["z6"] = d["a3"] * w["w35"] + d["a4"] * w["w45"], d["a4"] * w["w46"]
    d["a5"], d["a6"] = np.tanh(d["z5"]), np.tanh(d["z6"])
    d["z_out"] = d["a_out"] = d["a5"] * w["v5"] + d["a6"] * w["v6"]
    d["loss"] = max(0.0, -d["z_out"] * t)
    slope = {j: 1 - np.tanh(d[f"z{j}"]) ** 2 for j in (3, 4, 5, 6)}
    d["delta_out"] = d["dz_out"] = -t if -d["z_out"] * t > 0 else 0.0
    d["delta6"], d["delta5"] = w["v6"] * d["delta_out"], w["v5"] * d["delta_out"]
    d["delta4"] = w["w46"] * slope[6] * d["delta6"] + w["w45"] * slope[5] * d["delta5"]
    d["delta3"] = w["w35"] * slope[5] * d["delta5"]
    d["delta2"] = w["w24"] * slope[4] * d["delta4"]
    d["delta1"] = w["w14"] * slope[4] * d["delta4"] + w["w13"] * slope[3] * d["delta3"]
    d |= {f"dz{j}": slope[j] * d[f"delta{j}"] for j in (3, 4, 5, 6)}
    d["gradient.v5"], d["gradient.v6"] = d["a5"] * d["delta_out"], d["a6"] * d["delta_out"]
    d |= {f"gradient.w{i}{j}": d[f"a{i}"] * d[f"dz{j}"] for i, j in ("13", "14", "24", "35", "45", "46")}
    return d


@pytest.mark.parametrize("t", [1.0, -1.0])
def test_the_deck_is_the_slides_line_by_line(t: float) -> None:
    """Every quantity of the deck; for one t the loss is active, for the other everything behind it is 0."""
    by_hand = deck_by_hand(0.7, -1.1, t, DECK_WEIGHTS)
    named = {name[5:]: row for name, row in quantities().items() if name.startswith("deck.")}
    assert set(named) == set(by_hand)
    for name, row in named.items():
        target = {"t": t} if "t" in [given.name for given in row.inputs] else {}
        found = row(x1=0.7, x2=-1.1, **DECK_WEIGHTS, **target)
        assert_allclose(found, by_hand[name], rtol=1e-12, atol=1e-15, err_msg=name)


def test_the_printed_gradient_of_w35_is_not_the_networks() -> None:
    """The slides print a_5 where a_3 belongs."""
    by_hand = {t: deck_by_hand(0.7, -1.1, t, DECK_WEIGHTS) for t in (1.0, -1.0)}
    t = max(by_hand, key=lambda t: by_hand[t]["loss"])
    found = quantity("deck.gradient.w35")(x1=0.7, x2=-1.1, t=t, **DECK_WEIGHTS)
    assert by_hand[t]["loss"] > 0
    assert abs(found - by_hand[t]["a5"] * by_hand[t]["dz5"]) > 1e-3


def test_every_activation_and_loss_is_named() -> None:
    names = quantities()
    for s in ACTIVATIONS:
        assert {f"activation.{s}", f"activation.{s}.jacobian", f"activation.{s}.pullback"} <= set(names)
    for row in LOSSES:
        assert {f"loss.{row}", f"loss.{row}.gradient"} <= set(names)
    assert "softmax.jacobian" in names
    assert all(row.doc and row.name == name for name, row in names.items())


NAMES = [("dense.pullback", "W", True), ("dense.pullback", "W1", False), ("mlp.loss", "W12", True),
         ("mlp.loss", "W", False), ("mlp.loss", "W#", False), ("mlp.loss", "W0", False),
         ("deck.z3", "t", False), ("deck.delta3", "t", True), ("activation.elu", "beta", True)]  # fmt: skip


@pytest.mark.parametrize(("name", "variable", "accepted"), NAMES)
def test_a_quantity_knows_its_inputs(name: str, variable: str, accepted: bool) -> None:
    assert quantity(name).accepts(variable) is accepted


def test_the_registry_cannot_be_changed_from_outside() -> None:
    quantities().clear()
    assert "dense.forward" in quantities()


NEAR = [
    ("dense.pulback", "dense.pullback"),
    ("deck.gradient.w53", "deck.gradient.w35"),
    ("softmax.jacobi", "softmax.jacobian"),
    ("activation.sigmod.slope", "activation.sigmoid.slope"),
]


@pytest.mark.parametrize(("wrong", "near"), NEAR)
def test_an_unknown_name_lists_near_ones(wrong: str, near: str) -> None:
    with pytest.raises(UnknownQuantity) as error:
        quantity(wrong)
    assert isinstance(error.value, KeyError)
    assert str(error.value).startswith(f"No quantity is called {wrong}. Did you mean ")
    assert near in str(error.value)


WRONG = [
    (lambda: quantity("dense.forward")(W=W), "dense.forward needs a."),
    (lambda: quantity("dense.forward")(W=W, a=a, c=a), "dense.forward has no input c"),
    (lambda: quantity("dense.forward")(W=W, a=a[:, 0]), "dense.forward: a must be h x 1, but is 2."),
    (lambda: quantity("dense.forward")(W=W, a=a.T), "a must be h x 1 with h = 2 as in W, but is 1 x 2"),
    (lambda: quantity("dense.forward")(W=W, a=delta), "a must be h x 1 with h = 2 as in W, but is 3 x 1"),
    (lambda: quantity("dense.forward")(W=W, a=[[np.nan], [1.0]]), "dense.forward: a holds nan"),
    (lambda: quantity("dense.forward[tanh]")(W=W, a=a), "dense.forward has no option tanh; it has none"),
    (lambda: quantity("dense.pullback[kind=tanh]"), "dense.pullback has no option kind; it has activation"),
    (lambda: quantity("dense.pullback[tanhh]")(W=W, z=z, delta=delta), "is called tanhh"),
    (lambda: quantity("dense.delta[tanh]")(delta=delta), "The slope of tanh needs z, or W and a"),
    (lambda: quantity("mlp.a")(x=x), "mlp.a needs W#"),
    (lambda: quantity("mlp.a")(x=x, W1=W1, W3=W3), "W3 came without W2"),
    (lambda: quantity("mlp.a")(x=x, W1=W1, W2=W3), "Layer 2 takes 4 values but layer 1 gives 3"),
    (lambda: quantity("mlp.a[layer=4]")(**DEEP), "layer must be a number from 1 to 3, or last, not 4"),
    (lambda: quantity("mlp.delta[loss=square]")(**DEEP, y=y), "No loss is called square"),
    (lambda: quantity("descent.update")(theta=W, g=W, rate=z), "rate must be a single number, but is 2 x 1"),
    (lambda: quantity("descent.update")(theta=W, g=W.T, rate=1.0), "g is 2 x 3 but theta is 3 x 2"),
    (lambda: quantity("momentum.update")(theta=W, g=W, rate=1.0, v=1.0, keep=0.5), "The state is a single"),
    (lambda: quantity("ema.update")(average=z, theta=z.T, share=0.5), "average is 2 x 1 but theta is 1 x 2"),
    (lambda: quantity("activation.elu")(z=z, beta=-1.0), "elu: beta must be not negative"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_malformed_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()


def test_a_new_quantity_is_one_row() -> None:
    """Inputs in one line; sizes are compared, a 1 x 1 array is a number, what is optional may be missing."""
    row = Quantity("scaled", inputs("c, x: n x 1, y?: n x 1"), lambda c, x, y=0.0: c * x + y, "c x + y")
    assert_array_equal(row(c=[[2.0]], x=[[1.0], [3.0]]), [[2.0], [6.0]])
    with pytest.raises(ValueError, match="scaled: y must be n x 1 with n = 2 as in x, but is 1 x 1"):
        row(c=2.0, x=[[1.0], [3.0]], y=[[1.0]])

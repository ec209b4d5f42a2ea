"""The small network of the slides, line by line: forward, the loss, and back to the last hidden layer.

    inputs 1, 2        hidden 3, 4        hidden 5, 6        one output, weights v5, v6
    1 -> 3, 1 -> 4, 2 -> 4        3 -> 5, 4 -> 5, 4 -> 6        the connections 2 -> 3 and 3 -> 6 are missing

z is what arrives at a node, a = tanh(z) what leaves it, t = -1 or 1 the label, max(0, -z_out t) the loss.
delta_i is the derivative of the loss in a_i; in its definition a_i is free and its value is put in afterwards.
Every line is compared with the NumPy network. slide_deck_gradients.py goes on from here.
"""

from calcds.notation import *

HERE = sadiku("Backpropagation through Example")
u = Real.symbol("u")


def loss(z_out, t):
    """What an output costs."""
    return Max(0, -z_out*t)


def slope_of_loss(z_out, t):
    """delta_out."""
    return indicator(-z_out*t > 0)*(-t)


@derivation("The forward pass", source=HERE, statements=["sadiku-149"])
def forward(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real, v5: Real, v6: Real):
    """Layer by layer as matrices; a missing connection is a weight 0."""
    W1, W2 = matrix([w13, w14], [0, w24]), matrix([w35, 0], [w45, w46])
    z3, z4 = x1*w13, x1*w14 + x2*w24
    a3, a4 = tanh(z3), tanh(z4)
    z5, z6 = a3*w35 + a4*w45, a4*w46
    a5, a6 = tanh(z5), tanh(z6)
    yield start((W1.T*column(x1, x2))[0], network="deck.z3")
    yield x1*w13,                                          "no connection from 2 to 3", "sadiku-150"
    yield start((W1.T*column(x1, x2))[1], network="deck.z4")
    yield x1*w14 + x2*w24,                                 "both inputs reach node 4", "sadiku-151"
    yield start((W2.T*column(a3, a4))[0], network="deck.z5")
    yield a3*w35 + a4*w45,                                 "both nodes reach node 5", "sadiku-152"
    yield start((W2.T*column(a3, a4))[1], network="deck.z6")
    yield a4*w46,                                          "no connection from 3 to 6", "sadiku-153"
    yield start(tanh(W2.T*tanh(W1.T*column(x1, x2)))[1], network="deck.a6")
    yield a6,                                              "tanh entry by entry", "sadiku-155"
    yield start(column(v5, v6).T*column(a5, a6), network="deck.z_out")
    yield a5*v5 + a6*v6,                                   "the output is linear", "sadiku-154"


@derivation("The loss of a label", source=HERE, statements=["sadiku-156"], network="deck.loss")
def loss_of_output(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                   v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z_out = tanh(a3*w35 + a4*w45)*v5 + tanh(a4*w46)*v6
    yield Max(0, -z_out*t)
    yield piecewise((-z_out*t, z_out*t < 0), (0, True)), "it costs only where output and label have opposite signs"


@derivation("delta_out", source=HERE, statements=["sadiku-157"], network="deck.delta_out")
def delta_out(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
              v5: Real, v6: Real, t: OneOrMinusOne):
    """Away from z_out = 0, where the loss has a kink."""
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z_out = tanh(a3*w35 + a4*w45)*v5 + tanh(a4*w46)*v6
    yield at(diff(Max(0, -u*t), u), u, z_out)
    yield indicator(-z_out*t > 0)*(-t),                    "slope $-t$ where the loss is active"


@derivation("The gradient in v6", source=HERE, statements=["sadiku-158"], network="deck.gradient.v6")
def gradient_v6(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    a5, a6 = tanh(a3*w35 + a4*w45), tanh(a4*w46)
    z_out = a5*v5 + a6*v6
    yield diff(loss(z_out, t), v6)
    yield diff(z_out, v6)*at(diff(loss(u, t), u), u, z_out), "chain rule"
    yield a6*slope_of_loss(z_out, t),                      "the output is linear in $v_6$"


@derivation("The gradient in v5", source=HERE, statements=["sadiku-159"], network="deck.gradient.v5")
def gradient_v5(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    a5, a6 = tanh(a3*w35 + a4*w45), tanh(a4*w46)
    z_out = a5*v5 + a6*v6
    yield diff(loss(z_out, t), v5)
    yield diff(z_out, v5)*at(diff(loss(u, t), u), u, z_out), "chain rule"
    yield a5*slope_of_loss(z_out, t),                      "the output is linear in $v_5$"


@derivation("delta_6", source=HERE, statements=["sadiku-160"], network="deck.delta6")
def delta_6(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
            v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    a5, a6 = tanh(a3*w35 + a4*w45), tanh(a4*w46)
    z_out = a5*v5 + a6*v6
    yield at(diff(loss(a5*v5 + u*v6, t), u), u, a6)
    yield at(diff(a5*v5 + u*v6, u), u, a6)*at(diff(loss(u, t), u), u, z_out), "chain rule"
    yield at(diff(a5*v5 + u*v6, u), u, a6)*slope_of_loss(z_out, t), "$\\delta_{\\mathrm{out}}$"
    yield v6*slope_of_loss(z_out, t),                      "the output is linear in $a_6$"


@derivation("delta_5", source=HERE, statements=["sadiku-161"], network="deck.delta5")
def delta_5(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
            v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    a5, a6 = tanh(a3*w35 + a4*w45), tanh(a4*w46)
    z_out = a5*v5 + a6*v6
    yield at(diff(loss(u*v5 + a6*v6, t), u), u, a5)
    yield at(diff(u*v5 + a6*v6, u), u, a5)*at(diff(loss(u, t), u), u, z_out), "chain rule"
    yield at(diff(u*v5 + a6*v6, u), u, a5)*slope_of_loss(z_out, t), "$\\delta_{\\mathrm{out}}$"
    yield v5*slope_of_loss(z_out, t),                      "the output is linear in $a_5$"

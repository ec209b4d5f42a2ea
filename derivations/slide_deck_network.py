"""The small network of the slides, forward and backward, line by line, each line against the NumPy network.

    inputs 1, 2        hidden 3, 4        hidden 5, 6        one output, weights v5, v6
    1 -> 3, 1 -> 4, 2 -> 4        3 -> 5, 4 -> 5, 4 -> 6        the connections 2 -> 3 and 3 -> 6 are missing

z is what arrives at a node, a = tanh(z) what leaves it, t = -1 or 1 the label, max(0, -z_out t) the loss.
delta_i is the derivative of the loss in a_i; in its definition a_i is free and its value is put in afterwards.
"""

from calcds.notation import *

HERE = sadiku("Backpropagation through Example")
u = Real.symbol("u")


def dtanh(z):
    """The slope of tanh."""
    return 1 - tanh(z)**2


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
    yield at(diff(a5*v5 + u*v6, u), u, a6)*slope_of_loss(z_out, t), "chain rule"
    yield v6*slope_of_loss(z_out, t),                      "the output is linear in $a_6$"


@derivation("delta_5", source=HERE, statements=["sadiku-161"], network="deck.delta5")
def delta_5(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
            v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    a5, a6 = tanh(a3*w35 + a4*w45), tanh(a4*w46)
    z_out = a5*v5 + a6*v6
    yield at(diff(loss(u*v5 + a6*v6, t), u), u, a5)
    yield at(diff(u*v5 + a6*v6, u), u, a5)*slope_of_loss(z_out, t), "chain rule"
    yield v5*slope_of_loss(z_out, t),                      "the output is linear in $a_5$"


@derivation("The gradient in w46", source=HERE, statements=["sadiku-162"], network="deck.gradient.w46")
def gradient_w46(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z6 = a4*w46
    z_out = tanh(a3*w35 + a4*w45)*v5 + tanh(z6)*v6
    delta6 = v6*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w46)
    yield diff(z6, w46)*at(diff(tanh(u), u), u, z6)*delta6, "the path $w_{46} \\to z_6 \\to a_6 \\to L$"
    yield a4*dtanh(z6)*delta6,                             "$z_6$ is linear in $w_{46}$"


@derivation("The gradient in w45", source=HERE, statements=["sadiku-163"], network="deck.gradient.w45")
def gradient_w45(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z5 = a3*w35 + a4*w45
    z_out = tanh(z5)*v5 + tanh(a4*w46)*v6
    delta5 = v5*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w45)
    yield diff(z5, w45)*at(diff(tanh(u), u), u, z5)*delta5, "the path $w_{45} \\to z_5 \\to a_5 \\to L$"
    yield a4*dtanh(z5)*delta5,                             "$z_5$ is linear in $w_{45}$"


@derivation("The gradient in w35", source=HERE, statements=["sadiku-164"], network="deck.gradient.w35")
def gradient_w35(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    """The factor in front is what enters the connection: a_3."""
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z5 = a3*w35 + a4*w45
    z_out = tanh(z5)*v5 + tanh(a4*w46)*v6
    delta5 = v5*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w35)
    yield diff(z5, w35)*at(diff(tanh(u), u), u, z5)*delta5, "the path $w_{35} \\to z_5 \\to a_5 \\to L$"
    yield a3*dtanh(z5)*delta5,                             "$z_5$ is linear in $w_{35}$"


@erratum("The factor in the gradient in w35", source=HERE, statements=["sadiku-164"],
         corrected="gradient_w35")
def gradient_w35_as_printed(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                            v5: Real, v6: Real, t: OneOrMinusOne):
    """The slide has a_5, the end of the connection, where its beginning a_3 belongs."""
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z5 = a3*w35 + a4*w45
    z_out = tanh(z5)*v5 + tanh(a4*w46)*v6
    delta5 = v5*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w35)
    yield tanh(z5)*dtanh(z5)*delta5,                       "as printed: $a_5 \\tanh'(z_5)\\, \\delta_5$"


@derivation("delta_4: two paths", source=HERE, statements=["sadiku-165"], network="deck.delta4")
def delta_4(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
            v5: Real, v6: Real, t: OneOrMinusOne):
    """Node 4 feeds both 5 and 6: two paths, two products."""
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z5, z6 = a3*w35 + a4*w45, a4*w46
    z_out = tanh(z5)*v5 + tanh(z6)*v6
    delta5, delta6 = v5*slope_of_loss(z_out, t), v6*slope_of_loss(z_out, t)
    through = tanh(a3*w35 + u*w45)*v5 + tanh(u*w46)*v6
    yield at(diff(loss(through, t), u), u, a4)
    yield at(diff(through, u), u, a4)*slope_of_loss(z_out, t), "chain rule at the loss"
    yield (w46*dtanh(z6)*v6 + w45*dtanh(z5)*v5)*slope_of_loss(z_out, t), "one product for each path"
    yield w46*dtanh(z6)*delta6 + w45*dtanh(z5)*delta5,     "recognise $\\delta_6$ and $\\delta_5$"


@derivation("delta_3: one path", source=HERE, statements=["sadiku-166"], network="deck.delta3")
def delta_3(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
            v5: Real, v6: Real, t: OneOrMinusOne):
    """Node 3 feeds node 5 only."""
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z5 = a3*w35 + a4*w45
    z_out = tanh(z5)*v5 + tanh(a4*w46)*v6
    delta5 = v5*slope_of_loss(z_out, t)
    yield at(diff(loss(tanh(u*w35 + a4*w45)*v5 + tanh(a4*w46)*v6, t), u), u, a3)
    yield at(diff(tanh(u*w35 + a4*w45), u), u, a3)*delta5, "chain rule at $a_5$"
    yield w35*dtanh(z5)*delta5,                            "chain rule at $z_5$"


@derivation("The gradient in w24", source=HERE, statements=["sadiku-167"], network="deck.gradient.w24")
def gradient_w24(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    a3, z4 = tanh(x1*w13), x1*w14 + x2*w24
    z5, z6 = a3*w35 + tanh(z4)*w45, tanh(z4)*w46
    z_out = tanh(z5)*v5 + tanh(z6)*v6
    delta4 = (w46*dtanh(z6)*v6 + w45*dtanh(z5)*v5)*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w24)
    yield diff(z4, w24)*at(diff(tanh(u), u), u, z4)*delta4, "the path $w_{24} \\to z_4 \\to a_4$, then $\\delta_4$"
    yield x2*dtanh(z4)*delta4,                             "$z_4$ is linear in $w_{24}$"


@derivation("The gradient in w14", source=HERE, statements=["sadiku-168"], network="deck.gradient.w14")
def gradient_w14(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    a3, z4 = tanh(x1*w13), x1*w14 + x2*w24
    z5, z6 = a3*w35 + tanh(z4)*w45, tanh(z4)*w46
    z_out = tanh(z5)*v5 + tanh(z6)*v6
    delta4 = (w46*dtanh(z6)*v6 + w45*dtanh(z5)*v5)*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w14)
    yield diff(z4, w14)*at(diff(tanh(u), u), u, z4)*delta4, "the path $w_{14} \\to z_4 \\to a_4$, then $\\delta_4$"
    yield x1*dtanh(z4)*delta4,                             "$z_4$ is linear in $w_{14}$"


@derivation("The gradient in w13", source=HERE, statements=["sadiku-169"], network="deck.gradient.w13")
def gradient_w13(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    z3, a4 = x1*w13, tanh(x1*w14 + x2*w24)
    z5 = tanh(z3)*w35 + a4*w45
    z_out = tanh(z5)*v5 + tanh(a4*w46)*v6
    delta3 = w35*dtanh(z5)*v5*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w13)
    yield diff(z3, w13)*at(diff(tanh(u), u), u, z3)*delta3, "the path $w_{13} \\to z_3 \\to a_3$, then $\\delta_3$"
    yield x1*dtanh(z3)*delta3,                             "$z_3$ is linear in $w_{13}$"

"""The small network of the slides, from the last hidden layer back to the inputs: one weight, one path at a time.

Names and wiring are those of slide_deck_network.py. A gradient is what enters the connection, times the slope of the
node at its end, times the delta of that node; a node that feeds two others adds two products.
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


@derivation("The gradient in w46", source=HERE, statements=["sadiku-162"], network="deck.gradient.w46")
def gradient_w46(x1: Real, x2: Real, w13: Real, w14: Real, w24: Real, w35: Real, w45: Real, w46: Real,
                 v5: Real, v6: Real, t: OneOrMinusOne):
    a3, a4 = tanh(x1*w13), tanh(x1*w14 + x2*w24)
    z6 = a4*w46
    z_out = tanh(a3*w35 + a4*w45)*v5 + tanh(z6)*v6
    delta6 = v6*slope_of_loss(z_out, t)
    yield diff(loss(z_out, t), w46)
    yield diff(z_out, w46)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w46)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
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
    yield diff(z_out, w45)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w45)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
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
    yield diff(z_out, w35)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w35)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
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
    through = tanh(u*w35 + a4*w45)*v5 + tanh(a4*w46)*v6
    yield at(diff(loss(through, t), u), u, a3)
    yield at(diff(through, u), u, a3)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield at(diff(through, u), u, a3)*slope_of_loss(z_out, t), "$\\delta_{\\mathrm{out}}$"
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
    yield diff(z_out, w24)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w24)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
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
    yield diff(z_out, w14)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w14)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
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
    yield diff(z_out, w13)*at(diff(loss(u, t), u), u, z_out), "chain rule at the loss"
    yield diff(z_out, w13)*slope_of_loss(z_out, t),        "$\\delta_{\\mathrm{out}}$"
    yield diff(z3, w13)*at(diff(tanh(u), u), u, z3)*delta3, "the path $w_{13} \\to z_3 \\to a_3$, then $\\delta_3$"
    yield x1*dtanh(z3)*delta3,                             "$z_3$ is linear in $w_{13}$"

"""Slopes in all directions: the directional derivative, the steepest one, second-order gain and Newton's step."""

from calcds.notation import *

n = Dim("n")
alpha = Real.symbol("alpha")


@derivation("The directional derivative", source=nogga("5.4 Directional Derivative"),
            statements=["nogga-080"])
def directional_derivative(f: Function[n], x: Vector[n], u: Vector[n]):
    """The slope at x on the way along u. As a product it is u^T grad f: row times column."""
    yield limit((f(x + alpha*u) - f(x))/alpha, alpha, 0)
    yield at(diff(f(x + alpha*u), alpha), alpha, 0),       "definition of the derivative"
    yield grad(f(x), x).T*u,                               "chain rule"
    yield u.T*grad(f(x), x),                               "a number equals its transpose"


@erratum("The gradient times a row", source=nogga("5.4 Directional Derivative"), statements=["nogga-081"],
         corrected="directional_derivative", expect="malformed")
def gradient_times_row(f: Function[n], x: Vector[n], u: Vector[n]):
    """With columns, as the summary writes gradients, grad f times u^T is an n x n matrix and no slope."""
    yield at(diff(f(x + alpha*u), alpha), alpha, 0)
    yield grad(f(x), x)*u.T,                               "as printed"


@derivation("The steepest direction", source=nogga("5.4 Directional Derivative"),
            statements=["nogga-082", "nogga-083"])
def steepest_direction(g: Vector[n]):
    """Against the gradient, at length 1, the slope is minus the length of the gradient; cos(pi) = -1."""
    yield assume(Ne(norm(g), 0))
    yield (-(1/norm(g))*g).T*g
    yield -(1/norm(g))*(g.T*g),                            "take out the number"
    yield -(1/norm(g))*norm(g)**2,                         "the square of the length"
    yield norm(g)*cos(pi),                                 "cancel; $\\cos \\pi = -1$"


@derivation("No direction is steeper", source=nogga("5.4 Directional Derivative"),
            statements=["nogga-082", "magyar-055", "nogga-074"])
def no_direction_is_steeper(u: UnitVector[n], g: Vector[n]):
    """The square of any slope is at most the square of the gradient's length: what is missing is the squared length
    of the part of the gradient that does not lie along u. This is the inequality of Cauchy and Schwarz.
    """
    across = g - (u.T*g)*u
    yield norm(across)**2
    yield g.T*g - 2*(u.T*g)**2 + (u.T*g)**2*(u.T*u),       "multiply out"
    yield g.T*g - (u.T*g)**2,                              "$u$ has length 1"
    yield holds((u.T*g)**2 <= g.T*g),                      "a squared length is not negative"


@derivation("A small step downhill", source=nogga("5.1 Error Surface"),
            statements=["nogga-074", "nogga-076", "nogga-075"])
def small_step(f: Function[n], x: Vector[n]):
    """The value along the descent changes at first at the rate -|grad f|^2."""
    g = grad(f(x), x)
    yield at(diff(f(x - alpha*g), alpha), alpha, 0)
    yield g.T*(-g),                                        "chain rule"
    yield -(g.T*g),                                        "minus the squared length: never positive"


@derivation("What a step gains on a quadratic", source=nogga("5.7 The Derivative of second order"),
            statements=["nogga-086"])
def gain_of_a_step(H: Symmetric[n], b: Vector[n], x: Vector[n], rate: Positive):
    """Exactly: the second derivative tells how much of the first-order gain is lost again."""
    f = lambda z: (z.T*H*z)/2 + b.T*z
    g = H*x + b
    yield f(x - rate*g)
    yield (x.T*H*x)/2 - rate*(g.T*H*x) + (rate**2/2)*(g.T*H*g) + b.T*x - rate*(b.T*g), "multiply out; $H$ is symmetric"
    yield f(x) - rate*((H*x + b).T*g) + (rate**2/2)*(g.T*H*g), "collect"
    yield f(x) - rate*(g.T*g) + (rate**2/2)*(g.T*H*g),     "$g = Hx + b$"


@derivation("Newton's step on a quadratic", source=nogga("5.9 Approximate Second-Order Methods"),
            statements=["nogga-093"])
def newton_step(H: PositiveDefinite[n], b: Vector[n], x: Vector[n]):
    """One step leads to the minimum, from anywhere. The summary does not say that H must
    be positive definite for that.
    """
    new = x - H.I*(H*x + b)
    yield at(grad((x.T*H*x)/2 + b.T*x, x), x, new)
    yield H*new + b,                                       "the gradient of a quadratic function"
    yield H*x - H*H.I*(H*x + b) + b,                       "multiply out"
    yield H*x - (H*x + b) + b,                             "$H H^{-1} = I$"
    yield zeros(n),                                        "a stationary point"


@derivation("One Newton step", source=nogga("5.9 Approximate Second-Order Methods"), statements=["nogga-093"],
            network="newton.update")
def newton_update(theta: Vector[n], g: Vector[n], H: PositiveDefinite[n]):
    """The learning rate becomes a matrix: gradient descent is the case H = I/rate."""
    yield theta + H.I*(-g)
    yield theta - H.I*g,                                   "take out the sign"


@derivation("Newton's step without a minimum", source=nogga("5.9 Approximate Second-Order Methods"),
            statements=["nogga-093"])
def newton_step_to_a_maximum(x: Real):
    """On 1 - x^2 the step leads to x = 0, which is the maximum: Newton looks for stationary points."""
    f = 1 - x**2
    yield x - diff(f, x)/diff(f, (x, 2))
    yield x - (-2*x)/Rational(-2),                         "power rule, twice"
    yield 0,                                               "the top of the parabola"


@erratum("Newton's step is not always a descent", source=nogga("5.9 Approximate Second-Order Methods"),
         statements=["nogga-093"], corrected="newton_step_to_a_maximum")
def newton_descends(x: Nonzero):
    """Said to find the minimum. On 1 - x^2 it raises the value from 1 - x^2 to 1."""
    new = x - diff(1 - x**2, x)/diff(1 - x**2, (x, 2))
    yield holds(1 - new**2 <= 1 - x**2),                   "as stated: a step towards the minimum"

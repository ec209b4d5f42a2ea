"""Gradient descent: the update, the direction of steepest descent, a step size that goes in circles, Newton's step."""

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
    """The square of any slope is at most the square of the gradient's length: Cauchy and Schwarz."""
    yield holds((u.T*g)**2 <= (u.T*u)*(g.T*g)),            "the inequality of Cauchy and Schwarz"


@derivation("A small step downhill", source=nogga("5.1 Error Surface"),
            statements=["nogga-074", "nogga-076", "nogga-075"])
def small_step(f: Function[n], x: Vector[n]):
    """The value along the descent changes at first at the rate -|grad f|^2."""
    g = grad(f(x), x)
    yield at(diff(f(x - alpha*g), alpha), alpha, 0)
    yield g.T*(-g),                                        "chain rule"
    yield -(g.T*g),                                        "minus the squared length: never positive"


@derivation("An update", source=sadiku("Gradient Descent"),
            statements=["sadiku-069", "oh-052", "oh-048", "nogga-076"], network="descent.update")
def update(theta: Vector[n], g: Vector[n], rate: Positive):
    """Every parameter moves against its own slope."""
    yield by_entries(n, lambda l: theta[l] - rate*g[l])
    yield theta - rate*g,                                  "all entries at once"


@derivation("A quadratic in two variables", source=sadiku("Gradient Descent Exercise"),
            statements=["sadiku-071", "sadiku-070"])
def exercise_gradient(x: Vector[2]):
    """The odd constant of the exercise plays no part."""
    f = (x[0]**2)/2 + x[1]**2 + 2*x[0] + x[1] + cos(sin(sqrt(pi)))
    yield grad(f, x)
    yield column(diff((x[0]**2)/2 + 2*x[0], x[0]), diff(x[1]**2 + x[1], x[1])), "each entry has its own terms"
    yield column(x[0] + 2, 2*x[1] + 1),                    "power rule"


@derivation("Its minimum", source=sadiku("Gradient Descent Exercise"), statements=["sadiku-071"])
def exercise_minimum(x: Vector[2]):
    """Where the gradient vanishes; completing the squares shows that it is the lowest point."""
    yield (x[0]**2)/2 + x[1]**2 + 2*x[0] + x[1]
    yield ((x[0] + 2)**2)/2 + (x[1] + Rational(1, 2))**2 - Rational(9, 4), "complete both squares"
    yield start(at(column(x[0] + 2, 2*x[1] + 1), x, column(-2, Rational(-1, 2))))
    yield zeros(2),                                        "the gradient at $(-2, -1/2)$"


@derivation("Three steps", source=sadiku("Gradient Descent Exercise"),
            statements=["sadiku-072", "sadiku-073", "sadiku-074"])
def exercise_steps():
    """From (0, 0) with step size 1. The third step returns to the first."""
    def step(x, y):
        return column(x, y) - 1*column(x + 2, 2*y + 1)
    yield step(Rational(0), Rational(0))
    yield column(0, 0) - column(2, 1),                     "the gradient at $(0, 0)$", "sadiku-072"
    yield column(-2, -1),                                  "the first point", "sadiku-072"
    yield start(step(Rational(-2), Rational(-1)))
    yield column(-2, -1) - column(0, -1),                  "the gradient at $(-2, -1)$", "sadiku-073"
    yield column(-2, 0),                                   "the second point", "sadiku-073"
    yield start(step(Rational(-2), Rational(0)))
    yield column(-2, 0) - column(0, 1),                    "the gradient at $(-2, 0)$", "sadiku-074"
    yield column(-2, -1),                                  "the first point again", "sadiku-074"


@derivation("Going in circles", source=sadiku("Gradient Descent Exercise"), statements=["sadiku-075"])
def two_cycle(x: Vector[2]):
    """Two steps of size 1: the first coordinate is at its minimum at once, the second comes back to where
    it was.
    """
    def step(p):
        return p - column(p[0] + 2, 2*p[1] + 1)
    yield step(step(x))
    yield step(column(-2, -x[1] - 1)),                     "the inner step"
    yield column(-2, x[1]),                                "the outer step: for ever between two points"


@derivation("A smaller step size", source=sadiku("Gradient Descent Exercise"),
            statements=["sadiku-076", "nogga-084"])
def smaller_step(x: Vector[2], tau: Interval(0, 1)):
    """The errors are multiplied by 1 - tau and 1 - 2 tau; both are smaller than 1 in size for 0 < tau < 1."""
    new = x - tau*column(x[0] + 2, 2*x[1] + 1)
    yield new - column(-2, Rational(-1, 2))
    yield column((1 - tau)*(x[0] + 2), (1 - 2*tau)*(x[1] + Rational(1, 2))), "subtract the minimum"
    yield holds(Abs(1 - tau) < 1),                         "$0 < \\tau < 1$"
    yield holds(Abs(1 - 2*tau) < 1),                       "$0 < 2\\tau < 2$"


@derivation("Too large a step size", source=nogga("5.5 Learning Rate"), statements=["nogga-084"])
def too_large_a_step(x: Real, a: Positive, rate: Positive):
    """On (a/2) x^2 each step multiplies x by 1 - rate a: it converges only for rate < 2/a."""
    yield x - rate*diff((a*x**2)/2, x)
    yield x - rate*(a*x),                                  "power rule"
    yield (1 - rate*a)*x,                                  "collect"


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
    """One step leads to the minimum, from anywhere. The summary does not say that H must be positive
    definite for that.
    """
    new = x - H.I*(H*x + b)
    yield at(grad((x.T*H*x)/2 + b.T*x, x), x, new)
    yield H*new + b,                                       "the gradient of a quadratic function"
    yield H*x - H*H.I*(H*x + b) + b,                       "multiply out"
    yield H*x - (H*x + b) + b,                             "$H H^{-1} = I$"
    yield zeros(n),                                        "a stationary point"


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


@derivation("Stationary, but not a minimum", source=magyar("3 Learning, gradient descent"),
            statements=["magyar-056", "nogga-068", "nogga-079"])
def stationary_saddle(x: Vector[2]):
    """x^2 - y^2: from a point with y = 0 gradient descent runs into the saddle at 0 and stays there."""
    f = x[0]**2 - x[1]**2
    yield at(grad(f, x), x, zeros(2))
    yield at(column(2*x[0], -2*x[1]), x, zeros(2)),        "power rule"
    yield zeros(2),                                        "stationary"
    yield start(at(f, x, column(0, 1)))
    yield -1,                                              "but lower beside it"


@derivation("Convex functions", source=nogga("4.2 Convex Functions"), statements=["nogga-069"])
def convex_square(x: Real, y: Real, t: Interval(0, 1)):
    """For a square the gap between chord and graph is t(1 - t)(x - y)^2, and that is never negative."""
    yield t*x**2 + (1 - t)*y**2 - (t*x + (1 - t)*y)**2
    yield t*(1 - t)*x**2 - 2*t*(1 - t)*x*y + t*(1 - t)*y**2, "multiply out"
    yield t*(1 - t)*(x - y)**2,                            "a complete square"
    yield holds(t*(1 - t)*(x - y)**2 >= 0),                "$0 < t < 1$"


@derivation("A convex function with many minima", source=nogga("4.2 Convex Functions"),
            statements=["nogga-070"])
def flat_convex_function(x: Interval(-1, 1)):
    """max(0, |x| - 1) is convex and 0 on the whole interval. Strictly convex functions have at most one
    minimum.
    """
    yield Max(0, Abs(x) - 1)
    yield 0,                                               "$|x| < 1$"


@erratum("A convex function may have many minima", source=nogga("4.2 Convex Functions"), statements=["nogga-070"],
         corrected="flat_convex_function")
def one_minimum_only(x: Interval(-1, 1)):
    """If the convex function max(0, |x| - 1) had one minimum only, at 0, it would be larger elsewhere."""
    yield assume(Ne(x, 0))
    yield holds(Max(0, Abs(x) - 1) > 0),                   "as stated: no other minimum than the one at 0"


@derivation("From any start, two steps go in a circle", source=magyar("3 Learning, gradient descent"),
            statements=["magyar-056", "magyar-054"])
def no_convergence(x: Real):
    """On x^2 + x with step size 1, which is the second coordinate of the exercise above."""
    once = x - diff(x**2 + x, x)
    yield at(x - (2*x + 1), x, once)
    yield -once - 1,                                       "collect"
    yield x,                                               "back at the start"


@erratum("More steps need not come closer", source=magyar("3 Learning, gradient descent"), statements=["magyar-056"],
         corrected="no_convergence")
def more_steps_come_closer(x: Real):
    """The notes let the error converge to a minimum as more and more steps are made. Here the steps never get shorter."""
    yield assume(Ne(x, Rational(-1, 2)))
    yield holds(Abs((-x - 1) + Rational(1, 2)) < Abs(x + Rational(1, 2))), "as stated: a step towards the minimum at -1/2"

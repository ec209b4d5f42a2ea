"""Gradient descent: the update, an exercise that goes in circles, and the size of the step."""

from calcds.notation import *

n = Dim("n")


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
    """Two steps of size 1: the first coordinate is at its minimum at once, the second comes back to where it was."""
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

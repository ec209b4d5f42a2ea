"""Training loops, one step at a time: what an update, a batch and a penalty compute.

The loops of the documents are programs; what they state as mathematics is one step of each.
"""

from calcds.notation import *

k, h, m, n = map(Dim, "khmn")
i = Index("i")


@derivation("One step of training", source=sadiku("Training Neural Networks"),
            statements=["sadiku-187", "sadiku-135", "magyar-087", "magyar-086", "nogga-102"],
            network="descent.update")
def one_step(theta: Vector[n], g: Vector[n], rate: Positive):
    """Initialise, go forward, go backward for the gradient g, step; and again. The documents write the step as an
    equation, but it is an assignment: as an equation it would say that g is zero.
    """
    yield theta + rate*(-g)
    yield theta - rate*g,                                  "against the gradient"


@derivation("The step as an equation", source=sadiku("Numerical Differentiation"),
            statements=["sadiku-135", "sadiku-187"])
def step_as_an_equation(theta: Vector[n], g: Vector[n], rate: Positive):
    """Read as an equation, the update holds exactly where nothing is left to learn."""
    yield Eq(theta, theta - rate*g)
    yield Eq(rate*g, zeros(n)),                            "subtract $\\theta$"
    yield Eq(g, zeros(n)),                                 "divide by the rate"


@derivation("The step of a weight matrix", source=magyar("3.2 Basic backpropagation algorithm"),
            statements=["magyar-095", "magyar-096"], network="descent.update")
def step_of_a_matrix(theta: Matrix[k, h], g: Matrix[k, h], rate: Positive):
    """Entry by entry and in matrix form. The row that keeps the constant neuron at 1 must not be updated."""
    yield by_entries((k, h), lambda a, b: theta[a, b] - rate*g[a, b])
    yield theta - rate*g,                                  "all entries at once"


@derivation("A batch: clear, add, average", source=magyar("3.2 Basic backpropagation algorithm"),
            statements=["magyar-089", "magyar-090", "magyar-093", "oh-050"])
def sum_and_average(g: Matrix[m, n], theta: Vector[n], rate: Positive):
    """The loop starts at 0 and adds the gradients of m examples, the rows of g. The text speaks of their average,
    the algorithm applies their sum: the same step if the rate is divided by m.
    """
    yield theta - (rate/m)*Sum(g.T*unit(m, i), (i, m))
    yield theta - (rate/m)*(g.T*ones(m)),                  "the columns of $g^T$, added"
    yield theta - rate*((g.T*ones(m))/m),                  "the average"


@derivation("The error of training and of validation", source=magyar("3.3 Training and testing"),
            statements=["magyar-098", "magyar-097", "magyar-112"], network="loss.half_squared")
def error_of_an_example(a: Vector[k], y: Vector[k]):
    """y - a or a - y makes no difference to the error, though it does to its gradient."""
    yield (norm(y - a)**2)/2
    yield ((y - a).T*(y - a))/2,                           "the square of the Euclidean norm"
    yield ((a - y).T*(a - y))/2,                           "two signs cancel"


@derivation("Penalty and data pull with the right signs", source=magyar("3.3.2.1 Norm-based regularization"),
            statements=["magyar-102", "magyar-110", "magyar-101"])
def penalised_step(w: Vector[n], a: Real, y: Real, x: Vector[n], lam: Positive):
    """One linear neuron: the gradient that the loop adds up for one example."""
    yield grad(((w.T*x - y)**2)/2 + lam*((w.T*w)/2), w)
    yield (w.T*x - y)*x + lam*w,                           "chain rule; the gradient of a squared length"


@erratum("Penalty and data pull against each other", source=magyar("3.3.2.1 Norm-based regularization"),
         statements=["magyar-102"], corrected="penalised_step")
def penalised_step_as_printed(w: Vector[n], y: Real, x: Vector[n], lam: Positive):
    """Algorithm 12 adds the penalty to (y - a) a, minus the gradient of the data: no sign of the step serves both."""
    yield grad(((w.T*x - y)**2)/2 + lam*((w.T*w)/2), w)
    yield (y - w.T*x)*x + lam*w,                           "as printed"

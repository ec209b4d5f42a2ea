"""Training loops, one step at a time: what an epoch, a batch and an update compute.

The loops of the documents are programs; what they state as mathematics is one step of each.
"""

from calcds.notation import *

k, h, m, n, N = map(Dim, "khmnN")
i, j = map(Index, "ij")


@derivation("One step of training", source=sadiku("Training Neural Networks"),
            statements=["sadiku-187", "sadiku-135", "magyar-087", "magyar-086", "nogga-102"],
            network="descent.update")
def one_step(theta: Vector[n], g: Vector[n], rate: Positive):
    """Initialise, go forward, go backward for the gradient g, step; and again. The documents write the step
    as an equation, but it is an assignment: as an equation it would say that g is zero.
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
    """The loop starts at 0 and adds the gradients of m examples, the rows of g. The text speaks of their
    average, the algorithm applies their sum: the same step if the rate is divided by m.
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
    """Algorithm 12 adds the penalty to (y - a) a, minus the gradient of the data: no sign of the step
    serves both.
    """
    yield grad(((w.T*x - y)**2)/2 + lam*((w.T*w)/2), w)
    yield (y - w.T*x)*x + lam*w,                           "as printed"


@derivation("A gradient, row by row", source=oh("Chain rule"), statements=["oh-068", "oh-016", "oh-074"])
def gradient_by_rows(L: Function[k], W: Matrix[k, h], x: Vector[h], b: Vector[k], l: Index[k], q: Index[h]):
    """Row l of the gradient in W is the slope in score l times x^T."""
    s = Vector[k].symbol("s")
    yield grad(L(W*x + b), W)[l, q]
    yield at(diff(L(s), s[l]), s, W*x + b)*diff((W*x + b)[l], W[l, q]), "score $l$ alone depends on row $l$"
    yield at(diff(L(s), s[l]), s, W*x + b)*x[q],           "with slope $x_q$"


@derivation("A layer in components", source=oh("Analytic Gradient: Linear Equation"),
            statements=["oh-069", "oh-011"])
def scores(W: Matrix[k, h], x: Vector[h], b: Vector[k]):
    yield W*x + b
    yield by_entries(k, lambda l: Sum(W[l, j]*x[j], (j, h)) + b[l]), "each score has its own row and bias"


@derivation("A network loss that is not convex", source=sadiku("Non-convex error function"),
            statements=["sadiku-142"])
def not_convex(y: Positive):
    """(v u - y^2)^2 is 0 at u = v = y and at u = v = -y, but y^4 half way between."""
    loss = lambda u, v: (v*u - y**2)**2
    yield (loss(y, y) + loss(-y, -y))/2
    yield 0,                                               "zero at both ends"
    yield start(loss((y - y)/2, (y - y)/2))
    yield y**4,                                            "half way: larger than the mean of the ends"


@derivation("Steps that shrink by themselves", source=magyar("3 Learning, gradient descent"),
            statements=["magyar-057"])
def shrinking_steps(x: Real, a: Positive, rate: Positive):
    """A step that is proportional to the gradient gets shorter towards the minimum of (a/2) x^2."""
    yield Abs(rate*diff((a*x**2)/2, x))
    yield Abs(rate*a*x),                                   "power rule"
    yield rate*a*Abs(x),                                   "proportional to the distance from the minimum"


@derivation("The slope at an extremum is zero", source=magyar("A.40.1.1 Practical applications"),
            statements=["magyar-166", "magyar-147", "magyar-148"])
def slope_at_extremum(a: Positive, c: Real, d: Real, x: Real):
    """A parabola a (x - c)^2 + d has its smallest value d at c, and there its slope vanishes."""
    yield holds(a*(x - c)**2 + d >= d),                    "a square is not negative: $c$ is a global minimum"
    yield start(at(diff(a*(x - c)**2 + d, x), x, c))
    yield at(2*a*(x - c), x, c),                           "power rule"
    yield 0,                                               "put in $c$"


@derivation("An empty interval", source=magyar("A.7 Interval"), statements=["magyar-123", "magyar-122"])
def empty_interval(a: Real, x: Real):
    """Nothing lies strictly between a and a; only a itself lies in the closed interval."""
    yield holds(Not(And(a < x, x < a))),                   "$x$ cannot be on both sides of $a$"


@derivation("Products of many numbers", source=magyar("A.15 Product of many numbers"),
            statements=["magyar-131"])
def products(a: Vector[n], c: Real):
    yield Product(c*a[i], (i, n))
    yield c**n*Product(a[i], (i, n)),                      "each factor brings one $c$"


@derivation("The sign of a slope", source=oh("First derivative"), statements=["oh-054"])
def sign_of_a_slope(a: Positive, x: Real, rate: Positive):
    """On (a/2) x^2 the step against the slope leads towards the minimum, as long as it is not too long."""
    yield assume(rate*a < 1)
    yield holds(Abs(x - rate*diff((a*x**2)/2, x)) <= Abs(x)), "$x$ is multiplied by $1 - $ rate times $a$"


@derivation("The gradient of a network for one example", source=oh("Backpropagation"), statements=["oh-051"])
def one_example(W: Matrix[k, h], x: Vector[h], y: Vector[k]):
    """Backpropagation computes this for a single pair of input and output."""
    yield grad((norm(W*x - y)**2)/2, W)
    yield pullback(W*x - y, W*x, W),                       "half a squared length has the gradient $Wx - y$"
    yield (W*x - y)*x.T,                                   "an outer product"


@derivation("Cancellation in the difference quotient", source=sadiku("Numerical Differentiation"), statements=["sadiku-141"])
def cancellation(f: Function, x: Real, h_: Positive, e: Real):
    """If each value of f carries a rounding error, say e and -e, the quotient carries e/h: the smaller h, the larger."""
    yield ((f(x + h_) + e) - (f(x - h_) - e))/(2*h_) - (f(x + h_) - f(x - h_))/(2*h_)
    yield e/h_,                                            "the errors add up and are divided by the step"


@derivation("Three points on a parabola", source=oh("Over-fitting"), statements=["oh-008"])
def interpolation(y: Vector[3]):
    """A polynomial with as many coefficients as data points fits them exactly, noise included; here at x = -1, 0, 1."""
    V = matrix([1, -1, 1], [1, 0, 0], [1, 1, 1])
    yield V*column(y[1], (y[2] - y[0])/2, (y[0] - 2*y[1] + y[2])/2)
    yield y,                                               "row by row"


@derivation("Two points that no line separates from their midpoint", source=sadiku("The Perceptron"),
            statements=["sadiku-127", "sadiku-129"])
def not_separable(w: Vector[n], p: Vector[n], q: Vector[n], b: Real):
    """The score at a midpoint is the mean of the two scores: if these are positive, it cannot be negative. So not every
    set of points can be classified, and then the loop of the algorithm never ends.
    """
    yield w.T*((p + q)/2) + b
    yield ((w.T*p + b) + (w.T*q + b))/2,                   "the score is linear"


@derivation("A hyperplane and its two sides", source=magyar("2.2.2 Examples"), statements=["magyar-046"])
def two_sides(w: Vector[n], x: Vector[n], b: Real, s: Real):
    """Starting on the plane and going along w, the score changes in proportion to the way: one side is positive."""
    yield assume(Eq(w.T*x + b, 0))
    yield w.T*(x + s*w) + b
    yield (w.T*x + b) + s*(w.T*w),                         "multiply out"
    yield s*(w.T*w),                                       "$x$ lies on the plane"

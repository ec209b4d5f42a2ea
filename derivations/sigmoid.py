"""The sigmoid function: every step of its derivative, for any steepness beta and height gamma.

Its slope is expressed by its own value, which the forward pass of a network has computed already.
"""

from calcds.notation import *

n = Dim("n")
w = Real.symbol("w")


@derivation("The exponential is positive", source=magyar("2.1.1.3 Sigmoid function"),
            statements=["magyar-010"])
def exponential_is_positive(beta: Real, x: Real):
    """So one may divide by it, and 1 + e^(-beta x) is never zero."""
    yield holds(exp(beta*x) > 0),                          "the exponential of a real number"


@derivation("Two forms of the sigmoid", source=magyar("2.1.1.3 Sigmoid function"),
            statements=["magyar-008", "magyar-011"], network="activation.sigmoid")
def two_forms(z: Real, beta: Real, gamma: Nonzero):
    yield gamma/(1 + exp(-beta*z))
    yield gamma/(1 + 1/exp(beta*z)),                       "$e^{-u} = 1/e^u$"
    yield (gamma/(1 + 1/exp(beta*z)))*1,                   "times one"
    yield (gamma/(1 + 1/exp(beta*z)))*(exp(beta*z)/exp(beta*z)), "one, written as a fraction"
    yield (gamma*exp(beta*z))/(exp(beta*z) + 1),           "multiply out below"


@derivation("The derivative of the sigmoid by the quotient rule", source=magyar("2.1.1.3 Sigmoid function"),
            statements=["magyar-009", "magyar-012"], network="activation.sigmoid.slope")
def quotient_rule(z: Real, beta: Real, gamma: Nonzero):
    """The transcript garbles two lines of this chain; they are restored here."""
    e = exp(beta*z)
    s = gamma*e/(e + 1)
    yield diff(s, z)
    yield (diff(gamma*e, z)*(e + 1) - gamma*e*diff(e + 1, z))/(e + 1)**2, "quotient rule"
    yield ((gamma*beta*e)*(e + 1) - gamma*e*(beta*e))/(e + 1)**2, "chain rule for $e^{\\beta z}$"
    yield (gamma*beta*exp(2*beta*z) + gamma*beta*e - gamma*beta*exp(2*beta*z))/(e + 1)**2, "multiply out"
    yield (gamma*beta*e)/(e + 1)**2,                       "two terms cancel"
    yield ((gamma*beta*e)/(e + 1))*(1/(e + 1)),            "split the square"
    yield ((gamma*beta*e)/(e + 1))*((e + 1 - e)/(e + 1)),  "$1 = e^{\\beta z} + 1 - e^{\\beta z}$"
    yield ((gamma*beta*e)/(e + 1))*((e + 1)/(e + 1) - e/(e + 1)), "split the fraction"
    yield ((gamma*beta*e)/(e + 1))*(1 - e/(e + 1)),        "cancel"
    yield beta*s*(1 - s/gamma),                            "recognise the sigmoid"


@derivation("The derivative of the logistic sigmoid", source=oh("Analytic Gradient: Sigmoid Function"),
            statements=["oh-077", "sadiku-180", "nogga-123"], network="activation.sigmoid.slope")
def logistic(z: Real):
    """Steepness and height 1."""
    s = 1/(1 + exp(-z))
    yield diff(s, z)
    yield exp(-z)/(1 + exp(-z))**2,                        "chain rule on $(1 + e^{-z})^{-1}$"
    yield (exp(-z)/(1 + exp(-z)))*(1/(1 + exp(-z))),       "split the square"
    yield ((1 + exp(-z) - 1)/(1 + exp(-z)))*s,             "$e^{-z} = 1 + e^{-z} - 1$"
    yield (1 - s)*s,                                       "split the fraction"


@derivation("The sigmoid with positive exponents", source=sadiku("Choice of Nonlinear Activation Function"),
            statements=["sadiku-180"], network="activation.sigmoid")
def positive_exponents(z: Real):
    yield exp(z)/(1 + exp(z))
    yield 1/(exp(-z) + 1),                                 "divide above and below by $e^z$"
    yield sigmoid(z),                                      "definition of the sigmoid"


@derivation("The sigmoid of a vector", source=oh("Analytic Gradient: Sigmoid Function"), statements=["oh-078"],
            network="activation.sigmoid.jacobian")
def of_a_vector(z: Vector[n]):
    """Each output depends on its own input only, so the Jacobian is diagonal."""
    yield jacobian(sigmoid(z), z)
    yield by_entries((n, n), lambda i, j: diff(sigmoid(z[i]), z[j])), "entry by entry"
    yield by_entries((n, n), lambda i, j: sigmoid(z[i])*(1 - sigmoid(z[i]))*delta(i, j)), "only $i = j$ remains"
    yield diag(hadamard(sigmoid(z), ones(n) - sigmoid(z))), "a diagonal matrix"


@derivation("Symmetry of the sigmoid")
def symmetry(z: Real):
    """Turning the graph by half a turn about (0, 1/2) leaves it as it is."""
    yield sigmoid(-z)
    yield 1/(1 + exp(z)),                                  "definition of the sigmoid"
    yield (1 + exp(z) - exp(z))/(1 + exp(z)),              "add and subtract $e^z$"
    yield 1 - exp(z)/(1 + exp(z)),                         "split the fraction"
    yield 1 - sigmoid(z),                                  "the form with positive exponents"


@derivation("The slope is at most a quarter")
def largest_slope(z: Real):
    """A reason for vanishing gradients: each sigmoid layer multiplies by at most 1/4."""
    s = sigmoid(z)
    yield s*(1 - s)
    yield Rational(1, 4) - (s - Rational(1, 2))**2,        "complete the square"


@derivation("Nearly linear for small weights", source=nogga("10.2.1 Very Small Weights"),
            statements=["nogga-157"])
def small_weights(x: Real):
    """sigma(wx) = 1/2 + wx/4 + ...: divided by w, what is above 1/2 tends to x/4, a linear function of x."""
    yield limit((sigmoid(w*x) - Rational(1, 2))/w, w, 0)
    yield at(diff(sigmoid(w*x), w), w, 0),                 "this limit is a derivative"
    yield at(sigmoid(w*x)*(1 - sigmoid(w*x))*x, w, 0),     "chain rule"
    yield x/4,                                             "$\\sigma(0) = 1/2$"


@derivation("Flat for large weights", source=nogga("10.2.2 Very Large Weights"), statements=["nogga-158"])
def large_weights(x: Positive):
    """Away from x = 0 the slope in w dies out as the weight grows."""
    yield limit(diff(sigmoid(w*x), w), w, oo)
    yield limit(x*exp(-w*x)/(1 + exp(-w*x))**2, w, oo),    "chain rule"
    yield 0,                                               "the exponential wins"


@derivation("Softmax of two classes is a sigmoid", source=nogga("8.5 Activation Functions"),
            statements=["nogga-130"])
def two_classes(s: Vector[2]):
    """Only the difference of the two scores matters."""
    yield softmax(s)[0]
    yield exp(s[0])/(exp(s[0]) + exp(s[1])),               "definition of softmax"
    yield 1/(1 + exp(s[1] - s[0])),                        "divide above and below by $e^{s_0}$"
    yield sigmoid(s[0] - s[1]),                            "definition of the sigmoid"


@derivation("The hyperbolic tangent is a sigmoid", source=nogga("8.5 Activation Functions"),
            statements=["nogga-124"])
def tanh_is_a_sigmoid(z: Real):
    """Twice as steep, twice as high, and shifted down by one."""
    yield tanh(z)
    yield (exp(z) - exp(-z))/(exp(z) + exp(-z)),           "definition of tanh"
    yield (1 - exp(-2*z))/(1 + exp(-2*z)),                 "divide above and below by $e^z$"
    yield (2 - (1 + exp(-2*z)))/(1 + exp(-2*z)),           "$1 - u = 2 - (1 + u)$"
    yield 2*sigmoid(2*z) - 1,                              "split the fraction"


@derivation("Binary cross-entropy behind a sigmoid", network="loss.sigmoid_cross_entropy.gradient")
def cross_entropy_behind_a_sigmoid(a: Real, y: Interval(0, 1)):
    """As with softmax all fractions cancel: what is left is the error."""
    s = sigmoid(a)
    yield diff(-(y*log(s) + (1 - y)*log(1 - s)), a)
    yield -(y/s - (1 - y)/(1 - s))*diff(s, a),             "chain rule for the logarithms"
    yield -(y/s - (1 - y)/(1 - s))*(s*(1 - s)),            "the derivative of the sigmoid"
    yield -(y*(1 - s) - (1 - y)*s),                        "cancel in each fraction"
    yield s - y,                                           "multiply out"

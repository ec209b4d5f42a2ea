"""Claims that are false as written: slips of the documents, of textbooks, of exam papers and of program libraries."""

from __future__ import annotations

from sympy import (
    Abs,
    Add,
    Derivative,
    Determinant,
    E,
    HadamardProduct,
    Heaviside,
    Identity,
    Integer,
    Integral,
    Inverse,
    KroneckerDelta,
    Limit,
    Max,
    Mul,
    Piecewise,
    Pow,
    Q,
    Rational,
    Sum,
    Trace,
    Transpose,
    asin,
    atan,
    cos,
    exp,
    floor,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    tan,
    tanh,
    true,
)

from benchmarks.decide.model import Entry, Row, table
from benchmarks.decide.symbols import A, B, X, f, i, j, k, m, n, p, phi, q, t, x, xc, xv, y, yc, yv, z

# group -> (where it is met, claim)
FALSE: dict[str, list[Entry]] = {
    "polynomial": [
        ("freshman's dream", lambda: ((x + y)**2, x**2 + y**2)),
        ("cancelling a summand", lambda: ((x + y)/(x + z), y/z)),
        ("sum of fractions", lambda: (1/x + 1/y, 2/(x + y))),
        ("right at 0, 1 and 2 only", lambda: (x**3 - 3*x**2 + 2*x, 0)),
        ("equal at the first six integers", lambda: (x*(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5) + x**2, x**2)),
        ("a tiny coefficient", lambda: ((1 + Rational(1, 10**18))*x*y, x*y)),
    ],
    "exp-log-powers": [
        ("root of a square, both signs", lambda: (sqrt(x**2), x)),
        ("logarithm of a product, both signs", lambda: (log(x*y), log(x) + log(y))),
        ("logarithm of a square, both signs", lambda: (log(x**2), 2*log(x))),
        ("power of a power, both signs", lambda: ((x**2)**Rational(1, 2), x)),
        ("product of roots, both signs", lambda: (sqrt(x)*sqrt(y), sqrt(x*y))),
        ("real cube root, negative argument", lambda: ((x**3)**Rational(1, 3), x)),
        ("logarithm of a sum", lambda: (log(p + q), log(p) + log(q))),
        ("quotient of logarithms", lambda: (log(p)/log(q), log(p - q), p > q)),
        ("exponential of a product", lambda: (exp(x*y), exp(x)*exp(y))),
        ("complex power", lambda: (exp(2*pi*x*Pow(-1, Rational(1, 2))), 1)),
    ],
    "trigonometric": [
        ("sine of a sum", lambda: (sin(x + y), sin(x) + sin(y))),
        ("arcsine of a sine, everywhere", lambda: (asin(sin(x)), x)),
        ("sum of arctangents, no condition; Fungrim 3ea11b", lambda: (atan(x) + atan(y), atan((x + y)/(1 - x*y)))),
        ("arctangent of a reciprocal, both signs; Fungrim e3d274", lambda: (atan(1/x), pi/2 - atan(x))),
        ("root of 1 - sin^2", lambda: (sqrt(1 - sin(x)**2), cos(x))),
        ("half angle without its sign", lambda: (sin(x/2), sqrt((1 - cos(x))/2))),
        ("integer multiples, parity forgotten", lambda: (cos(k*pi), 1)),
    ],
    "kinks": [
        ("absolute value of a sum", lambda: (Abs(x + y), Abs(x) + Abs(y))),
        ("maximum times a number of either sign", lambda: (Max(z*x, z*y), z*Max(x, y))),
        ("sign of a sum", lambda: (sign(x + y), sign(x) + sign(y))),
        ("two steps", lambda: (Heaviside(x)*Heaviside(y), Heaviside(x + y))),
        ("floor of a double", lambda: (floor(2*x), 2*floor(x))),
        ("leaky rectifier as a maximum, any slope", lambda: (Max(x, p*x), Piecewise((x, x > 0), (p*x, True)))),
    ],
    "derivatives": [
        ("product of derivatives", lambda: (Derivative(x**2*exp(x), x), 2*x*exp(x))),
        ("inner derivative forgotten", lambda: (Derivative(sin(x**2), x), cos(x**2))),
        ("power rule on an exponential", lambda: (Derivative(p**x, x), x*p**(x - 1))),
        ("derivative of the logarithm of |x|", lambda: (Derivative(log(Abs(x)), x), 1/Abs(x))),
    ],
    "integrals": [
        ("antiderivative of a product", lambda: (Integral(t*exp(t), (t, 0, x)), x**2*exp(x)/2)),
        ("antiderivative of 1/(1 + x^2) by the logarithm", lambda: (Integral(1/(1 + t**2), (t, 0, x)), log(1 + x**2))),
        ("absolute value, one case", lambda: (Integral(Abs(t), (t, 0, x)), x**2/2)),
    ],
    "limits": [
        ("limit by inserting", lambda: (Limit((1 + 1/t)**t, t, oo), 1)),
        ("difference of infinities", lambda: (Limit(sqrt(t**2 + t) - t, t, oo), 0)),
        ("second term of the sine", lambda: (Limit((sin(t) - t)/t**3, t, 0), Rational(1, 6))),
    ],
    "sums": [
        ("square inside a sum", lambda: (Sum(xv[i], (i, 0, n - 1))**2, Sum(xv[i]**2, (i, 0, n - 1)))),
        ("product inside a sum", lambda: (
            Sum(xv[i]*yv[i], (i, 0, n - 1)), Sum(xv[i], (i, 0, n - 1))*Sum(yv[i], (i, 0, n - 1)))),
        ("one term too many", lambda: (Sum(i, (i, 0, n)), n*(n - 1)/2)),
        ("right for n = 1 only", lambda: (Sum(xv[i], (i, 0, n - 1)), xv[0])),
        ("delta without its sum", lambda: (Sum(KroneckerDelta(i, j)*xv[i], (i, 0, n - 1)), n*xv[j], j < n)),
        ("a sequence is not constant", lambda: (xv[n], xv[0])),
        ("telescoping forgotten", lambda: (xv[n] - xv[0], 0)),
    ],
    "functions": [
        ("composition commutes", lambda: (f(phi(x)), phi(f(x)))),
        ("linear function", lambda: (f(x + y), f(x) + f(y))),
        ("quotient rule, sign", lambda: (
            Derivative(f(x)/phi(x), x), (f(x)*Derivative(phi(x), x) - Derivative(f(x), x)*phi(x))/phi(x)**2)),
    ],
    "activations": [
        ("SiLU derivative, right at 0; magyar-021", lambda: (
            Derivative(z/(1 + exp(-z)), z), 1/(1 + exp(-z)) + z/(1 + exp(-z)))),
        ("sigmoid derivative, squared twice; magyar-009", lambda: (Derivative(1/(1 + exp(-z)), z), 1/(1 + exp(-z))**2)),
        ("1 - tanh^2 vanishes in float64", lambda: (1 - tanh(z)**2, 0, z > 20)),
        ("softplus is the rectifier in float64", lambda: (log(1 + exp(z)), z, z > 40)),
    ],
    "matrices": [
        ("matrices commute", lambda: (A*B, B*A)),
        ("transpose of a product, order kept", lambda: (Transpose(A*B), A.T*B.T)),
        ("inverse of a sum", lambda: (Inverse(A + B), Inverse(A) + Inverse(B), Q.invertible(A), Q.invertible(B))),
        ("trace of a product", lambda: (Trace(A*B), Trace(A)*Trace(B))),
        ("determinant of a sum", lambda: (Determinant(A + B), Determinant(A) + Determinant(B))),
        ("determinant of a multiple", lambda: (Determinant(2*A), 2*Determinant(A))),
        ("binomial formula without commuting", lambda: ((A + B)**2, A**2 + 2*A*B + B**2)),
        ("trace of three factors, not cyclic", lambda: (Trace(A*B*X.T*X), Trace(B*A*X.T*X))),
        ("symmetric without saying so; sadiku-107", lambda: ((A + A.T)*xc, 2*A*xc)),
        ("entrywise for matrix product", lambda: (HadamardProduct(A, B), A*B)),
        ("left inverse used on the right", lambda: (
            X*Inverse(X.T*X)*X.T, Identity(m), Q.fullrank(X), m > n)),
        ("right for n = 1 only", lambda: (xc*yc.T, yc*xc.T)),
        ("product of symmetric matrices", lambda: (Transpose(A*B), A*B, Q.symmetric(A), Q.symmetric(B))),
    ],
    "numbers": [
        ("sadiku-036", lambda: (E, Rational("2.71828169413"))),
        ("Ramanujan, almost an integer", lambda: (exp(pi*sqrt(163)), 262537412640768744)),
        ("Fermat near miss", lambda: (
            Add(Pow(1782, 12, evaluate=False), Pow(1841, 12, evaluate=False), evaluate=False),
            Pow(1922, 12, evaluate=False))),
        ("e and pi; Hermite", lambda: (exp(pi) - pi, 20)),
        ("twelve digits of pi", lambda: (pi, Rational(355, 113))),
        ("Castellanos, close to pi", lambda: (pi, (2143*Rational(1, 22))**Rational(1, 4))),
        ("tangent near a right angle", lambda: (tan(Rational(11, 7)), 1255*Integer(1))),
        ("a sine that is almost 0", lambda: (sin(Mul(Integer(2017), 2**Rational(1, 5))), -1)),
    ],
    "claims": [
        ("logarithm of everything", lambda: (log(p) >= 0, true)),
        ("square above its root", lambda: (p**2 >= p, true)),
        ("multiplied by a number of either sign", lambda: (x*z < y*z, true, x < y)),
        ("reciprocals, both signs", lambda: (1/y < 1/x, true, x < y)),
        ("below its tangent", lambda: (exp(x) <= 1 + x + x**2, true)),
        ("quadratic form of any matrix", lambda: ((xc.T*A*xc)[0, 0] >= 0, true)),
        ("triangle, strict", lambda: (Abs(x + y) < Abs(x) + Abs(y), true)),
    ],
}

_COUNTED: list[Row] = []
for _group, _entries in FALSE.items():
    _COUNTED += table(_group, f"slip-{_group}", _entries)
ROWS = tuple(_COUNTED)

"""Numbers: exact equalities, and printed digits as bounds. `R` keeps a relation between numbers unevaluated."""

from __future__ import annotations

from sympy import (
    Abs,
    Add,
    E,
    Expr,
    GoldenRatio,
    I,
    Integer,
    Lt,
    Mul,
    Pow,
    Rational,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cbrt,
    cos,  # fmt: skip
    cosh,
    exp,
    factorial,
    floor,
    gamma,
    log,
    pi,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    true,
)

from benchmarks.decide.model import table


def printed(value: Expr, digits: str) -> Lt:
    """The value rounds to the printed decimal digits."""
    places = len(digits.partition(".")[2])
    return Lt(Abs(Add(value, -Rational(digits), evaluate=False), evaluate=False), Rational(1, 2*10**places), evaluate=False)


ROWS = table("numbers", "num", [
    ("Fungrim sqrt, denesting", lambda: (sqrt(5 + 2*sqrt(6)), sqrt(2) + sqrt(3))),
    ("Fungrim sqrt, denesting", lambda: (sqrt(3 - 2*sqrt(2)), sqrt(2) - 1)),
    ("Ramanujan, denesting", lambda: (cbrt(cbrt(2) - 1)*cbrt(9), 1 - cbrt(2) + cbrt(4))),
    ("DLMF 1.11(iii), Cardano", lambda: (cbrt(2 + sqrt(5)) - cbrt(sqrt(5) - 2), 1)),
    ("Fungrim golden_ratio", lambda: (GoldenRatio**2, GoldenRatio + 1)),
    ("Fungrim golden_ratio", lambda: (cos(pi/5)*cos(2*pi/5), Rational(1, 4))),
    ("DLMF 4.17, table", lambda: (sin(pi/24)**2, (4 - sqrt(6) - sqrt(2))/8)),
    ("Beyer, CRC Tables", lambda: (tan(3*pi/11) + 4*sin(2*pi/11), sqrt(11))),
    ("DLMF 4.21.35", lambda: (sin(pi/7)*sin(2*pi/7)*sin(3*pi/7), sqrt(7)/8)),
    ("DLMF 4.21.16", lambda: (cos(pi/7)*cos(2*pi/7)*cos(3*pi/7), Rational(1, 8))),
    ("Beyer, CRC Tables, Morrie's law", lambda: (cos(pi/9)*cos(2*pi/9)*cos(4*pi/9), Rational(1, 8))),
    ("DLMF 1.8, sum of cosines", lambda: (cos(2*pi/7) + cos(4*pi/7) + cos(6*pi/7), -Rational(1, 2))),
    ("DLMF 4.21.29", lambda: (tan(pi/9)*tan(2*pi/9)*tan(4*pi/9), sqrt(3))),
    ("Machin; DLMF 3.12", lambda: (4*atan(Rational(1, 5)) - atan(Rational(1, 239)), pi/4)),
    ("Euler; DLMF 3.12", lambda: (atan(Rational(1, 2)) + atan(Rational(1, 3)), pi/4)),
    ("Stormer; DLMF 3.12", lambda: (6*atan(Rational(1, 8)) + 2*atan(Rational(1, 57)) + atan(Rational(1, 239)), pi/4)),
    ("DLMF 4.24.15", lambda: (atan(1) + atan(2) + atan(3), pi)),
    ("DLMF 4.23(vi)", lambda: (asin(Rational(3, 5)) + asin(Rational(4, 5)), pi/2)),
    ("DLMF 4.24.14", lambda: (2*acos(Rational(3, 5)), acos(-Rational(7, 25)))),
    ("DLMF 4.37.24", lambda: (atanh(Rational(1, 3)), log(2)/2)),
    ("DLMF 4.37.16", lambda: (asinh(Rational(3, 4)), log(2))),
    ("DLMF 4.37.19", lambda: (acosh(Rational(5, 4)), log(2))),
    ("DLMF 4.28", lambda: (tanh(log(3)), Rational(4, 5))),
    ("DLMF 4.28", lambda: (sinh(log(2)) + cosh(log(3)), Rational(3, 4) + Rational(5, 3))),
    ("DLMF 4.8.2", lambda: (log(6), log(2) + log(3))),
    ("sadiku-019", lambda: (log(8)/log(2), 3)),
    ("DLMF 4.8.13", lambda: (log(9)/log(27), Rational(2, 3))),
    ("Crandall and Pomerance, log 2", lambda: (
        7*log(Rational(10, 9)) - 2*log(Rational(25, 24)) + 3*log(Rational(81, 80)), log(2))),
    ("DLMF 4.2(iv)", lambda: (4**(log(3)/log(2)), 9)),
    ("DLMF 4.2(iv)", lambda: (2**(log(9)/log(4)) + 3**(log(8)/log(27)), 5)),
    ("Fungrim 54aaf1", lambda: ((cos(pi/9) + I*sin(pi/9))**9, -1)),
    ("DLMF 1.11(iii), roots of unity", lambda: ((-Rational(1, 2) + sqrt(3)*I/2)**3, 1)),
    ("DLMF 4.2(iv), I to the power I", lambda: (I**I, exp(-pi/2))),
    ("DLMF 4.2.5", lambda: (log(-3 + 4*I), log(5) + I*(pi - atan(Rational(4, 3))))),
    ("Fungrim 0ad836", lambda: (sqrt(I), (1 + I)/sqrt(2))),
    ("DLMF 5.5.3", lambda: (gamma(Rational(1, 6))*gamma(Rational(5, 6)), 2*pi)),
    ("DLMF 5.5.5", lambda: (gamma(Rational(1, 3))*gamma(Rational(5, 6)), cbrt(2)*sqrt(pi)*gamma(Rational(2, 3)))),
    ("DLMF 5.5.3", lambda: (gamma(Rational(1, 3))*gamma(Rational(2, 3)), 2*pi/sqrt(3))),
    ("DLMF 5.5.3", lambda: (gamma(Rational(1, 4))*gamma(Rational(3, 4)), pi*sqrt(2))),
    ("DLMF 26.3(i)", lambda: (Mul(factorial(20), Pow(factorial(10), -2), evaluate=False), 184756)),
    ("sadiku-013", lambda: (Add(Mul(2, 5, evaluate=False), -4, evaluate=False), 6)),
    ("oh-020, hinge loss", lambda: (
        Add(Rational("5.1"), -Rational("3.2"), 1, evaluate=False), Rational("2.9"))),
    ("oh-023, average loss", lambda: (
        Mul(Add(Rational("2.9"), Rational("12.9"), evaluate=False), Rational(1, 3), evaluate=False),
                                       Rational(158, 30))),
    ("sadiku-060", lambda: (Mul(Add(4, 6, evaluate=False), Rational(1, 2), evaluate=False), 5)),
    ("oh-012", lambda: (Mul(32, 32, 3, evaluate=False), 3072)),
    ("DLMF 27.12, Mersenne number 127", lambda: (
        Add(Pow(2, 127, evaluate=False), -1, evaluate=False), Integer("170141183460469231731687303715884105727"))),
    ("Singh, Fermat's Last Theorem, near miss", lambda: (
        Add(*(Mul(s, Pow(n, 12, evaluate=False), evaluate=False)
            for n, s in ((1782, 1), (1841, 1), (1922, -1))), evaluate=False), Integer("-700212234530608691501223040959"))),
    ("oh-023, printed digits", lambda: (printed(Rational(158, 30), "5.27"), true)),
    ("sadiku-007, digits of pi", lambda: (printed(pi, "3.14159265"), true)),
    ("DLMF 4.2.11, digits of e", lambda: (printed(E, "2.718281828459045"), true)),
    ("sadiku-028, n = 100", lambda: (printed(Pow(Rational(101, 100), 100, evaluate=False), "2.70481"), true)),
    ("sadiku-029, n = 1000", lambda: (printed(Pow(Rational(1001, 1000), 1000, evaluate=False), "2.7169239"), true)),
    ("sadiku-030, n = 10000", lambda: (printed(Pow(Rational(10001, 10000), 10000, evaluate=False), "2.71814593"), true)),
    ("sadiku-031, n = 10^7", lambda: (printed(Pow(1 + Rational(1, 10**7), 10**7, evaluate=False), "2.7182816925"), true)),
    ("oh-032, softmax", lambda: (
        printed(exp(Rational("3.2"))/(exp(Rational("3.2")) + exp(Rational("5.1")) + exp(-Rational("1.7"))), "0.13"), true)),
    ("oh-027, log-likelihood loss", lambda: (printed(-log(Rational("0.13")), "2.04"), true)),
    ("digits of log 2, Fungrim d496b8", lambda: (printed(log(2), "0.6931471805599453094"), true)),
    ("digits of the square root of 2, Fungrim 9d5b81", lambda: (printed(sqrt(2), "1.41421356237309504880"), true)),
    ("almost an integer; Ramanujan", lambda: (printed(exp(pi*sqrt(163)), "262537412640768743.99999999999925"), true)),
    ("Graham, Knuth, Patashnik 3.1", lambda: (floor(Rational(10**20 + 1, 3)), 33333333333333333333)),
    ("sadiku-005", lambda: (Add(Rational("0.1"), Rational("0.2"), evaluate=False), Rational("0.3"))),
    ("geometric mean; DLMF 1.2.18", lambda: (sqrt(sqrt(2)*sqrt(7 + 4*sqrt(3))), sqrt(2*sqrt(2) + sqrt(6)))),
])  # fmt: skip

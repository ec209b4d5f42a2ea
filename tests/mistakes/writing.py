"""Mistakes of writing: they are answered with a sentence at their line."""

from calcds.notation import *

n = Dim("n")
i = Index("i")


@derivation("No reason")
def no_reason(x: Real):
    yield x
    yield x + 0  #: malformed: states its reason


@derivation("A caret")
def caret(x: Real):
    yield x*x
    yield x^2, "power"  #: malformed: a power is written x**2


@derivation("Two equal signs")
def two_equal_signs(x: Real):
    yield x
    yield x == x, "of course"  #: malformed: write Eq(left, right)


@derivation("An index that is not bound")
def unbound(x: Vector[n]):
    yield x.T*x
    yield x[i]**2, "the sum is missing"  #: malformed: the index i is used outside its sum


@derivation("A word that does not exist")
def unknown_word(x: Real):
    yield tanh(x)
    yield tahn(x), "typo"  #: malformed: did you mean tan or tanh?


@derivation("One line only")
def one_line(x: Real):
    yield x  #: malformed: one line claims nothing


@erratum("Not an error at all")
def no_error(x: Real):
    yield x + x
    yield 2*x, "as printed"  #: proved

"""The ways in which what is written in one way may be meant in several.

Imports: nothing of calcds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """One way to read what can be read in several ways."""

    old: bool = False  # definitions of earlier sections hold on
    kinds: bool = True  # declarations of earlier sections hold on
    evidence: bool = True  # a letter that is transposed somewhere in the section is a vector or a matrix
    reach: str = "product"  # how far d/dx or a sum reaches: a product, the whole "sum", one "factor"
    layout: str = "denominator"  # of derivatives by vectors
    generic: bool = False  # f, g, h are any functions, whatever the last example said
    former: bool = False  # names mean what they meant before their last equation
    sizes: bool = True  # declared sizes count; without them a declared matrix is a matrix of any size
    size: bool = False  # an n that nothing is said of is the size of the matrices around it
    suppose: str = (
        ""  # what the text does not say: "independent", "disjoint", "centred"; what holds then is undecided
    )
    slash: str = "factor"  # a/bc is (a/b)c, or with "product" a/(bc)
    laplacian: bool = False  # \\nabla^2 f is the sum of the second derivatives, no matrix
    sure: bool = False  # only what the text declares is known, not what names were read as before
    kept: bool = False  # letters are what they were in the sections before, also where only their use showed it
    numbers: bool = False  # small letters are numbers, whatever they are elsewhere
    depend: str = ""  # names without a formula are functions of what the "section" or the "chain" differentiates by
    unlikely: bool = False  # the argument of a function ends before a power of e where that is less likely, and only there
    mixed: bool = False  # 2\\frac12 is two and a half, no product
    bars: str = "length"  # of a vector: its length, or with "sum" or "entries" those of its entries without signs; "": unread

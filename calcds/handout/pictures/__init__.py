"""Pictures: drawn once as vectors, printed as TikZ in LaTeX and as inline SVG in HTML.

Which picture stands at which derivation: activations by the quantity of the network that the lines state, the others
by the name of the derivation.

Imports: calcds.handout.page, .pictures.*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from calcds.handout.page import View
from calcds.handout.pictures import activations, algebra, descent, networks
from calcds.handout.pictures.drawing import Drawing
from calcds.handout.pictures.svg import svg
from calcds.handout.pictures.tikz import tikz
from calcds.network import ACTIVATIONS

BY_NAME: dict[str, Callable[[], Drawing]] = {
    "gradient_descent.py::two_cycle": descent.two_cycle,
    "gradient_descent.py::too_large_a_step": descent.step_sizes,
    "quadratic_form.py::quadratic_form": algebra.quadratic_forms,
    "integrals.py::midpoint_rule": algebra.riemann,
    "slide_deck_network.py::forward": networks.deck,
    "softmax.py::adds_to_one": algebra.temperatures,
}
BY_TOPIC: dict[str, Callable[[], Drawing]] = {  # at the first derivation of the topic
    "steepest_descent": descent.zigzag,
    "least_squares": algebra.projection,
    "eigenvectors": algebra.quadratic_forms,
    "vanishing_gradients": networks.vanishing,
    "perceptron": networks.perceptron_line,
}


def placed(views: Sequence[View]) -> dict[str, list[Drawing]]:
    """Pictures by the id of the derivation they stand at; none twice in one document."""
    seen: set[object] = set()
    found: dict[str, list[Drawing]] = {}
    topics: set[str] = set()
    for view in views:
        for key, draw in _wanted(view, topics):
            if key not in seen:
                seen.add(key)
                found.setdefault(view.id, []).append(_drawn(draw))
    return found


def _wanted(view: View, topics: set[str]) -> Iterable[tuple[object, Callable[[], Drawing]]]:
    sheet = view.sheet
    if sheet is None:
        return
    if view.id in BY_NAME:
        yield BY_NAME[view.id], BY_NAME[view.id]
    if sheet.topic in BY_TOPIC and sheet.topic not in topics and sheet.disproof is None:
        topics.add(sheet.topic)
        yield BY_TOPIC[sheet.topic], BY_TOPIC[sheet.topic]
    for quantity, _ in sheet.networks:
        room, _, rest = quantity.partition(".")
        name = rest.partition(".")[0]
        if room == "activation" and name in ACTIVATIONS and rest.endswith(".slope"):
            yield ("activation", name), _activation(name)


@cache
def _activation(name: str) -> Callable[[], Drawing]:
    return partial(activations.activation, name)


@cache
def _drawn(draw: Callable[[], Drawing]) -> Drawing:
    return draw()


def with_tikz(views: Sequence[View]) -> list[View]:
    """The views with their pictures for LaTeX."""
    found = placed(views)
    return [view.drawn(map(tikz, found.get(view.id, ()))) for view in views]


def with_svg(views: Sequence[View]) -> list[View]:
    """The views with their pictures for HTML."""
    found = placed(views)
    return [view.drawn(map(svg, found.get(view.id, ()))) for view in views]

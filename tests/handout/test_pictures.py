"""Pictures: well-formed SVG, TikZ whose braces match, and data that is what the caption says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from calcds.handout.library import Library
from calcds.handout.pictures import BY_NAME, BY_TOPIC, activations, descent, networks, placed
from calcds.handout.pictures.drawing import Axes, Drawing, Path
from calcds.handout.pictures.svg import label_spans, svg
from calcds.handout.pictures.tikz import tikz
from calcds.network import ACTIVATIONS

NAMES = sorted(ACTIVATIONS)
ALL: dict[str, Callable[[], Drawing]] = {
    **{name: partial(activations.activation, name) for name in NAMES if name != "softmax"},
    **{draw.__name__: draw for draw in (*BY_NAME.values(), *BY_TOPIC.values())},
}


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_picture_is_printed_in_both_ways(name: str) -> None:
    d = ALL[name]()
    root = ET.fromstring(svg(d).replace("&nbsp;", " "))
    assert root.find("svg") is not None
    assert d.alt
    assert d.caption
    said = tikz(d)
    assert said.count("{") == said.count("}")
    assert "nan" not in said
    assert "inf" not in said.replace("infty", "")


@pytest.mark.parametrize("name", sorted(ALL))
def test_lines_stay_inside_the_picture(name: str) -> None:
    d = ALL[name]()
    for shape in d.shapes:
        if isinstance(shape, Path):
            for x, y in shape.points:
                assert -0.1 <= x <= d.width + 0.1
                assert -0.1 <= y <= d.height + 0.1


def test_a_kink_is_marked_and_a_smooth_function_is_not() -> None:
    def hollow(name: str) -> int:
        return sum(getattr(shape, "open", False) for shape in activations.activation(name).shapes)

    assert hollow("relu") == 2
    assert hollow("threshold") == 2
    assert hollow("tanh") == 0
    assert hollow("squareplus") == 0  # with beta = 1 it is smooth


def test_softmax_has_no_graph() -> None:
    with pytest.raises(KeyError):
        activations.activation("softmax")


def test_the_two_cycle_goes_between_two_points() -> None:
    H, b = descent.EXERCISE
    points = descent.path(H, b, (0.0, 0.0), 1.0, 5)
    np.testing.assert_allclose(points[1:], [[-2, -1], [-2, 0], [-2, -1], [-2, 0], [-2, -1]])
    np.testing.assert_allclose(descent.path(H, b, (0.0, 0.0), 0.3, 60)[-1], [-2, -0.5], atol=1e-6)


def test_the_zigzag_changes_sides() -> None:
    points = descent.path(np.diag([1.0, 9.0]), np.zeros(2), (4.8, 1.1), 0.205, 6)
    assert all(a * b < 0 for a, b in zip(points[:, 1], points[1:, 1], strict=False))


def test_the_graph_of_the_deck_has_the_numbers_of_the_network() -> None:
    labels = [shape.latex for shape in networks.deck().shapes if hasattr(shape, "latex")]
    a3 = np.tanh(networks.INPUTS[1] * networks.WEIGHTS["w13"])
    assert f"{a3:.2f}" in labels
    assert sum("delta" in label for label in labels) == 5
    assert r"\delta = 1.00" in labels  # of the output: -t where the loss is active


def test_the_last_line_of_the_perceptron_separates() -> None:
    X = np.array([[2.0, 2.0], [3.0, 2.5], [0.0, 0.5], [0.5, -1.0]])
    t = np.array([1.0, 1.0, -1.0, -1.0])
    w, b = networks._corrections(X, t)[-1]
    assert np.all((X @ w + b) * t > 0)


def test_a_curve_is_cut_at_the_frame() -> None:
    d = Drawing(4, 4, (), "")
    panel = Axes(d, 0, 0, 4, 4, (0, 4), (0, 1))
    panel.curve([0, 1, 2, 3, 4], [0.1, 0.2, 5.0, 0.4, float("nan")])
    assert [len(shape.points) for shape in d.shapes if isinstance(shape, Path)] == [2]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("w_{13}", "w13"),
        (r"\lambda_{1}, \lambda_{2} > 0", "λ1, λ2 > 0"),
        (r"X\hat{w}", "Xw\u0302"),
        ("10^{-8}", "10−8"),
        ("-0.5", "−0.5"),
    ],
)
def test_labels_in_svg(latex: str, text: str) -> None:
    root = ET.fromstring(f"<text>{label_spans(latex)}</text>")
    assert "".join(root.itertext()).replace("\u200b", "") == text


def test_no_picture_twice_in_one_document() -> None:
    library = Library()
    views = [library.view(entry) for topic in library.topics() for entry in topic.entries]
    drawings = [id(d) for found in placed(views).values() for d in found]
    assert len(drawings) == len(set(drawings))
    known = {view.id for view in views}
    assert set(BY_NAME) <= known
    assert set(BY_TOPIC) <= {view.sheet.topic for view in views if view.sheet}

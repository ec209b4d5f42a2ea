"""NumPy values of SymPy expressions, independent of calcds.

    evaluate(expr, arrays, sizes)   walks the SymPy tree and returns a float or an ndarray

Nothing here calls SymPy's own matrix algebra (`doit`, `as_explicit`, `lambdify`): every class has its
meaning written out once, in NumPy. Classes are found by name along the method resolution order, so calcds'
own named heads (softmax, sigmoid, norm, ...) are evaluated through the same table without importing calcds.
A class without an entry raises `EvaluationError` with its name; shapes that do not fit raise `MisfitError`,
because such an answer is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import reference as ref
import sympy as sp

Value = Any      # float or ndarray (2-D for matrices, more for SymPy's array expressions)
Env = dict[Any, Value]


class EvaluationError(Exception):
    """The evaluator has no entry for a class that occurs in the expression."""


class MisfitError(Exception):
    """An operation of the expression does not fit the shapes of its operands."""


def evaluate(expr: Any, arrays: Mapping[str, Value], sizes: Mapping[Any, int]) -> Value:
    """Value of `expr` where symbols are looked up by name in `arrays` and dimensions in `sizes`."""
    env: Env = dict(arrays)
    env.update({dimension.name: size for dimension, size in sizes.items()})
    with np.errstate(all="ignore"):
        return _Walker(env).value(expr)


def scalar(value: Value) -> Any:
    """A number from a number or from an array with one entry."""
    if np.ndim(value) == 0:
        return value[()] if isinstance(value, np.ndarray) else value
    if np.size(value) == 1:
        return np.asarray(value).reshape(())[()]
    message = f"a scalar is needed, the operand has shape {np.shape(value)}"
    raise MisfitError(message)


class _Walker:
    """One walk over one expression; shared subexpressions are evaluated once per binding of indices."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.memo: dict[Any, Value] = {}

    def value(self, expr: Any) -> Value:
        if isinstance(expr, (int, float, np.ndarray)):
            return expr
        if expr in self.memo:
            return self.memo[expr]
        for cls in type(expr).__mro__:
            rule = RULES.get(cls.__name__)
            if rule is not None:
                result = rule(self, expr)
                break
        else:
            result = self.by_name(expr)
        self.memo[expr] = result
        return result

    def bound(self, binding: Mapping[Any, Value]) -> _Walker:
        """A walker with more names; it starts with an empty memo because indices change values."""
        return _Walker({**self.env, **binding})

    def integer(self, expr: Any) -> int:
        return round(float(scalar(self.value(expr))))

    def shape(self, expr: Any) -> tuple[int, int]:
        return self.integer(expr.shape[0]), self.integer(expr.shape[1])

    def by_name(self, expr: Any) -> Value:
        """A named function: the table of reference functions, by the name of the head."""
        name = type(expr).__name__
        function = NAMED.get(name.lower().replace("_", ""))
        if function is None:
            message = f"no value for {name}"
            raise EvaluationError(message)
        return function(*[self.value(arg) for arg in expr.args])

    def undefined(self, expr: Any, order: int = 0) -> Value:
        """f(t), f'(t), ... for the undefined functions of the cases."""
        name = expr.func.__name__
        primes = len(name) - len(name.rstrip("'"))
        try:
            derivatives = ref.UNDEFINED[name.rstrip("'")]
        except KeyError:
            return self.by_name(expr)
        return derivatives[order + primes](self.value(expr.args[0]))


def _symbol(w: _Walker, e: Any) -> Value:
    value = w.env.get(e, w.env.get(e.name))       # bound variables by identity, inputs by name
    if value is None:
        message = f"no value for the symbol {e.name}"
        raise EvaluationError(message)
    return value


def _matrix_symbol(w: _Walker, e: Any) -> Value:
    value = w.env.get(e.name)
    if value is None:
        message = f"no value for the matrix {e.name}"
        raise EvaluationError(message)
    if np.shape(value) != w.shape(e):
        message = f"{e.name} is {np.shape(value)}, used as {w.shape(e)}"
        raise MisfitError(message)
    return value


def _add(w: _Walker, e: Any) -> Value:
    values = [w.value(arg) for arg in e.args]
    shapes = {np.shape(v) for v in values if np.size(v) != 1 or np.ndim(v) > 0}
    if len(shapes - {(1, 1)}) > 1 or (shapes - {(1, 1)} and any(np.size(v) == 1 for v in values) and
                                      max(np.size(v) for v in values) > 1):
        message = f"sum of shapes {sorted(np.shape(v) for v in values)}"
        raise MisfitError(message)
    if shapes == {(1, 1)}:
        return np.array([[sum(scalar(v) for v in values)]])
    return sum(values[1:], start=values[0])


def product(left: Value, right: Value) -> Value:
    """Matrix product; a number or a 1x1 matrix on either side scales."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    if left.shape[1] == right.shape[0]:
        return left @ right
    if left.size == 1 or right.size == 1:
        return left * right
    message = f"product of shapes {left.shape} and {right.shape}"
    raise MisfitError(message)


def _mul(w: _Walker, e: Any) -> Value:
    result: Value = 1.0
    for arg in e.args:
        result = product(result, w.value(arg))
    return result


def _pow(w: _Walker, e: Any) -> Value:
    base, exponent = w.value(e.base), w.value(e.exp)
    if np.size(base) == 1:
        return np.power(scalar(base) + 0.0,
                        scalar(exponent)) if np.ndim(exponent) == 0 or np.size(exponent) == 1 \
            else np.power(scalar(base), exponent)
    power = scalar(exponent)
    if base.shape[0] != base.shape[1] or power != int(power):
        message = f"matrix power {power} of shape {base.shape}"
        raise MisfitError(message)
    return np.linalg.matrix_power(base, int(power))


def _hadamard(w: _Walker, e: Any) -> Value:
    values = [w.value(arg) for arg in e.args]
    if len({np.shape(v) for v in values if np.ndim(v)}) > 1:
        message = f"entrywise product of shapes {[np.shape(v) for v in values]}"
        raise MisfitError(message)
    result = values[0]
    for value in values[1:]:
        result = result * value
    return result


def _square(value: Value) -> np.ndarray:
    array = np.atleast_2d(value)
    if array.shape[0] != array.shape[1]:
        message = f"a square matrix is needed, the operand has shape {array.shape}"
        raise MisfitError(message)
    return array


def _diagonal_matrix(value: Value) -> np.ndarray:
    array = np.atleast_2d(value)
    return np.diag(array.ravel()) if 1 in array.shape else np.diag(np.diag(array))


def _apply(w: _Walker, e: Any) -> Value:
    value = np.asarray(w.value(e.expr))
    return apply_entrywise(w, e.function, value)


def apply_entrywise(w: _Walker, function: Any, value: np.ndarray) -> np.ndarray:
    """`function` is a Lambda or a function class; every entry is evaluated by a walk of its own."""
    out = np.empty(value.shape)
    if isinstance(function, sp.Lambda):
        (variable,) = function.variables
        for index in np.ndindex(value.shape):
            out[index] = scalar(w.bound({variable: value[index]}).value(function.expr))
        return out
    dummy = sp.Dummy("entry")
    for index in np.ndindex(value.shape):
        out[index] = scalar(w.bound({dummy: value[index]}).value(function(dummy)))
    return out


def _sum(w: _Walker, e: Any) -> Value:
    total: Value = 0.0

    def ranges(walker: _Walker, depth: int) -> Value:
        nonlocal total
        if depth < 0:
            total = total + walker.value(e.function)
            return
        index, low, high = e.limits[depth]
        for i in range(walker.integer(low), walker.integer(high) + 1):
            ranges(walker.bound({index: i}), depth - 1)

    ranges(w, len(e.limits) - 1)
    return total


def _sum_of_matrices(w: _Walker, e: Any) -> Value:
    """(body, (index, low, high), rows, columns): matrices of one shape, added."""
    body, (index, low, high) = e.args[0], e.args[1]
    total = np.zeros(w.shape(e))
    for i in range(w.integer(low), w.integer(high) + 1):
        part = np.asarray(w.bound({index: i}).value(body))
        if part.shape != total.shape:
            message = f"a term of shape {part.shape} in a sum of shape {total.shape}"
            raise MisfitError(message)
        total = total + part
    return total


def _matrix_of_entries(w: _Walker, e: Any) -> Value:
    """FunctionMatrix: every entry by a walk of its own."""
    row, column = e.lamda.variables
    out = np.empty(w.shape(e))
    for i, j in np.ndindex(out.shape):
        out[i, j] = scalar(w.bound({row: i, column: j}).value(e.lamda.expr))
    return out


def _product_over(w: _Walker, e: Any) -> Value:
    ((index, low, high),) = e.limits
    result = 1.0
    for i in range(w.integer(low), w.integer(high) + 1):
        result = result * scalar(w.bound({index: i}).value(e.function))
    return result


def _element(w: _Walker, e: Any) -> Value:
    matrix = np.atleast_2d(w.value(e.args[0]))
    row, column = w.integer(e.args[1]), w.integer(e.args[2])
    if not (0 <= row < matrix.shape[0] and 0 <= column < matrix.shape[1]):
        message = f"entry ({row}, {column}) of shape {matrix.shape}"
        raise MisfitError(message)
    return float(matrix[row, column])


def _piecewise(w: _Walker, e: Any) -> Value:
    for value, condition in e.args:
        if bool(w.value(condition)):
            return w.value(value)
    message = "no branch of a Piecewise applies"
    raise EvaluationError(message)


def _derivative(w: _Walker, e: Any) -> Value:
    """Only f'(t), f''(t), ... of an undefined f at its own variable has a value here."""
    inner, ((variable, order),) = e.expr, e.variable_count
    if isinstance(inner, sp.core.function.AppliedUndef) and inner.args == (variable,):
        return w.undefined(inner, int(order))
    message = f"unevaluated derivative of {type(inner).__name__}"
    raise EvaluationError(message)


def _subs(w: _Walker, e: Any) -> Value:
    return w.bound({v: w.value(p) for v, p in zip(e.variables, e.point, strict=True)}).value(e.expr)


def _dense(w: _Walker, e: Any) -> Value:
    rows, columns = e.shape
    return np.array([[scalar(w.value(e[i, j])) for j in range(columns)] for i in range(rows)], dtype=float)


def _identity(w: _Walker, e: Any) -> Value:
    return np.eye(w.shape(e)[0])


def _unit(w: _Walker, e: Any) -> Value:
    out = np.zeros(w.shape(e))
    out[w.integer(e._i), w.integer(e._j)] = 1.0        # SymPy has no public name for the indices
    return out


def _kronecker(w: _Walker, e: Any) -> Value:
    result = np.eye(1)
    for arg in e.args:
        result = np.kron(result, np.atleast_2d(w.value(arg)))
    return result


def _block(w: _Walker, e: Any) -> Value:
    blocks = e.blocks
    return np.block([[np.atleast_2d(w.value(blocks[i, j])) for j in range(blocks.cols)]
                     for i in range(blocks.rows)])


def _relation(operation: Callable[[Any, Any], Any]) -> Callable[[_Walker, Any], Value]:
    return lambda w, e: bool(operation(scalar(w.value(e.lhs)), scalar(w.value(e.rhs))))


def _tensor_product(w: _Walker, e: Any) -> Value:
    result: Value = np.array(1.0)
    for arg in e.args:
        result = np.multiply.outer(result, w.value(arg))
    return result


def _contraction(w: _Walker, e: Any) -> Value:
    array = np.asarray(w.value(e.expr))
    letters = list(range(array.ndim))
    for group in e.contraction_indices:
        for axis in group:
            letters[axis] = letters[group[0]]
    gone = {letters[group[0]] for group in e.contraction_indices}
    return np.einsum(array, letters, [i for i in letters if i not in gone])


def _array_diagonal(w: _Walker, e: Any) -> Value:
    array = np.asarray(w.value(e.expr))
    letters = list(range(array.ndim))
    for group in e.diagonal_indices:
        for axis in group:
            letters[axis] = letters[group[0]]
    last = [group[0] for group in e.diagonal_indices]
    return np.einsum(array, letters, [i for i in letters if i not in last] + last)


def _permute(w: _Walker, e: Any) -> Value:
    return np.transpose(np.asarray(w.value(e.expr)), tuple(e.permutation.array_form))


def _array_add(w: _Walker, e: Any) -> Value:
    values = [np.asarray(w.value(arg)) for arg in e.args]
    if len({v.shape for v in values}) > 1:
        message = f"array sum of shapes {[v.shape for v in values]}"
        raise MisfitError(message)
    return sum(values[1:], start=values[0])


def _array(w: _Walker, e: Any) -> Value:
    out = np.empty(e.shape)
    for index in itertools.product(*map(range, e.shape)):
        out[index] = scalar(w.value(e[index]))
    return out


def _array_apply(w: _Walker, e: Any) -> Value:
    return apply_entrywise(w, e.function, np.asarray(w.value(e.expr)))


RULES: dict[str, Callable[[_Walker, Any], Value]] = {
    "Number": lambda _, e: float(e),
    "NumberSymbol": lambda _, e: float(e),
    "BooleanTrue": lambda *_: True,
    "BooleanFalse": lambda *_: False,
    "Str": lambda _, e: e.name,
    "Tuple": lambda w, e: tuple(w.value(arg) for arg in e.args),
    "Symbol": _symbol,
    "MatrixSymbol": _matrix_symbol,
    "MatrixBase": _dense,
    "BlockMatrix": _block,
    "Identity": _identity,
    "ZeroMatrix": lambda w, e: np.zeros(w.shape(e)),
    "OneMatrix": lambda w, e: np.ones(w.shape(e)),
    "MatrixUnit": _unit,
    "Add": _add,
    "MatAdd": _add,
    "Mul": _mul,
    "MatMul": _mul,
    "Pow": _pow,
    "MatPow": _pow,
    "Transpose": lambda w, e: np.atleast_2d(w.value(e.arg)).T,
    "Adjoint": lambda w, e: np.atleast_2d(w.value(e.arg)).T,
    "Inverse": lambda w, e: np.linalg.inv(_square(w.value(e.arg))),
    "Trace": lambda w, e: float(np.trace(_square(w.value(e.arg)))),
    "Determinant": lambda w, e: float(np.linalg.det(_square(w.value(e.arg)))),
    "HadamardProduct": _hadamard,
    "HadamardPower": lambda w, e: np.power(w.value(e.base), w.value(e.exp)),
    "KroneckerProduct": _kronecker,
    "DiagMatrix": lambda w, e: _diagonal_matrix(w.value(e.args[0])),
    "DiagonalMatrix": lambda w, e: _diagonal_matrix(w.value(e.args[0])),
    "DiagonalOf": lambda w, e: np.diag(w.value(e.args[0])).reshape(-1, 1),
    "ElementwiseApplyFunction": _apply,
    "MatrixElement": _element,
    "Indexed": _element,
    "Sum": _sum,
    "Product": _product_over,
    "MatrixSum": _sum_of_matrices,
    "FunctionMatrix": _matrix_of_entries,
    "Vec": lambda w, e: np.reshape(np.atleast_2d(w.value(e.args[0])), (-1, 1), order="F"),
    "Piecewise": _piecewise,
    "KroneckerDelta": lambda w, e: float(w.value(e.args[0]) == w.value(e.args[1])),
    "Max": lambda w, e: max(scalar(w.value(arg)) for arg in e.args),
    "Min": lambda w, e: min(scalar(w.value(arg)) for arg in e.args),
    "And": lambda w, e: all(w.value(arg) for arg in e.args),
    "Or": lambda w, e: any(w.value(arg) for arg in e.args),
    "Not": lambda w, e: not w.value(e.args[0]),
    "Equality": _relation(np.equal),
    "Unequality": _relation(np.not_equal),
    "StrictGreaterThan": _relation(np.greater),
    "GreaterThan": _relation(np.greater_equal),
    "StrictLessThan": _relation(np.less),
    "LessThan": _relation(np.less_equal),
    "AppliedUndef": lambda w, e: w.undefined(e),
    "Derivative": _derivative,
    "Subs": _subs,
    "ArrayTensorProduct": _tensor_product,
    "ArrayContraction": _contraction,
    "ArrayDiagonal": _array_diagonal,
    "PermuteDims": _permute,
    "ArrayAdd": _array_add,
    "ArrayElementwiseApplyFunc": _array_apply,
    "NDimArray": _array,
}

NAMED: dict[str, Callable[..., Value]] = ref.NAMED

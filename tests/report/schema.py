"""The part of JSON Schema that `docs/report.schema.json` uses, checked in forty lines."""

from __future__ import annotations

from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "oneOf", "properties", "required",
    "additionalProperties", "items", "minimum", "minItems", "maxItems",
}  # fmt: skip


def complaints(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """What is wrong with a value."""
    assert set(schema) <= KNOWN, f"the schema uses words this checker does not know: {set(schema) - KNOWN}"
    if "$ref" in schema:
        return complaints(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not complaints(value, one, root, at)]
        return [] if len(fitting) == 1 else [f"{at}: fits {len(fitting)} of the alternatives"]
    wanted = schema.get("type", list(TYPES))
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool) or not any(isinstance(value, TYPES[name]) for name in names):
        return [f"{at}: {value!r} is not {wanted}"]
    found = (
        [] if value in schema.get("enum", [value]) else [f"{at}: {value!r} is not one of {schema['enum']}"]
    )
    if isinstance(value, int | float) and value < schema.get("minimum", value):
        found.append(f"{at}: {value} is below {schema['minimum']}")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} items")
        for k, item in enumerate(value):
            found += complaints(item, schema.get("items", {}), root, f"{at}[{k}]")
    if isinstance(value, dict):
        found += _members(value, schema, root, at)
    return found


def _members(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    found = [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for name, member in value.items():
        if name in properties:
            found += complaints(member, properties[name], root, f"{at}.{name}")
        elif others is False:
            found.append(f"{at}: {name} is not in the contract")
        else:
            found += complaints(member, others, root, f"{at}.{name}")
    return found

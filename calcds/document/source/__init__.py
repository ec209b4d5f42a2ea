"""A document cut into formulas, and formulas into trees: text, tokens, statements, names; nothing has a meaning yet."""

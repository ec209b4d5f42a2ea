"""Handouts: checked derivations as pages for a class: LaTeX, PDF, HTML, Markdown, notebooks; pictures and exercises."""

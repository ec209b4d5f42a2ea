"""Documents: the equations of notes as claims, each read exactly or not at all, with file, line and column."""

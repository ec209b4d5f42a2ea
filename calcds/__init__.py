"""calcds: derivations checked line by line, gradients with symbolic sizes."""

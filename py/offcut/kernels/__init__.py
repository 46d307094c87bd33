"""Loops over all pixels: neighbourhood filters and what WebAssembly does for us."""

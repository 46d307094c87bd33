"""Measures mattes against true ones, and models against each other."""

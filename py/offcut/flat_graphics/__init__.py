"""Logos and drawings on one even colour: cut by that colour instead of by the network."""

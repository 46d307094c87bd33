"""The loops over all pixels: one interface, computed by numpy or by WebAssembly."""

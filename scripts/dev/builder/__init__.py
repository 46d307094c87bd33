"""Makes the extension: vendored parts, prepared weights, the memory image, notices."""

"""Makes what people get: the extension's packages, the source package, wheel and sdist."""

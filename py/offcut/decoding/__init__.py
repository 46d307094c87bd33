"""A file becomes a `SourceImage`: recognized, checked, repaired, decoded, upright."""

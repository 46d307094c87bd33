"""From the coarse matte to the true edge, and to the colours of the subject in soft pixels."""

"""The last picture: edges adjusted, cropped, placed on a canvas, laid on a background, shadowed."""

"""From a picture to a coarse matte: models, their inputs, inference passes and their outputs."""

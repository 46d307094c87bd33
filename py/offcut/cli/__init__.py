"""The command line: arguments, folders of pictures, models, and what is told of them."""

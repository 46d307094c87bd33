"""The finished picture becomes a file: our own PNG writer, WebP and JPEG by Pillow."""

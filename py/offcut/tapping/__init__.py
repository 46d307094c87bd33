"""Taps: a click on the picture answered by what it may mean, the likeliest first."""

"""Speed and memory of the extension beside its rivals, measured side by side in one run.

Absolute times on a shared machine mean nothing, so what is compared is measured in turns,
and only ratios of medians are reported as results.
"""

"""Drives Chromium with the extension: headless runs, demo, screenshots, costs of pages."""

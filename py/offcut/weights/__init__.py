"""Weights of models on disk: where they lie, how they are fetched, verified and prepared."""

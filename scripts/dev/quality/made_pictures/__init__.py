"""Pictures with exact mattes that may be shipped: made by code, the same ones every time."""

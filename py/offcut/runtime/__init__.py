"""The only modules that know where Python runs."""

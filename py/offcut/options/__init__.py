"""What a user may ask for: every option, its range, its notations."""

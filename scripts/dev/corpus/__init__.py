"""What the Python core makes of odd and damaged picture files: `scripts/corpus`."""

"""Numbers with their units: what counts as a quantity, and what only looks like one."""

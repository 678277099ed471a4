"""Commands print and set exit codes; what they print is made elsewhere."""

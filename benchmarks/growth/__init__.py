"""How cost grows with the company, measured and drawn."""

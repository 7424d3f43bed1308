"""How articles reach laptops: all of them, a difference, and one to everybody connected."""

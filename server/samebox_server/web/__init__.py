"""HTTP: what happens once (about, join, invites, articles), health, and two pages for people."""

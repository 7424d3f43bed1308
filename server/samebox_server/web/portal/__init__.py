"""The web portal: knowledge is read, written, reviewed and tended here (J8, J12)."""

"""Ours beside its peers: `parts` measures one running server, `findings` and `report` tell."""

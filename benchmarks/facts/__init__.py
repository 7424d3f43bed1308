"""All facts of this machine: what reading them costs, ours beside inventory tools."""

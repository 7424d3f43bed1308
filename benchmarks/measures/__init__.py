"""What is read from the kernel and the machine, and how a figure with its goal is told and kept."""

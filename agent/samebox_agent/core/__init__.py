"""The rules of the laptop: values in, values out. No Qt, no sockets, no files, no clock."""

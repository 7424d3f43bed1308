"""The laptop's own memory: one SQLite file, owned by one thread, and the key store beside it.

`store.open_store` opens everything. All of it is synchronous and short. Whatever the disk does
wrong is raised as `trouble.StorageTrouble`, which says in words what happened and what was kept.
"""

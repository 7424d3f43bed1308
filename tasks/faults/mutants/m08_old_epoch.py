"""A backup is restored and the epoch stays: laptops go on from numbers that mean something else.

Nothing in the code is changed: whoever restores leaves out the step (DEL-5).
"""

from tasks.faults.mutants.mutant import Mutant

MUTANT = Mutant("epoch not rotated on restore", (), "restored without a new epoch")

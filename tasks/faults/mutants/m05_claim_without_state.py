"""A claim is granted without a look at the state of the offer: several win (DEL-11)."""

from tasks.faults.mutants.mutant import Change, Mutant

MUTANT = Mutant(
    "claim without a look at the state",
    (
        Change(
            "server/samebox_server/live/acts.py",
            "    if offer.end in (OfferEnd.TAKEN, OfferEnd.ACCEPTED):\n"
            "        return ErrorCode.ALREADY_TAKEN\n",
            "    if offer.end in (OfferEnd.TAKEN, OfferEnd.ACCEPTED):\n        return None\n",
        ),
    ),
    "claims",
)

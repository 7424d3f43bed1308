"""The life of one question, as both ends understand it. Theory of operation.

A question is *asking* until a helper's claim makes it *live*; a live question that loses its
helper goes back to asking; the asker ends it, by *solved* (only while live) or *cancelled* (only
while asking). Nothing else ends it: there is no state in which nobody has it and no timer runs.

                 OfferAccepted
      asking  ------------------>  live
        |     <------------------    |
        |   HelperLeft, HelperLost   |
        | AskerCancelled             | AskerSolved
        v                            v
     cancelled                    solved

The *fence* rises by one with every claim and every release, so that what a former helper still
sends is recognised and refused (DEL-11). The *wave* rises by one with every round of asking; the
timer of a wave carries its number, so that a timer of a past wave does nothing.

`machine.step` is the only place where a question changes state. The server is the authority and
uses it for every transition; events.py and commands.py are its two alphabets.
"""

"""The life of one question, as both ends understand it. Theory of operation.

A question is *asking* until a helper's claim makes it *live*. When nobody is there it is *parked*:
it stands on the board of its device type, is looked at again by a timer, and is asked again as
soon as somebody fitting comes. A live question that loses its helper goes to somebody who was
brought in, or back to asking. Only the asker ends it, by *solved* (in the session, or without one)
or *cancelled*. Nothing else does, however long it waits: in every state that is not an end
somebody has it or a timer runs.

                NobodyThere               OfferAccepted (claim)
     parked  <--------------  asking  ------------------------->  live --+ OfferAccepted (join),
       |     -------------->    |     <-------------------------    |  <-+ PersonGone, HelperGone
       |   HelpersFound,        |      HelperGone, nobody goes on   |      while somebody goes on
       |   HelperCame           |                                   |
       +-----------+------------+                                   | AskerSolved
     AskerFoundIt  |            | AskerCancelled                    |
                   v            v                                   v
                solved      cancelled                            solved

The *fence* rises by one with every claim, change of helper and release, so that what a former
helper still sends is recognised and refused (DEL-11). The *wave* rises by one with every round of
asking, also with every round of looking for company in a live session and every time the question
is parked; the timer of a wave carries its number, so that a timer of a past wave does nothing.
A question has one timer that counts: its newest.

`machine.step` is the only place where a question changes state. The server is the authority and
uses it for every transition; events.py and commands.py are its two alphabets.
"""

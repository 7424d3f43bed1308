"""A company in virtual time on the real routing code, beside three other ways to choose helpers.

`python3 dev.py simulate --people N` prints the table and draws the plots of docs/routing.md. What
is assumed about people stands in company.py and behaviour.py; what the rivals know in rivals.py.
"""

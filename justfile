# The recipes. Start them with `python3 dev.py RECIPE`, which first makes what they need.

set windows-shell := ["powershell.exe", "-NoLogo", "-NoProfile", "-Command"]

# Prepare this machine and do nothing else
setup:
    @python -c "print('Ready.')"

# Play the whole story: a small company, a question, an answer
demo *ARGUMENTS:
    @python -m tasks.demo {{ARGUMENTS}}

# The whole gate: check, then every test; words are passed to pytest
test *ARGUMENTS: check
    python -m pytest {{ARGUMENTS}}

# Format, lint, types, import contracts, the shape of the tree
check:
    ruff format --check
    ruff check
    mypy
    lint-imports
    python -m pytest -q tests/test_architecture.py tests/test_locks.py

# Whether each pure file is wholly covered by its own test file
cover:
    python -m coverage run -m pytest -q tests/shared tests/agent/core tests/agent/presenters tests/server/core
    @python -m tasks.own_coverage

# Put the code in order where a tool can
format:
    ruff format
    ruff check --fix

# Measure one thing, for example: bench warm_start
bench NAME *ARGUMENTS:
    @python -m benchmarks.{{NAME}} {{ARGUMENTS}}

# Break everything on purpose and see that nothing is lost: faults --profile pr|nightly
faults *ARGUMENTS:
    @python -m tasks.faults {{ARGUMENTS}}

# Show that the fault harness can fail: planted mistakes, each of which it must find
mutants *ARGUMENTS:
    @python -m tasks.faults.mutants {{ARGUMENTS}}

# Search for an input that breaks a reader: fuzz articles|bundle|conditions --minutes 5
fuzz NAME *ARGUMENTS:
    @python -m tasks.fuzz {{NAME}} {{ARGUMENTS}}

# Refresh the locks; add --upgrade for newer versions
lock *ARGUMENTS:
    python -m tasks.lock {{ARGUMENTS}}

# List the licence of everything we install, and refuse the wrong ones
licences:
    @python -m tasks.licences

# Build a release into dist/: wheels, locks and the installer
build: _shared-wheel _agent-wheel _server-wheel
    @python -m tasks.release

[working-directory("shared")]
_shared-wheel:
    python -m hatchling build --target wheel --directory ../dist

[working-directory("agent")]
_agent-wheel:
    python -m hatchling build --target wheel --directory ../dist

[working-directory("server")]
_server-wheel:
    python -m hatchling build --target wheel --directory ../dist

# Write the table of facts into docs/privacy.md
privacy:
    @python -m tasks.privacy_page

# One week of a made-up company on the real routing, beside its rivals; for example --people 2000
simulate *ARGUMENTS:
    @python -m tasks.simulate {{ARGUMENTS}}

"""A second helper is brought into a session, with everything said so far."""

from tests.end_to_end.office import Office, brings_together, says


def test_a_second_helper_is_brought_in_and_reads_everything_said_so_far(office: Office) -> None:
    noor, ana = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
    brings_together(noor, ana)
    says(ana, "Noor", "Is it plugged in?")
    noor.sees("Is it plugged in?")
    ben = office.helper("Ben Okafor")
    noor.cue("choose", name="Bring in a second helper…", window="Ana")
    noor.sees("reads everything said so far")
    noor.clicks("Bring in a second helper", window="Ana")
    ben.sees("A second helper is wanted")
    ben.clicks("Accept")
    ben.sees("You are helping Noor de Vries")
    ben.sees("Is it plugged in?")
    noor.sees("Ben Okafor joined. Everything said so far is theirs to read, too.")
    says(ben, "Noor", "And switched on?")
    for person in (noor, ana):
        person.sees("And switched on?")
    says(noor, "Ana", "Yes to both")
    for person in (ana, ben):
        person.sees("Yes to both")
    ben.clicks("Leave", window="Noor")
    noor.sees("Ben Okafor left")

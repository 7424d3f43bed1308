"""Every failure of the network has a trouble in the core."""

import pytest
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.net.address import BadAddress, parse_invitation
from samebox_agent.net.closing import Closed, Why
from samebox_agent.net.failures import (
    BadCertificate,
    CertificateFlaw,
    Failure,
    NotSamebox,
    Refused,
    ServerTrouble,
    TooOld,
    Unreachable,
    UnreachableReason,
)
from samebox_agent.runtime import failures
from samebox_shared.protocol.errors import ErrorCode


@pytest.mark.parametrize("reason", UnreachableReason)
def test_every_way_not_to_be_reached_has_a_problem(reason: UnreachableReason) -> None:
    assert isinstance(failures.of_request(Unreachable(reason)).problem, Problem)


@pytest.mark.parametrize(
    ("failure", "trouble"),
    [
        (BadCertificate(CertificateFlaw.EXPIRED, "Old."), Trouble(Problem.BAD_CERTIFICATE, "Old.")),
        (NotSamebox(), Trouble(Problem.NOT_SAMEBOX)),
        (TooOld(oldest=1, newest=1, ours=2), Trouble(Problem.SERVER_TOO_OLD)),
        (TooOld(oldest=3, newest=4, ours=2), Trouble(Problem.AGENT_TOO_OLD)),
        (Refused(ErrorCode.INVITE_USED, ""), Trouble(ErrorCode.INVITE_USED)),
        (ServerTrouble(502), Trouble(Problem.SERVER_TROUBLE, "status 502")),
    ],
)
def test_every_failed_request_has_a_trouble(failure: Failure, trouble: Trouble) -> None:
    assert failures.of_request(failure) == trouble


@pytest.mark.parametrize("why", Why)
def test_every_end_of_a_connection_is_known(why: Why) -> None:
    trouble, for_good = failures.of_closed(Closed(why))
    assert trouble is not None or not for_good


def test_only_what_a_person_must_change_ends_the_trying() -> None:
    ends = {why for why in Why if failures.of_closed(Closed(why))[1]}
    assert ends == {Why.NOT_SIGNED_IN, Why.NOT_ALLOWED, Why.TOO_OLD, Why.REPLACED}


def test_a_connection_that_never_began_says_what_stood_in_its_way() -> None:
    closed = Closed(Why.UNREACHABLE, failure=Unreachable(UnreachableReason.NAME_NOT_FOUND))
    assert failures.of_closed(closed) == (Trouble(Problem.NAME_NOT_FOUND), False)


def test_an_unsafe_link_is_named_for_what_it_is() -> None:
    unsafe = parse_invitation("http://help.example.com/join/abc")
    nothing = parse_invitation("hello")
    assert isinstance(unsafe, BadAddress)
    assert isinstance(nothing, BadAddress)
    assert failures.of_address(unsafe) == Trouble(Problem.UNSAFE_ADDRESS)
    assert failures.of_address(nothing).problem is Problem.BAD_ADDRESS

"""Versions of processes elsewhere: those that differ are named, at most three; one that is gone is no other version."""

from discourse.parts.versions import own_versions, tell_others

OWN = {"Python": "3.11", "numpy": "2.4.6"}


def test_own_versions_hold_python_packages_and_the_code():
    assert list(own_versions()) == [
        "Python", "discourse", "numpy", "pandas", "pyarrow", "scipy", "the code of discourse",
    ]  # fmt: skip
    assert all(own_versions().values())


def test_tell_others_the_same_or_gone_says_nothing():
    assert tell_others("tcp://a:1", OWN, {"tcp://b:1": dict(OWN), "tcp://b:2": OSError("gone")}) == ""


def test_tell_others_names_three_of_four_with_what_differs_first():
    there = [{"Python": "3.12", "numpy": "1.0"}, {"Python": "3.11", "numpy": "1.0"}, {}, ModuleNotFoundError("none")]
    assert tell_others("tcp://a:1", OWN, {f"tcp://b:{place}": told for place, told in enumerate(there)}) == (
        "4 of the processes of 'tcp://a:1' could make other tables: tcp://b:0 has Python 3.12, here is 3.11; "
        "tcp://b:1 has numpy 1.0, here is 2.4.6; tcp://b:2 has Python unknown, here is 3.11. Install the same versions "
        "on every machine, and start the processes again."
    )

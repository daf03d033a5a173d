"""Public and special addresses: every block of the registries at its edges, in every version of Python alike."""

from ipaddress import ip_address, ip_network

import pytest

from discourse.sources.web.fetching import FetchProblem, Limits, ask
from discourse.sources.web.ranges import NOT_PUBLIC, PUBLIC_WITHIN, is_public

# The whole registries, written down a second time: block, and whether it is globally reachable.
REGISTRY = {
    "0.0.0.0/8": False, "10.0.0.0/8": False, "100.64.0.0/10": False, "127.0.0.0/8": False, "169.254.0.0/16": False,
    "172.16.0.0/12": False, "192.0.0.0/29": False, "192.0.0.8/32": False, "192.0.0.9/32": True, "192.0.0.10/32": True,
    "192.0.0.170/32": False, "192.0.0.171/32": False, "192.0.2.0/24": False, "192.31.196.0/24": True,
    "192.52.193.0/24": True, "192.88.99.0/24": False, "192.168.0.0/16": False, "192.175.48.0/24": True,
    "198.18.0.0/15": False, "198.51.100.0/24": False, "203.0.113.0/24": False, "224.0.0.0/4": False,
    "240.0.0.0/4": False, "255.255.255.255/32": False,
    "::1/128": False, "::/128": False, "::/96": False, "::ffff:0:0/96": False, "64:ff9b:1::/48": False,
    "100::/64": False, "100:0:0:1::/64": False, "2001::/32": False, "2001:1::1/128": True, "2001:1::2/128": True,
    "2001:1::3/128": True, "2001:2::/48": False, "2001:3::/32": True, "2001:4:112::/48": True, "2001:10::/28": False,
    "2001:20::/28": True, "2001:30::/28": True, "2001:db8::/32": False, "2002::/16": False, "2620:4f:8000::/48": True,
    "3fff::/20": False, "5f00::/16": False, "fc00::/7": False, "fe80::/10": False, "fec0::/10": False,
    "ff00::/8": False,
}  # fmt: skip
# Just outside of a block: public or not.
OUTSIDE = {
    "1.0.0.0": True, "9.255.255.255": True, "11.0.0.0": True, "100.63.255.255": True, "100.128.0.0": True,
    "126.255.255.255": True, "128.0.0.0": True, "169.253.255.255": True, "169.255.0.0": True, "172.15.255.255": True,
    "172.32.0.0": True, "191.255.255.255": True, "192.0.0.11": False, "192.0.1.0": True, "192.0.1.255": True,
    "192.0.3.0": True, "192.88.98.255": True, "192.88.100.0": True, "192.167.255.255": True, "192.169.0.0": True,
    "198.17.255.255": True, "198.20.0.0": True, "198.51.99.255": True, "198.51.101.0": True, "203.0.112.255": True,
    "203.0.114.0": True, "223.255.255.255": True, "2001:1::": False, "2001:1::4": False, "2001:4:111:ffff::": False,
    "2001:4:113::": False, "2001:40::": False, "2001:1ff:ffff::": False, "2001:200::": True, "2001:db7:ffff::": True,
    "2001:db9::": True, "2001:ffff::": True, "2003::": True, "3ffe:ffff::": True, "3fff:1000::": True,
    "2000::": True, "1fff:ffff::": False, "4000::": False, "64:ff9a:ffff::": False, "64:ff9b:0:0:0:1::": False,
}  # fmt: skip
# What carries an IPv4 address inside: the private one is refused in all, the public one goes through a translator only.
CARRIERS = {
    "64:ff9b::{}": True, "::ffff:{}": False, "::{}": False, "64:ff9b:1::{}": False, "2002:{}::1": False,
    "2001:0:{}::1": False,
}  # fmt: skip


@pytest.mark.parametrize(("block", "public"), REGISTRY.items())
def test_is_public_first_and_last_of_each_block_are_as_registered(block, public):
    network = ip_network(block)
    assert [is_public(network[0]), is_public(network[-1])] == [public, public]


@pytest.mark.parametrize(("address", "public"), OUTSIDE.items())
def test_is_public_neighbours_of_a_block_are_what_they_are(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(("form", "through"), CARRIERS.items())
@pytest.mark.parametrize("inner", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "224.0.0.1"])
def test_is_public_addresses_inside_others_are_looked_at(form, through, inner):
    written = [f"{part >> 16:x}:{part & 0xFFFF:x}" for part in (int(ip_address(inner)), int(ip_address("8.8.8.8")))]
    assert [is_public(form.format(one)) for one in written] == [False, through]


def test_is_public_every_block_of_the_table_is_in_the_registry_or_holds_some_of_it():
    blocks = [ip_network(block) for version in (4, 6) for block, _ in NOT_PUBLIC[version]]
    known = {ip_network(block) for block, public in REGISTRY.items() if not public}
    for block in blocks:
        assert any(one.version == block.version and one.subnet_of(block) for one in known), block
    exceptions = [ip_network(block) for version in (4, 6) for block, _ in PUBLIC_WITHIN[version]]
    assert {str(block) for block in exceptions} <= {block for block, public in REGISTRY.items() if public}
    assert all(any(e.version == b.version and e.subnet_of(b) for b in blocks) for e in exceptions)


SPECIAL = "[2002:7f00:1::] [2001:0:7f00:1::] [::127.0.0.1] [::ffff:8.8.8.8] [5f00::1] [100:0:0:1::1] [fec0::1] 0x7f.1"


@pytest.mark.parametrize("host", [*SPECIAL.split(), "192.88.99.1", "[ff0e::1]", "017700000001"])
def test_ask_special_ranges_are_refused(host):
    with pytest.raises(FetchProblem) as problem:
        ask(f"http://{host}:9/", Limits(timeout=0.2, total=0.5))
    assert problem.value.status == "forbidden"
    assert problem.value.reason.endswith("which is no public address")

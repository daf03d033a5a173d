"""Which IP addresses are public: a table of our own, since Python's ``is_global`` differs from version to version.

The IANA registries of special-purpose addresses as of RFC 9780 (April 2025), which is the last addition to them known
here; an address is public where they say "Globally Reachable: True" or say nothing. ``False`` and ``N/A`` (6to4, its
relays, Teredo) are not public. IPv6 is an allow list: outside global unicast (2000::/3) nothing is public but what a
translator of IPv4 stands for (64:ff9b::/96), so that blocks still to be given out are refused until they are known.

References
----------
https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry;
Bonica, R., Cotton, M., Haberman, B., Vegoda, L. (2017). Updates to the Special-Purpose IP Address Registries. RFC 8190.
https://doi.org/10.17487/RFC8190
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

__all__ = ["NOT_PUBLIC", "PUBLIC_WITHIN", "is_public"]

NOT_PUBLIC = {
    4: (
        ("0.0.0.0/8", "this network, RFC 791"),
        ("10.0.0.0/8", "private use, RFC 1918"),
        ("100.64.0.0/10", "shared address space, RFC 6598"),
        ("127.0.0.0/8", "loopback, RFC 1122"),
        ("169.254.0.0/16", "link local, RFC 3927"),
        ("172.16.0.0/12", "private use, RFC 1918"),
        ("192.0.0.0/24", "IETF protocol assignments, RFC 6890"),
        ("192.0.2.0/24", "documentation, RFC 5737"),
        ("192.88.99.0/24", "relays of 6to4, deprecated, RFC 7526"),
        ("192.168.0.0/16", "private use, RFC 1918"),
        ("198.18.0.0/15", "benchmarking, RFC 2544"),
        ("198.51.100.0/24", "documentation, RFC 5737"),
        ("203.0.113.0/24", "documentation, RFC 5737"),
        ("224.0.0.0/4", "multicast, RFC 5771"),
        ("240.0.0.0/4", "reserved, RFC 1112; limited broadcast, RFC 8190"),
    ),
    6: (
        ("2001::/23", "IETF protocol assignments, RFC 2928: Teredo, benchmarking, ORCHID among them"),
        ("2001:db8::/32", "documentation, RFC 3849"),
        ("2002::/16", "6to4, RFC 3056"),
        ("3fff::/20", "documentation, RFC 9637"),
    ),
}
"""Blocks that are not public; of IPv6 those inside global unicast, since nothing outside it is."""

PUBLIC_WITHIN = {
    4: (
        ("192.0.0.9/32", "Port Control Protocol anycast, RFC 7723"),
        ("192.0.0.10/32", "TURN anycast, RFC 8155"),
    ),
    6: (
        ("2001:1::1/128", "Port Control Protocol anycast, RFC 7723"),
        ("2001:1::2/128", "TURN anycast, RFC 8155"),
        ("2001:1::3/128", "DNS-SD Service Registration Protocol anycast, RFC 9665"),
        ("2001:3::/32", "AMT, RFC 7450"),
        ("2001:4:112::/48", "AS112-v6, RFC 7535"),
        ("2001:20::/28", "ORCHIDv2, RFC 7343"),
        ("2001:30::/28", "drone remote identification, RFC 9374"),
    ),
}
"""Blocks inside the former that the registries call globally reachable."""

_NOT = {
    4: [IPv4Network(block) for block, _ in NOT_PUBLIC[4]],
    6: [IPv6Network(block) for block, _ in NOT_PUBLIC[6]],
}
_WITHIN = {
    4: [IPv4Network(block) for block, _ in PUBLIC_WITHIN[4]],
    6: [IPv6Network(block) for block, _ in PUBLIC_WITHIN[6]],
}
_UNICAST, _TRANSLATED = IPv6Network("2000::/3"), IPv6Network("64:ff9b::/96")


def is_public(address: str | IPv4Address | IPv6Address) -> bool:
    """Say whether an IP address is public; one that a translator makes of an IPv4 address is what that one is.

    Examples
    --------
    >>> [is_public(one) for one in ("8.8.8.8", "100.64.0.1", "64:ff9b::808:808", "64:ff9b::a00:1", "2002:808:808::")]
    [True, False, True, False, False]
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip in _TRANSLATED:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    if isinstance(ip, IPv6Address) and ip not in _UNICAST:
        return False
    return any(ip in block for block in _WITHIN[ip.version]) or not any(ip in block for block in _NOT[ip.version])

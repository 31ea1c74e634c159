"""Addresses: which of them are on the public internet, and sockets that lead to no other.

The guard stands where connections are made, behind name resolution and for each redirect anew, so it does not matter
how an address is written or which name leads to it.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

from aiohttp import AddrInfoType, SocketFactoryType

_SPECIAL_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, and unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform that a machine at Azure runs on
        "169.254.0.0/16",  # link-local, with the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels
        "192.88.99.0/24",  # relays to 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
"""The IANA IPv4 Special-Purpose Address Registry, multicast, and one address that a cloud made special."""

_PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All that is given out as global unicast. Loopback, unique local, link-local, multicast, NAT64 and the forms that hold
an IPv4 address (mapped, compatible, translated) are outside it."""

_SPECIAL_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
"""What is not public within it, from the IANA IPv6 Special-Purpose Address Registry."""


class NotPublic(OSError):
    """A connection was refused. It always reads the same, so that several refusals stay one error."""

    def __init__(self) -> None:
        super().__init__("the address is not on the public internet")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, where no machine of a private network answers."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _SPECIAL_IPV4)
    return ip in _PUBLIC_IPV6 and not any(ip in network for network in _SPECIAL_IPV6)


def guarded(allows: Callable[[str], bool]) -> SocketFactoryType:
    """Make sockets for addresses that `allows` says yes to; for another the factory raises `NotPublic`."""

    def socket_for(address_info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = address_info
        if not allows(str(address[0])):
            raise NotPublic
        return socket.socket(family, kind, protocol)

    return socket_for

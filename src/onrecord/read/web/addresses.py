"""Addresses on the web: which may be fetched, and which machine may be asked for them.

An address on a page or in a feed is written by strangers. Only http and https are fetched, and only from machines of the
public internet: else a feed could make this machine ask for what lies behind its own firewall.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from pathlib import PurePosixPath
from urllib.parse import unquote

from httpx2 import URL, InvalidURL

from onrecord.errors import ReadError

_LONGEST = 4096
_PORTS = {"http": 80, "https": 443}
_IPV6_IN_USE = ipaddress.IPv6Network("2000::/3")
# Addresses of IPv6 that lead to one of IPv4, and networks of public addresses that are none.
_IPV6_OTHER = tuple(ipaddress.IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# For protocols; the way from IPv6 to IPv4; the insides of a cloud.
_IPV4_OTHER = tuple(ipaddress.IPv4Network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
_NAME_PART = re.compile(r"[^\w.]+")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def web_address(text: str, base: URL | None = None) -> URL:
    """The address that may be fetched, in its normal form, without its #part; a relative one starts from `base`.

    Raises:
        ReadError: it is no address, or not one of the web (http, https).
    """
    try:
        if len(text) > _LONGEST:
            raise ValueError("it is too long")
        url = URL(text.strip())
        url = (base.join(url) if base is not None else url).copy_with(fragment=None)
    except (InvalidURL, ValueError, TypeError) as error:
        raise ReadError(f"This is no address that can be fetched ({error}). Check how it is written.", code="read.bad_address") from error
    if url.scheme not in _PORTS or not url.host:
        raise ReadError("Only addresses that begin with http:// or https:// are fetched.", code="read.bad_address")
    if not 0 < port_of(url) < 1 << 16:
        raise ReadError("The port of the address cannot be. Check how it is written.", code="read.bad_address")
    return url


def port_of(url: URL) -> int:
    """The port to ask at."""
    return url.port if url.port is not None else _PORTS[url.scheme]


def name_of(url: URL) -> str:
    """What a document from this address is called: its host and path, without the ending (`lesk.example/news/bridge-safe`)."""
    path = PurePosixPath(unquote(url.path).strip("/"))
    query = unquote(url.query.decode("ascii", "replace"))
    parts = [url.host.rstrip("."), *path.parent.parts, path.stem + (f"-{query}" if query else "")]
    clean = [_NAME_PART.sub("-", part)[:100].strip("-.") for part in parts]
    return "/".join(part for part in clean if part)[:250]


def resolved(host: str, port: int, seconds: float) -> list[Address]:
    """The machines that the host's name stands for now.

    Raises:
        ReadError: nobody knows the name, or nobody says so in time.
    """
    found: list[Address] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ipaddress.ip_address(str(where[0])))
        except (OSError, ValueError) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)  # a name server that is silent cannot be told to stop
    asking.start()
    asking.join(max(seconds, 0))
    if asking.is_alive():
        raise ReadError(f"The name {host} was not looked up in time. Try again later.", code="read.timeout")
    if not found:
        why = f" ({failed[0]})" if failed else ""
        raise ReadError(f"The name {host} is not known{why}. Check how it is written and that there is a network.", code="read.not_reached")
    return list(dict.fromkeys(found))


def is_public(address: Address) -> bool:
    """Whether this is a machine of the public internet: none of this network, of this machine, or of a cloud's insides."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        return address in _IPV6_IN_USE and address.is_global and not any(address in net for net in _IPV6_OTHER)
    usual = address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
    return usual and not any(address in net for net in _IPV4_OTHER)


def may_be_asked(addresses: list[Address], host: str, *, allow_private: bool) -> list[Address]:
    """Those of the addresses that may be connected to.

    Raises:
        ReadError: there are none.
    """
    allowed = addresses if allow_private else [address for address in addresses if is_public(address)]
    if not allowed:
        raise ReadError(
            f"{host} is a machine of this network ({addresses[0]}), not of the public internet. If you trust it, give --allow-private.",
            code="read.refused_address",
        )
    return allowed

"""Which addresses may be fetched, and which machines asked."""

from __future__ import annotations

import ipaddress

import pytest
from httpx2 import URL
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.read.files import is_address, without_password
from onrecord.read.web.addresses import is_public, may_be_asked, name_of, web_address

INSIDE = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "0.0.0.0"),
    *("192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("168.63.129.16", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1"),
]
OUTSIDE = ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_machines_of_this_network_are_not_asked(address: str) -> None:
    inside = ipaddress.ip_address(address)
    assert not is_public(inside)
    with pytest.raises(ReadError) as refused:
        may_be_asked([inside], "lesk.example", allow_private=False)
    assert refused.value.code == "read.refused_address"
    assert may_be_asked([inside], "lesk.example", allow_private=True) == [inside]


@pytest.mark.parametrize("address", OUTSIDE)
def test_machines_of_the_public_internet_are_asked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_of_several_machines_only_the_public_ones_are_asked() -> None:
    both = [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("8.8.8.8")]
    assert may_be_asked(both, "lesk.example", allow_private=False) == both[1:]


NO_ADDRESSES = [
    *("file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "ftp://lesk.example/", "//lesk.example/a", "a/b", "", "http://"),
    *(
        "http:///a",
        "http://lesk.example:99999/",
        "http://lesk.example:0/",
        "http://lesk.example/\ud800",
        "http://[::1",
        "http://lesk.example/\0",
    ),
    "http://lesk.example/" + "a" * 5000,
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_only_addresses_of_the_web_are_fetched(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        web_address(text)
    assert refused.value.code == "read.bad_address"


JOINED = [
    ("b", "https://lesk.example/a/b"),
    (" /b ", "https://lesk.example/b"),
    ("//other.example/b", "https://other.example/b"),
    ("?c#d", "https://lesk.example/a/feed?c"),
    ("http://other.example/", "http://other.example/"),
]


@pytest.mark.parametrize(("link", "joined"), JOINED)
def test_a_relative_link_starts_from_the_address_of_its_page(link: str, joined: str) -> None:
    assert str(web_address(link, URL("https://lesk.example/a/feed"))) == joined


@pytest.mark.parametrize("link", ["file:///etc/passwd", "data:,x", "javascript:x", "mailto:a@lesk.example"])
def test_a_link_to_something_else_than_the_web_is_none(link: str) -> None:
    with pytest.raises(ReadError):
        web_address(link, URL("https://lesk.example/a/feed"))


def test_what_is_given_is_told_apart_from_a_file() -> None:
    assert is_address("HTTPS://lesk.example")
    assert not is_address("http.txt")


def test_names_and_passwords_are_never_shown() -> None:
    assert without_password("http://mara:secret@lesk.example/a?b") == "http://lesk.example/a?b"
    assert "secret" not in without_password("http://mara:secret@lesk.example:\0/")


NAMES = [
    ("https://lesk.example/news/bridge-safe.html", "lesk.example/news/bridge-safe"),
    ("https://lesk.example/", "lesk.example"),
    ("https://lesk.example/article?id=5", "lesk.example/article-id-5"),
    ("https://lesk.example/%2e%2e/%2e%2e/etc/passwd", "lesk.example/etc/passwd"),
]


@pytest.mark.parametrize(("address", "name"), NAMES)
def test_a_document_is_called_after_its_address(address: str, name: str) -> None:
    assert name_of(web_address(address)) == name


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: "http://lesk.example/" + text))
def test_any_text_is_an_address_with_a_name_or_refused(text: str) -> None:
    try:
        url = web_address(text)
    except ReadError as error:
        assert error.code == "read.bad_address"
        return
    name = name_of(url)
    assert name
    assert not {"..", ".", ""} & set(name.split("/"))
    assert url.scheme in ("http", "https")

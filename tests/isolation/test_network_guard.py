"""While a case runs, nothing leaves this machine; otherwise the guard does nothing."""

import asyncio
import socket
import threading
import urllib.request
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from conformance._isolation.network import ConnectionBlockedError, NetworkGuard

ELSEWHERE = "192.0.2.1"  # TEST-NET-1: nobody has it, should the guard fail
ELSEWHERE_6 = "2001:db8::1"


@pytest.fixture
def guard():
    guard = NetworkGuard()
    with guard.closed():
        yield guard


@pytest.fixture
def udp():
    with closing(socket.socket(type=socket.SOCK_DGRAM)) as one:
        yield one


@pytest.fixture
def port():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def connect(family, address):
    with closing(socket.socket(family)) as one:
        one.settimeout(0.1)
        one.connect(address)


def test_blocks_a_connection(guard):
    with pytest.raises(ConnectionBlockedError, match=r"blocks connections while a case runs: 192\.0\.2\.1:443"):
        connect(socket.AF_INET, (ELSEWHERE, 443))
    assert guard.take_blocked() == ["192.0.2.1:443"]
    assert guard.take_blocked() == []


@pytest.mark.skipif(not socket.has_ipv6, reason="this Python has no IPv6")
def test_blocks_a_connection_over_ipv6(guard):
    with pytest.raises(ConnectionBlockedError):
        connect(socket.AF_INET6, (ELSEWHERE_6, 443))
    assert guard.take_blocked() == [f"{ELSEWHERE_6}:443"]


def test_blocks_a_name_before_it_is_looked_up(guard):
    with pytest.raises(ConnectionBlockedError):
        socket.create_connection(("api.openai.com", 443), timeout=0.1)
    assert guard.take_blocked() == ["api.openai.com:443"]


@pytest.mark.parametrize(
    "look_up",
    [
        lambda: socket.getaddrinfo("api.openai.com", 443),
        lambda: socket.getaddrinfo(b"api.openai.com", "https"),
        lambda: socket.gethostbyname("api.openai.com"),
        lambda: socket.gethostbyname_ex("api.openai.com"),
        lambda: socket.gethostbyaddr(ELSEWHERE),
        lambda: socket.getnameinfo((ELSEWHERE, 443), 0),
    ],
)
def test_blocks_every_kind_of_look_up(guard, look_up):
    with pytest.raises(ConnectionBlockedError):
        look_up()
    assert len(guard.take_blocked()) == 1


def test_blocks_a_datagram(guard, udp):
    with pytest.raises(ConnectionBlockedError):
        udp.sendto(b"x", (ELSEWHERE, 53))
    with pytest.raises(ConnectionBlockedError):
        udp.sendmsg([b"x"], [], 0, (ELSEWHERE, 53))
    assert guard.take_blocked() == ["192.0.2.1:53", "192.0.2.1:53"]


def test_blocks_a_library_that_knows_nothing_of_it(guard):
    with pytest.raises(OSError, match="blocks connections"):
        urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=0.1)
    assert guard.take_blocked() == ["192.0.2.1:80"]


def test_blocks_asynchronous_code(guard):
    with pytest.raises(ConnectionBlockedError):
        asyncio.run(asyncio.open_connection(ELSEWHERE, 443))
    assert guard.take_blocked() == ["192.0.2.1:443"]


def test_blocks_other_threads(guard):
    caught = []

    def work():
        try:
            connect(socket.AF_INET, (ELSEWHERE, 443))
        except ConnectionBlockedError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(caught) == len(guard.take_blocked()) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "LOCALHOST"])  # noqa: S104
def test_lets_this_machine_pass(guard, port, host):
    with closing(socket.create_connection((host, port), timeout=5)):
        pass
    assert guard.take_blocked() == []


@pytest.mark.parametrize("host", ["::1", "::", "::ffff:127.0.0.1"])
def test_lets_this_machine_pass_over_ipv6(guard, host):
    socket.getaddrinfo(host, 80)
    assert guard.take_blocked() == []


def test_lets_a_server_on_all_addresses_look_up_its_own_name(guard):
    with HTTPServer(("0.0.0.0", 0), BaseHTTPRequestHandler):  # noqa: S104
        pass
    assert guard.take_blocked() == []


@pytest.mark.usefixtures("guard")
def test_lets_what_is_no_network_pass(tmp_path):
    path = str(tmp_path / "socket")
    with closing(socket.socket(socket.AF_UNIX)) as server, closing(socket.socket(socket.AF_UNIX)) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
    socket.getaddrinfo(None, 80)


def test_does_nothing_outside_a_case(udp):
    guard = NetworkGuard()
    with guard.closed(), pytest.raises(ConnectionBlockedError):
        udp.connect((ELSEWHERE, 53))
    udp.connect((ELSEWHERE, 53))  # which sends nothing
    assert guard.take_blocked() == ["192.0.2.1:53"]


def test_opens_again_when_the_case_fails(udp):
    with pytest.raises(ZeroDivisionError), NetworkGuard().closed():
        raise ZeroDivisionError
    udp.connect((ELSEWHERE, 53))


@pytest.mark.skipif(not hasattr(socket, "AF_NETLINK"), reason="needs Linux")
def test_a_socket_to_the_kernel_is_no_connection_to_a_host(guard):
    with closing(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)) as one:
        one.connect((0, 0))
    assert guard.take_blocked() == []

"""Names that are ours, pages that are ours, and proxies that are believed."""

import httpx
import pytest

from assistant import Assistant
from assistant.http.addresses import Hosts, Proxies, client_key
from assistant.settings import Settings
from index.errors import SettingsError
from tests.assistant.http.support import ask, client_of, error_of, with_settings


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "192.0.2.1", ""])
def test_a_name_that_is_not_ours_is_refused(client: httpx.Client, host: str):
    for path in ("/api/health", "/api/docs", "/"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 421
        assert "DATELINE_ALLOWED_HOSTS" in error_of(response)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:7860", "LOCALHOST", "localhost.", "[::1]:80"])
def test_the_names_of_this_machine_are_ours(client: httpx.Client, host: str):
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


def test_names_can_be_added(assistant: Assistant):
    with client_of(with_settings(assistant, allowed_hosts="news.example.org, Paper.example")) as client:
        for host, status in (("news.example.org", 200), ("paper.example:443", 200), ("x.news.example.org", 421)):
            assert client.get("/api/health", headers={"Host": host}).status_code == status
    for name in ("https://news.example.org", "a b", "news.example.org:443", "a/b"):
        with pytest.raises(SettingsError):
            Hosts(Settings.load({}, allowed_hosts=name))


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:1234", 200),
        ("HTTP://127.0.0.1:1234", 200),
        ("https://127.0.0.1:1234", 403),
        ("http://localhost:1234", 403),
        ("http://127.0.0.1:1235", 403),
        ("http://127.0.0.1", 403),
        ("http://evil.example", 403),
        ("https://news.example.org", 403),
        ("null", 403),
        ("file://", 403),
        ("", 403),
    ],
)
def test_pages_of_other_sites_may_not_ask(assistant: Assistant, origin: str, status: int):
    with client_of(with_settings(assistant, allowed_hosts="news.example.org")) as client:
        response = client.get("/api/health", headers={"Host": "127.0.0.1:1234", "Origin": origin})
        assert response.status_code == status
        assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://news.example.org", 200), ("http://news.example.org", 403), ("https://news.example.org:444", 403)],
)
def test_behind_a_proxy_the_page_is_the_one_that_the_proxy_says(assistant: Assistant, origin: str, status: int):
    seen = {"X-Forwarded-Host": "news.example.org", "X-Forwarded-Proto": "https", "Origin": origin}
    with client_of(with_settings(assistant, allowed_hosts="news.example.org", proxies="127.0.0.1")) as client:
        assert client.get("/api/health", headers=seen).status_code == status


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_what_a_browser_says_of_another_site_is_believed(client: httpx.Client, site: str):
    said = {"Sec-Fetch-Site": site}
    followed = {**said, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.post("/api/ask", json={"question": "who?"}, headers=said).status_code == 403
    assert client.post("/api/ask", json={"question": "who?"}, headers=followed).status_code == 403
    assert client.get("/api/articles", headers=said).status_code == 403
    assert client.get("/api/docs", headers=said).status_code == 403
    assert client.get("/api/docs", headers=followed).status_code == 200  # a link to a page
    assert client.post("/api/docs", headers=followed).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_and_a_typed_address_may_ask(client: httpx.Client, site: str):
    assert client.get("/api/articles", headers={"Sec-Fetch-Site": site}).status_code == 200
    assert ask(client).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_a_form_can_send_is_no_question(client: httpx.Client, kind: str):
    body = b'{"question": "who?"}'
    response = client.post("/api/ask", content=body, headers={"Content-Type": kind})
    assert response.status_code == 422
    assert "application/json" in error_of(response)
    for path in ("/api/conversations", "/api/library/changes"):
        headers = {"Content-Type": kind, "Dateline-Browser": "ab" * 16}
        assert client.post(path, content=body, headers=headers).status_code == 422
    assert client.post("/api/ask", content=body).status_code == 422  # without a kind


def test_where_all_addresses_are_listened_on_any_address_is_ours():
    hosts = Hosts(Settings.load({}, host="0.0.0.0"))
    hosts.check_name(["192.0.2.1:7860"])
    with pytest.raises(Exception, match="does not go by that name"):
        hosts.check_name(["evil.example"])
    with pytest.raises(Exception, match="does not go by that name"):
        hosts.check_name(["192.0.2.1", "192.0.2.1"])


def seen(proxies: str, peer: str, **headers: str) -> tuple[str, dict[str, str], str]:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": [(b"host", b"inner"), *given]}
    through = Proxies(Settings.load({}, proxies=proxies)).client_scope(scope)
    names = {name.decode(): value.decode() for name, value in through["headers"]}
    return client_key(through), names, through["scheme"]


def test_a_proxy_is_believed_only_if_it_is_named():
    said = {"x_forwarded_for": "192.0.2.9", "x_forwarded_host": "news.example.org", "x_forwarded_proto": "https"}
    assert seen("", "127.0.0.1", **said) == ("127.0.0.1", {"host": "inner"}, "http")
    assert seen("127.0.0.1", "192.0.2.1", **said) == ("192.0.2.1", {"host": "inner"}, "http")
    assert seen("127.0.0.1", "127.0.0.1", **said) == ("192.0.2.9", {"host": "news.example.org"}, "https")


def test_a_client_cannot_give_itself_another_address():
    forged = "198.51.100.1, 192.0.2.9"  # the proxy appended the last one
    assert seen("127.0.0.1", "127.0.0.1", x_forwarded_for=forged)[0] == "192.0.2.9"
    assert seen("127.0.0.1,192.0.2.9", "127.0.0.1", x_forwarded_for=forged)[0] == "198.51.100.1"
    assert seen("127.0.0.1", "127.0.0.1", x_forwarded_for="nonsense")[0] == "127.0.0.1"
    assert seen("127.0.0.1", "127.0.0.1", x_forwarded_for="198.51.100.1, unknown")[0] == "127.0.0.1"
    for written in ("192.0.2.9:5678", "[2001:db8:1:2::1]:99", "[2001:db8:1:2::1]"):
        client = seen("127.0.0.1", "127.0.0.1", x_forwarded_for=f"198.51.100.1, {written}")[0]
        assert client == ("192.0.2.9" if "." in written else "2001:db8:1:2::")


def test_a_network_of_one_owner_is_one_client():
    assert seen("", "2001:db8::1")[0] == seen("", "2001:db8::ffff:1")[0] == "2001:db8::"
    assert seen("", "2001:db8:0:1::1")[0] != seen("", "2001:db8::1")[0]
    with pytest.raises(SettingsError):
        Proxies(Settings.load({}, proxies="proxy.example"))


def test_what_a_stranger_says_of_proxies_changes_nothing(client: httpx.Client):
    assert ask(client).status_code == 200
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "192.0.2.1", "Forwarded": "host=evil.example"}
    assert client.get("/api/health", headers=forged).status_code == 200

import pytest

from crawler.middlewares.addresses import AddressRules, Networks, host_key
from pipelines.vocabulary.errors import UsageError


def rules(private: str = "") -> AddressRules:
    made = AddressRules(["gov.cn"], Networks(private))
    made.add_host_of("http://portal.example.test/")
    made.add_host_of("http://127.0.0.2:8001/")
    return made


@pytest.mark.parametrize(
    "url",
    [
        "http://www.cncn.gov.cn/",
        "https://xxgk.sub.cncn.gov.cn:8443/a",
        "http://portal.example.test/x",
        "http://PORTAL.example.test./x",
    ],
)
def test_listed_hosts_and_allowed_suffixes_may_be_asked(url):
    assert rules().refuse(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://www.156152.com/zwgk/",
        "http://gov.cn.evil.com/",
        "http://notgov.cn/",
        "http://other.example.test/",
        "ftp://www.cncn.gov.cn/",
        "file:///etc/passwd",
        "http://user:secret@www.cncn.gov.cn/",
        "http://www.cncn.gov.cn:99999/",
        "http://[::1/",
        "http:///nothing",
    ],
)
def test_everything_else_is_refused_with_a_reason(url):
    assert rules().refuse(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.2:8001",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.9.9",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[fc00::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:0:127.0.0.1]",  # translated (RFC 2765)
        "[::127.0.0.1]",  # compatible, long out of use
        "[64:ff9b::127.0.0.1]",  # NAT64
        "[64:ff9b::a00:1]",
        "[64:ff9b::8.8.8.8]",  # whatever lies behind it: the way there is a translator's
        "[64:ff9b:1::a00:1]",  # NAT64 of one's own
        "[2002:7f00:1::]",  # 6to4
        "[2001:0:7f00:1::1]",  # Teredo
        "[2001:db8::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[::]",
        "[100::1]",
    ],
)
def test_no_address_that_is_not_public_is_asked_even_when_listed_or_linked(host):
    made = rules()
    made.add_host_of(f"http://{host}/")
    assert made.refuse(f"http://{host}/") is not None
    assert made.refuse(f"http://{host}/", linked_file=True) is not None


def test_a_private_network_the_user_names_is_allowed_and_only_that():
    made = rules("127.0.0.0/8")
    assert made.refuse("http://127.0.0.2:8001/x") is None
    assert made.refuse("http://10.0.0.1/", linked_file=True) is not None


def test_another_port_of_a_listed_ip_address_is_another_server():
    made = rules("127.0.0.0/8")
    assert made.refuse("http://127.0.0.2:8002/") is not None
    assert made.refuse("http://127.0.0.2:8002/", linked_file=True) is None


def test_a_file_linked_from_a_report_may_lie_on_another_public_host():
    assert rules().refuse("http://8.8.8.8:30105/a.pdf", linked_file=True) is None
    assert rules().refuse("http://files.example.com/a.pdf") is not None


def test_networks_written_wrong_are_a_usage_error_that_names_the_setting():
    with pytest.raises(UsageError, match="ALLOWED_PRIVATE_NETWORKS"):
        Networks("127.0.0.0/8,nonsense")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://www.x.gov.cn:8080/a", "www.x.gov.cn"),
        ("http://1.2.3.4/a", "1.2.3.4:80"),
        ("https://1.2.3.4/a", "1.2.3.4:443"),
        ("http://[::1]:9/a", "[::1]:9"),
    ],
)
def test_a_server_is_a_name_or_an_ip_address_with_its_port(url, key):
    assert host_key(url) == key


@pytest.mark.parametrize("port", [22, 25, 110, 3306, 5432, 6379, 9200, 11211])
def test_the_port_of_another_service_is_never_asked(port):
    rules = AddressRules(["gov.cn"], Networks())
    url = f"http://www.x.gov.cn:{port}/"
    assert "another service" in str(rules.refuse(url))
    assert "another service" in str(rules.refuse(url, linked_file=True))


@pytest.mark.parametrize("port", [80, 443, 81, 8080, 8443, 9080, 30105])
def test_an_odd_port_of_a_web_server_is_asked(port):
    assert AddressRules(["gov.cn"], Networks()).refuse(f"http://www.x.gov.cn:{port}/") is None

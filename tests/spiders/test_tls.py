"""Portals over https, the old kinds included."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.spiders.world import crawl, portal


def certificate(folder: Path) -> Path:
    """Make a self-signed certificate for a name that is not the server's, and expired."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "other.gov.test")])
    end = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(end - timedelta(days=9))
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
@pytest.mark.parametrize("version", [None, ssl.TLSVersion.TLSv1], ids=["today", "tls-1.0-only"])
def test_a_portal_over_https_is_read_whatever_its_certificate_and_age(tmp_path, version):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    if version is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
    run = crawl([portal("990071")], tmp_path / "out", https=context)
    assert run.status == 0, run.error
    assert run.outcome("990071") == "ok", run.problems
    assert run.portals["990071"]["read"] == 3
    assert max(seen.in_flight for seen in run.server.log) == 1

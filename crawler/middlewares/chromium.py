"""Which Chromium renders, and how it is started so that nothing leaves it but by the gateway."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

_SYSTEM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
_PLAYWRIGHT_OWN = (
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/*/chrome",
)
# What would leave a browser by another door than its proxy: UDP (WebRTC, QUIC) and its own DNS.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_chromium(settings: BaseSettings) -> str | None:
    """Return the Chromium to use: CHROMIUM_PATH, Playwright's own, then the system's."""
    given = settings.get("CHROMIUM_PATH")
    if given:
        return str(given) if os.access(given, os.X_OK) else None
    root = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    for pattern in _PLAYWRIGHT_OWN:
        for path in sorted(root.glob(pattern), reverse=True):
            if os.access(path, os.X_OK):
                return str(path)
    for name in _SYSTEM:
        if os.access(name, os.X_OK):
            return name
    return shutil.which("chromium")


def launch_options(executable: str | None, proxy: str) -> dict[str, Any]:
    """Return how Playwright is to start the browser behind the gateway."""
    return {
        "executable_path": executable,
        "args": list(_ARGUMENTS),
        "proxy": {"server": proxy},
        "timeout": 120_000,  # a last resort; a busy machine takes its time
    }


def context_options(version: str | None, name: str) -> dict[str, Any]:
    """Return how a portal's session is to behave; ``name`` is ours, said beside the browser's."""
    options: dict[str, Any] = {
        "locale": "zh-CN",
        "service_workers": "block",
        "ignore_https_errors": True,  # as for plain requests: reports are public, not secret
        "accept_downloads": False,
    }
    if version is not None:
        # The browser's own name and ours beside it: ordinary, and honest.
        options["user_agent"] = (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{version} Safari/537.36 {name}"
        )
    return options

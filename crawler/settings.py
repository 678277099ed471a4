"""Every setting that differs from Scrapy's default, with the reason beside it.

The settings users set (README, contract section 3) can be given with ``-s NAME=value`` or as
environment variables of the same name.
"""

from __future__ import annotations

import os

from crawler import __version__

BOT_NAME = "county_reports"
# By name: the parts of a walk beside them need not be loaded to list them.
SPIDER_MODULES = ["spiders.county_reports", "spiders.portal_discovery"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"

# -- what users set ---------------------------------------------------------------------------
OUTPUT_DIR = os.environ.get("OUTPUT_DIR", "output")
# Address ranges that may be fetched although they are not public (tests, the demo).
ALLOWED_PRIVATE_NETWORKS = os.environ.get("ALLOWED_PRIVATE_NETWORKS", "")
# Hosts beside those of the registry that a crawl may visit.
ALLOWED_HOST_SUFFIXES = os.environ.get("ALLOWED_HOST_SUFFIXES", "gov.cn")
CHROMIUM_PATH = os.environ.get("CHROMIUM_PATH", "")
# A PostgreSQL shared by several machines: not built yet, so a crawl refuses it at once.
DATABASE_URL = os.environ.get("DATABASE_URL", "")
# Who asks, for the portal's operator to write to; goes into the User-Agent.
CONTACT = os.environ.get("CONTACT", "")

# -- who we are -------------------------------------------------------------------------------
# Honest: a name, a version, what for, and a contact where the user gave one. Not a browser's.
USER_AGENT = (
    f"county-reports/{__version__} (reads published government annual reports"
    + (f"; {CONTACT}" if CONTACT else "")
    + ")"
)
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    # default en: some portals then show their English site
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}

# -- politeness (middlewares/pace.py keeps it, for the browser's requests too) -------------------
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; these are small offices' web servers
CONCURRENT_REQUESTS = 64  # default 16; over all portals, each of which has one in flight
# Seconds from the end of one request to the start of the next, per host. A DOWNLOAD_DELAY given
# by the user (-s) takes the place of both.
REQUEST_GAP = 3.0
ADDRESS_IN_FLIGHT = (
    2  # requests at a time to one IP address, whatever hosts lead to it; a gap after each
)
REQUEST_GAP_PRIVATE = 0.02  # a server on a network the user allowed by name is not a small office
MAX_CRAWL_DELAY = 30.0  # a longer Crawl-delay is a refusal in practice: the portal says robots
MAX_RETRY_AFTER = 120.0  # a longer wait asked for by 429 or 503 ends the request
PORTALS_IN_FLIGHT = 48  # walks that go on at the same time, one host each
DOWNLOAD_DELAY = 0  # pace.py keeps the gap: it also covers the browser and counts from the end
ROBOTSTXT_OBEY = True  # default False; done by our middleware, which knows soft-404 and 5xx
AUTOTHROTTLE_ENABLED = False

# -- limits -----------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 45  # default 180; 3 to 20 s is normal for a slow county server
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # default 1 GiB; the largest report seen is a 30 MB scan
DOWNLOAD_FAIL_ON_DATALOSS = False  # default True; stated_length.py refuses what is cut off
DOWNLOAD_WARNSIZE = 0  # default 32 MiB; a refused size is a problem line, a large one is not
DNS_TIMEOUT = 20  # default 60
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # default ERROR; every failure is a line of problems.jsonl
RETRY_HTTP_CODES = [500, 502, 504, 408]  # 429 and 503 are waited for by pace.py
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.DownloadTimeoutError",
    "scrapy.exceptions.ResponseDataLossError",
    OSError,
    # scrapy-playwright raises these, and Scrapy would not try again
    "playwright.async_api.Error",
]
REDIRECT_MAX_TIMES = 6  # default 20
METAREFRESH_ENABLED = False  # spiders/fetching.py follows pages that only redirect, scripts too
DISCOVERY_REQUESTS = 60  # per portal, from the home page to a verified column
CRAWL_DATE = os.environ.get("CRAWL_DATE", "")  # which years are due; empty: today's date
# schedule: a held report is asked again after days to months, by season and its age
# (pipelines/store/schedule.py); a portal's second crawl costs it its lists and little more.
# always: at every run, conditionally, one 304 each, so that a correction is seen the same day.
RECHECK = os.environ.get("RECHECK", "schedule")
MAX_LIST_PAGES = 60  # per column
MAX_FILES_PER_REPORT = 12
# Days a run's folder stays whole; of older ones what still says something. 0: all stay as they are.
RUNS_KEEP_DAYS = 60
# Days in which an answer that is as the last one was is not archived again; 0: each time.
ARCHIVE_REVISIT_DAYS = 30
ARCHIVE_MAX_BYTES = 512 * 1024 * 1024  # one WARC file; then the next. 0: none, nor any reparse

# -- security ---------------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # default True since 2.19: executes Python for whoever has a token
TELNETCONSOLE_ENABLED = False  # as above
TWISTED_DNS_RESOLVER = (
    "crawler.middlewares.addresses.PublicOnlyResolver"  # checks what is connected to
)
HTTPPROXY_ENABLED = False  # a proxy would resolve names itself, past the check of addresses
# file:, ftp:, s3: and data: addresses are no portals
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.middlewares.handler.Handler",
    "https": "crawler.middlewares.handler.Handler",
}

# -- rendering --------------------------------------------------------------------------------
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TURNING_TIMEOUT = 300.0  # for the pages of a list that only a press in the browser turns, in all
# Seconds for one page as a whole, by the clock: a script that loops never ends by itself. A last
# resort, wide enough for a machine that is three times too busy; pages end when they are still.
RENDER_TIMEOUT = 180.0
PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT = 60_000  # its scripts come one by one, paced
# Pages that load at a time: two saturate two cores. As many again may be open and waited for.
RENDER_CONCURRENCY = 2
PLAYWRIGHT_MAX_PAGES_PER_CONTEXT = 1  # a portal has one session, closed when its walk is over

# -- the path of a request and of a document --------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.addresses.AddressMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.middlewares.cookies.OfflineCookiesMiddleware": 700,  # without a fetch of its own
    "crawler.middlewares.blocked.BlockedMiddleware": 560,  # above retry (550): sees what is final
    "crawler.middlewares.scripted.RenderMiddleware": 570,
}
SPIDER_MIDDLEWARES = {
    # The spider asks one page after the other itself and judges every status.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
}
ITEM_PIPELINES = {
    "crawler.middlewares.origins.OriginStage": 50,
    "pipelines.stages.ReadStage": 100,
    "pipelines.stages.ChooseStage": 200,
    "pipelines.stages.DeduplicateStage": 300,
    "pipelines.stages.WriteStage": 400,
}
EXTENSIONS = {
    "crawler.extensions.progress.Progress": 100,
    "crawler.extensions.run_report.RunReport": 200,
    "crawler.extensions.health.Health": 300,
    "crawler.extensions.status.Status": 400,
    "scrapy.extensions.logstats.LogStats": None,  # progress.py says it in words
}

# -- what a user sees -------------------------------------------------------------------------
LOG_LEVEL = "WARNING"  # default DEBUG; progress.py prints what a user wants to know
if "LOG_FORMAT" in os.environ:  # json: a line of JSON each (crawler/json_logs.py)
    LOG_FORMAT = os.environ["LOG_FORMAT"]
STATUS_FILE = os.environ.get("STATUS_FILE", "status.json")  # below OUTPUT_DIR; empty: none
METRICS_FILE = os.environ.get("METRICS_FILE", "")  # for Prometheus' textfile collector; empty: none
LOG_FORMATTER = "crawler.extensions.progress.QuietFormatter"
FEED_EXPORT_ENCODING = "utf-8"  # default of JSON: every Chinese letter an escape
STATS_DUMP = False  # runs/<run id>/summary.json holds the counts

import pytest
from scrapy.http import HtmlResponse, Response

from crawler.middlewares.blocked import challenge_in

PAGE = "<html><body><a href='/zwgk/'>政务公开</a>" + "正文" * 60 + "</body></html>"


def answer(body: str, status: int = 200, kind: str = "text/html") -> Response:
    return HtmlResponse(
        "http://x.gov.test/", body=body.encode(), status=status, headers={"Content-Type": kind}
    )


@pytest.mark.parametrize("status", [412, 521, 512, 468, 403, 405, 422])
def test_statuses_of_gateways_and_challenges_are_refusals(status):
    assert challenge_in(answer("", status)) == f"status {status}"


@pytest.mark.parametrize(
    "body",
    [
        "<html><script>var _$ab=1;$_ts={};</script></html>",
        "<script>document.cookie='__jsl_clearance_s=1';location.reload()</script>",
        "<html><head><script>document.cookie='a=1';window.location.reload();</script></head></html>",
        "<html><body><p>请输入验证码</p><script>show()</script></body></html>",
    ],
)
def test_a_script_stub_with_status_200_is_a_challenge(body):
    assert challenge_in(answer(body)) is not None


@pytest.mark.parametrize(
    "response",
    [
        answer(PAGE),
        answer(PAGE, 404),
        answer(PAGE, 500),
        answer("<script>window.location.href='/nb/list.html'</script>"),
        answer("<html><body><div id='app'></div><script src='/app.js'></script></body></html>"),
        answer("<p>" + "本页使用验证码保护依申请公开表单。" * 40 + "</p><script>x()</script>"),
        answer('{"captcha": false}', kind="application/json"),
        Response("http://x.gov.test/a.pdf", body=b"%PDF-1.4 captcha"),
    ],
)
def test_pages_errors_redirect_stubs_and_shells_are_no_challenge(response):
    assert challenge_in(response) is None

<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>政府信息公开年报_青榆县人民政府</title></head><body>
<div class="header"><a href="/">首页</a> <a href="/zwgk/">政务公开</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>
<form method="post" action="List_zlm.aspx?lmid=2820" id="f"><input type="hidden" name="__VIEWSTATE" value="cGFnZT0x"><input type="hidden" name="__EVENTVALIDATION" value="ev1"><ul><li><a href="/Show_zlm.aspx?id=77">青榆县2024年政府信息公开工作年度报告</a><span>2025-03-09</span></li></ul><div>共27条 第1/2页 <a href="javascript:__doPostBack('ctl00$Pager','2')">下一页</a></div></form>
<div class="footer"><a href="http://www.example.gov.test/">主办：青榆县人民政府办公室</a></div></body></html>
r"""What a reader's hands and eyes do on a drawn list, as the scripts that do it in the page.

Each is called with what it needs and returns plain values. Nothing of the page is kept between two
calls: pages draw themselves anew after every press, so that what was found before is gone.
"""

# ruff: noqa: E501 - scripts: a pattern broken over lines is harder to check

from __future__ import annotations

_COMMON = r"""
const classes = e => typeof e.className === 'string' ? e.className : '';
const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
const words = e => (e.innerText || e.value || '').replace(/\s+/g, ' ').trim();
// The words of an element's pieces apart: numbers of a pager may stand without a space between.
const apart = e => {
    const found = [], walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (/\S/.test(walk.currentNode.data)) found.push(walk.currentNode.data);
    return found.join(' ');
};
const off = /disabled|no[-_]?(?:next|more)\b|p_no\b/i;
const barred = e => {
    for (let up = e, n = 0; up && n < 3; up = up.parentElement, n++)
        if (up.disabled || up.getAttribute('aria-disabled') === 'true' || off.test(classes(up)))
            return true;
    return false;
};
// An address of its own is followed without the browser; what has none waits for a press.
const leads = e => {
    const link = e.closest('a');
    const href = link && (link.getAttribute('href') || '').trim();
    return Boolean(href) && !/^(?:#(?!!?\/)|javascript:)/i.test(href);
};
const waits = e => e.tagName === 'A' || e.tagName === 'BUTTON' || e.onclick
    || e.getAttribute('onclick') || e.getAttribute('role') === 'tab'
    || getComputedStyle(e).cursor === 'pointer' || e.closest('a, button, [onclick], [role=tab]');
const YEAR = /^[^\p{L}\p{N}]*(?:20[012]\d\s*年?度?(?:年报|年度报告)?|20[012]\d\s*年?\s*[-—–~～至到]+\s*20[012]\d\s*年?|20[012]\d\s*年?(?:及?以前|及?之前))[^\p{L}\p{N}]*$/u;
const ORGAN = /^(?!政府信息公开|信息公开)(?:.{0,8}(?:人民|[省市县区州旗])政府(?:本级)?|政府本级|本级|.{0,8}政府办(?:公[室厅])?|[省市县区州盟旗]本?级|.{0,6}(?:部门|乡镇|镇街|街道|镇乡)).{0,6}(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告)?$/;
const ALL = /^\W*(?:全部|所有|不限)(?:年份?|年度|机关|部门|单位|机构)?\W*$/u;
// An organ with a year behind it is a report's title.
const kind = text => YEAR.test(text) ? 'year' : ORGAN.test(text) && !/20[012]\d/.test(text) ? 'organ' : '';
const press = e => { e.scrollIntoView({block: 'center'}); e.click(); };
// Rows named as reports that no address leads on from: only a press shows where they lead.
const REPORT = /20[012]\d\s*年?.{0,40}(?:报告|年报|…|\.\.\.)|^\s*20[012]\d\s*年度?\s*[[(（]?20[012]\d[-./年]\d/;
const ADDRESS = ['data-url', 'data-href', 'data-link', 'data-file', 'fileurl', 'url'];
const QUOTED = /['"](?:(?:https?:)?\/{1,2}[^'"\s<>]+|\.{1,2}\/[^'"\s<>]+|[\w%./-]+\.(?:s?html?|jspx?|aspx?|php|pdf|docx?)(?:\?[^'"\s]*)?)['"]/;
// A year with a day beside it is a row; one alone is a tab.
const dated = e => /^\s*20[012]\d\s*年?度?\s*[[(（]?20[012]\d[-./年]\d/.test(((e.closest('li, tr, dd') || e).textContent || '').slice(0, 80));
const quoted = e => {
    const code = `${e.getAttribute('onclick') || ''} ${e.getAttribute('href') || ''}`, found = QUOTED.exec(code);
    // One that more is put to is none: show('/nb/', '4711').
    return !found || /^[/=]['"]\s*[,+]\s*['"]/.test(code.slice(found.index + found[0].length - 2)) ? '' : found[0];
};
const tells = (e, shared) => leads(e) || ADDRESS.some(a => e.getAttribute(a)) || quoted(e) && !shared.has(quoted(e));
const blind = () => {
    const found = [], calls = new Map(), shared = new Set();
    // What a script is called with for one report after the other is not the address of any.
    for (const e of document.querySelectorAll('a, [onclick]')) {
        const text = (e.textContent || '').trim();
        const named = REPORT.test(text) || kind(text) === 'year';
        const given = text.length < 160 && named ? quoted(e) : '';
        if (given && calls.has(given) && calls.get(given) !== text) shared.add(given);
        if (given) calls.set(given, text);
    }
    for (const e of document.querySelectorAll('a, li, span, button, div')) {
        if (e.childElementCount > 5) continue;
        const text = (e.textContent || '').trim();
        const year = kind(text) === 'year' && dated(e);
        if (text.length < 4 || text.length > 160 || !year && (!REPORT.test(text) || kind(words(e)))) continue;
        if (e.querySelector('a[href], select, input') && e.tagName !== 'A') {
            if ([...e.querySelectorAll('a, select, input')].some(i => i.tagName !== 'A' || tells(i, shared))) continue;
        }
        let told = false;
        for (let up = e, n = 0; up && n < 4 && up !== document.body && !told; up = up.parentElement, n++)
            told = !up.dataset.learnt && tells(up, shared);
        if (told || !waits(e) || !shown(e) || barred(e)) continue;
        const last = found[found.length - 1];
        if (last && last.contains(e)) found[found.length - 1] = e; else found.push(e);
    }
    // What else stands in such a list is a row of it as well, whatever it is named.
    const row = e => e.closest('li, tr, dd') || e;
    for (const e of found.length > 1 ? [...found] : []) {
        for (const other of row(e).parentElement.children) {
            if (other.tagName !== row(e).tagName || classes(other) !== classes(row(e))) continue;
            if (found.some(x => other.contains(x) || x.contains(other)) || !shown(other)) continue;
            if (words(other).length < 5 || kind(words(other)) || tells(other, shared)) continue;
            const inside = [...other.querySelectorAll('a, select, input, [data-url], [onclick]')];
            if (!inside.length) found.push(other);
            else if (inside.length === 1 && inside[0].tagName === 'A' && !tells(inside[0], shared)) found.push(inside[0]);
        }
    }
    return found;
};
const selects = () => [...document.querySelectorAll('select')].filter(s => {
    const texts = [...s.options].map(o => o.text.trim());
    if ([...s.options].some(o => /\/|\.\w*html?/.test(o.value))) return false;
    return texts.filter(t => kind(t)).length > (texts.some(t => ALL.test(t)) ? 0 : 1)
        || texts.length === 1 && kind(texts[0]);
});
const tabs = which => {
    const found = [];
    for (const e of document.querySelectorAll('a, li, span, button, label, dd, dt, td, div, p')) {
        if (e.childElementCount > 2 || e.closest('select')) continue;
        const text = words(e);
        if (text.length > 24 || kind(text) !== which || leads(e) || barred(e)) continue;
        if (!shown(e) || !waits(e) || which === 'year' && dated(e)) continue;
        if (e.querySelector('a[href]') && leads(e.querySelector('a[href]'))) continue;
        const last = found[found.length - 1];
        if (last && last.contains(e)) found[found.length - 1] = e; else found.push(e);
    }
    return found;
};
"""

ROWS = (
    "() => {"
    + _COMMON
    + r"""
    const listed = [];
    const volatile = /([?&])(?:_|t|ts|r|rnd|rand|random|timestamp|time|sid)=[^&#]*|;jsessionid=[^?#]*/gi;
    for (const link of document.querySelectorAll('a, [onclick], [data-url], [data-href]')) {
        const text = (link.innerText || '').trim();
        if (text.length < 4 || /^\W*(?:[上下前后]一?[页頁组]|.{0,4}更多)\W*$/u.test(text)) continue;
        if (link.dataset.learnt) continue;
        const href = link.href || link.getAttribute('data-url') || link.getAttribute('onclick');
        listed.push(text + ' ' + String(href).replace(volatile, '$1'));
    }
    for (const e of blind()) listed.push(words(e) + ' ');
    return listed.slice(0, 20000);
}"""
)
"""What a page lists: its links of some length, those of its pager left out."""

PRESS_ROW = (
    "() => {"
    + _COMMON
    + r"""
    const e = blind().find(x => !x.dataset.tried);
    if (!e) return null;
    e.dataset.tried = e.dataset.asked = '1';
    let opened = '';
    const open = window.open;
    window.open = to => { opened = String(to || ''); return null; };
    press(e);
    return new Promise(done => setTimeout(() => {
        window.open = open;
        done([words(e), opened && new URL(opened, document.baseURI).href]);
    }, 50));
}"""
)
"""Presses the next row that has no address; returns its words and what it would have opened."""

LEARNT = r"""([url]) => {
    const e = document.querySelector('[data-asked]');
    if (!e) return;
    delete e.dataset.asked;
    if (url) { e.setAttribute('data-url', url); e.dataset.learnt = '1'; }
}"""
"""Writes the address a pressed row leads to where readers of the page find it."""

GO_ON = (
    r"""([number]) => {"""
    + _COMMON
    + r"""
    const more = '(?:点击|点我|下拉)?(?:加载|查看|显示|展开|获取)(?:更多|全部|下一?页)(?:年报|报告|信息|内容)?|更多(?:年报|报告)?|下一?[页頁组批]|后一?[页组]|next(?: ?page)?|(?:load|show) more';
    const said = new RegExp(`^[^\\p{L}\\p{N}]*(?:${more})[^\\p{L}\\p{N}]*$`, 'iu');
    const mark = /^\s*[>»›]\s*$/;
    const named = /(?:^|[\s_-])(?:next|nextpage|loadmore|load-more|btn-next)(?:$|[\s_-])/i;
    const best = [null, null, null, null];
    // The number before it stands right before it, whatever else is around the two.
    const follows = (e, before) => {
        let at = e.previousSibling;
        while (at && !(at.textContent || '').trim()) at = at.previousSibling;
        return Boolean(at) && new RegExp(`(?:^|\\D)${before}[\\s\\]】]*$`).test((at.textContent || '').slice(-20));
    };
    for (const e of document.querySelectorAll('a, button, input, span, div, li, p, i, em')) {
        const text = (e.innerText || e.value || e.title || '').slice(0, 40);
        const short = text.trim().length < 8;
        const rank = said.test(text) ? 0
            : short && named.test(classes(e)) ? 1
            : mark.test(text) ? 2 : text.trim() === String(number) ? 3 : 4;
        if (rank > 3 || !shown(e) || barred(e) || leads(e)) continue;
        if (rank === 3) {  // a number among the numbers of a pager
            if (e.childElementCount > 1 || !waits(e)) continue;
            let pager = follows(e, number - 1);
            for (let up = e.parentElement, n = 0; up && n < 3 && !pager; up = up.parentElement, n++)
                pager = follows(up, number - 1)
                    || new RegExp(`(?:^|\\D)${number - 1}\\D+${number}(?:\\D|$)`).test(apart(up))
                    && (up.innerText || '').length < 200;
            if (!pager) continue;
        }
        best[rank] = best[rank] && !best[rank].contains(e) ? best[rank] : e;
    }
    const found = best[0] || best[1] || best[2] || best[3];
    if (!found) {
        for (const s of document.querySelectorAll('select')) {
            const texts = [...s.options].map(o => o.text.trim());
            const numbers = texts.map(t => (/^第?\s*(\d{1,3})\s*(?:页|\/\s*\d+\s*页?)?$/.exec(t) || [])[1]);
            if (numbers.length < 2 || numbers.some((n, i) => Number(n) !== i + 1)) continue;
            const next = s.options[number - 1];
            if (!next || /\/|\.\w*html?/.test(next.value)) continue;
            s.value = next.value;
            s.dispatchEvent(new Event('input', {bubbles: true}));
            s.dispatchEvent(new Event('change', {bubbles: true}));
            return ['number', next.text.trim()];
        }
        return ['', ''];
    }
    const text = (found.innerText || found.value || found.className).trim().slice(0, 20);
    press(found);
    return [found === best[3] ? 'number' : 'next', text];
}"""
)
"""Presses what leads on: words, a symbol, the pager's next number; returns what, and its words."""

SCROLL = r"""() => {
    let moved = 0;
    const down = (e, height) => { const at = e.scrollTop; e.scrollTop = height; moved += e.scrollTop !== at; };
    for (const e of document.querySelectorAll('div, ul, section, main, tbody')) {
        if (e.scrollHeight <= e.clientHeight + 20 || e.clientHeight < 40) continue;
        if (!/auto|scroll/.test(getComputedStyle(e).overflowY)) continue;
        down(e, e.scrollHeight);
        e.dispatchEvent(new Event('scroll'));
    }
    const page = document.scrollingElement || document.documentElement;
    if (page.scrollTop > 0 && page.scrollTop + window.innerHeight >= page.scrollHeight - 2)
        window.scrollBy(0, -120);  // who is at the end already moves nothing by going there
    window.scrollTo(0, page.scrollHeight);
    return moved;
}"""
"""Scrolls the page, and what scrolls inside it, to its end."""

CONTROLS = (
    "() => {"
    + _COMMON
    + r"""
    const found = selects().map((s, n) => {
        const texts = [...s.options].map(o => o.text.trim());
        return {
            at: s, how: 'select', index: [...document.querySelectorAll('select')].indexOf(s),
            kind: texts.filter(t => kind(t) === 'year').length >= texts.filter(t => kind(t) === 'organ').length
                ? 'year' : 'organ',
            values: texts.filter((t, i) => t && s.options[i].value !== '' || ALL.test(t)),
            now: (s.selectedOptions[0] || {text: ''}).text.trim(),
        };
    });
    for (const which of ['organ', 'year']) {
        const group = tabs(which);
        if (group.length) found.push({
            at: group[0], how: 'tab', index: 0, kind: which, now: '',
            values: [...new Set(group.map(words))],
        });
    }
    found.sort((a, b) => a.at.compareDocumentPosition(b.at) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    return found.map(({how, index, kind, values, now}) => ({
        how, index, kind, now, values, all: values.find(v => ALL.test(v)) || ''}));
}"""
)
"""Selects and tabs of years and organs, as they stand, in the page's order."""

CHOOSE = (
    "([how, index, which, text]) => {"
    + _COMMON
    + r"""
    if (how === 'select') {
        const s = document.querySelectorAll('select')[index];
        const wanted = s && [...s.options].find(o => o.text.trim() === text);
        if (!wanted) return false;
        s.value = wanted.value;
        s.dispatchEvent(new Event('input', {bubbles: true}));
        s.dispatchEvent(new Event('change', {bubbles: true}));
        return true;
    }
    const tab = tabs(which).find(e => words(e) === text);
    if (tab) press(tab);
    return Boolean(tab);
}"""
)
"""Chooses one value of one control; tells whether it was there."""

ENTER = (
    "([name]) => {"
    + _COMMON
    + r"""
    const plain = text => text.replace(/[\s·•|>\[\]【】《》()（）-]+/g, '');
    let best = null;
    for (const e of document.querySelectorAll('a, li, span, button, label, dd, dt, td, div, p, h3, h4, area')) {
        const text = plain(words(e) || e.title || e.alt || '');
        if (text !== plain(name) || leads(e) || !waits(e)) continue;
        if (!best || best.contains(e)) best = e;
    }
    if (best) press(best);
    return Boolean(best);
}"""
)
"""Presses the entry of a menu that has a name and no address; tells whether there is one."""

BRANCH = (
    "([most]) => {"
    + _COMMON
    + r"""
    const sign = /^\s*[+＋▶▸►▷›]\s*/;
    const switches = /(?:^|[\s_-])(?:switch|expand|expander|toggle|collapsed|tree-?icon|roots?_close|center_close|bottom_close|noline_close|el-tree-node__expand-icon|layui-tree-iconClick)(?:$|[\s_-])/i;
    const others = /乡|镇|街道|学校|医院|企业|局|委员会|中心/;
    for (const e of document.querySelectorAll('span, a, i, li, div, button, dt, summary, ins')) {
        if (e.dataset.opened || e.childElementCount > 1 || leads(e) || !shown(e)) continue;
        const text = words(e).slice(0, 40), closed = e.getAttribute('aria-expanded') === 'false';
        const tree = e.closest('.ztree, .tree, [id*=tree], [class*=tree], [role=tree], details');
        if (!tree || !(closed || sign.test(text) || switches.test(classes(e)) || e.tagName === 'SUMMARY'))
            continue;
        if (/open(?:$|[\s_-])|is-leaf|expanded(?:$|\s)/i.test(classes(e))) continue;
        const name = text.replace(sign, '') || words(e.parentElement || e).slice(0, 40);
        if (others.test(name) || !waits(e) && !switches.test(classes(e))) continue;
        e.dataset.opened = '1';
        press(e);
        return name || '+';
    }
    return '';
}"""
)
"""Opens the next closed branch of a tree; returns its name, empty where there is none."""

WAIT = "([ms]) => new Promise(done => setTimeout(done, ms))"
"""Gives the page some time of its own."""

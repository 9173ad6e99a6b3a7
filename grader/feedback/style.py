"""How a feedback page looks, in light, dark and print, and the policy that lets it load nothing but this."""

from __future__ import annotations

import base64
import hashlib

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--soft:#555;--line:#8a8a8a;--box:#f3f3f0;--good:#1a6e2e;
--bad:#b3261e;--open:#6b5300;--link:#0b57a4}
@media (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e8e8e6;--soft:#b4b8be;--line:#7d838c;--box:#22252b;
--good:#7ddc92;--bad:#ff9d94;--open:#f0cf6a;--link:#9cc7ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:52rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
footer{border-top:1px solid var(--line);margin-top:2.5rem;padding:1rem 1rem 2rem;color:var(--soft);font-size:.9375rem}
h1{font-size:1.75rem;line-height:1.25;margin:.2rem 0 1rem}
footer h2{font-size:1rem;margin:1rem 0 0}
h2{font-size:1.3rem;line-height:1.3;margin:0 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 .35rem}
p{margin:.5rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,pre:focus-visible,main:focus-visible{outline:3px solid var(--link);
outline-offset:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
.about{color:var(--soft);margin:0}
.state{border:2px solid currentColor;border-radius:.4rem;padding:.6rem 1rem;margin:0 0 1rem}
.state p{color:var(--ink)}
.points{font-size:1.25rem;font-weight:700}
table{border-collapse:collapse;width:100%;margin:1.5rem 0}
caption{text-align:left;font-weight:700;font-size:1.125rem;padding-bottom:.4rem}
th,td{border-bottom:1px solid var(--line);padding:.45rem .75rem .45rem 0;text-align:left;vertical-align:top;
font-weight:400}
thead th,tfoot th,tfoot td{font-weight:700}
td{overflow-wrap:break-word}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
section{border-top:1px solid var(--line);padding-top:1.25rem;margin-top:2rem}
.sign{display:inline-block;min-width:1.5em;font-weight:700}
.word{font-weight:700}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.parts{list-style:none;margin:0;padding:0}
.parts li{margin:.4rem 0}
.message{margin:.15rem 0 .5rem 1.6rem;white-space:pre-wrap;border-left:3px solid var(--line);padding-left:.75rem}
.comment{white-space:pre-wrap;border-left:3px solid var(--link);padding:.1rem 0 .1rem .75rem}
.theirs{border:2px dashed var(--line);border-radius:.4rem;margin:1rem 0;overflow:hidden;contain:paint}
.label,summary{background:var(--box);color:var(--soft);padding:.45rem .75rem;font-size:.9375rem}
.label{margin:0}
summary{cursor:pointer}
.theirs pre,.theirs .answer{margin:0;padding:.75rem;overflow:auto;max-height:40rem;border-top:1px dashed var(--line)}
pre{font:.875rem/1.45 ui-monospace,monospace;tab-size:4;white-space:pre;overflow-wrap:normal}
.answer{white-space:pre-wrap}
.theirs img{display:block;max-width:100%;height:auto;background:#fff;margin:.75rem}
@media (max-width:30rem){h1{font-size:1.4rem}.message{margin-left:0}.theirs img{margin:.75rem 0}
th,td{padding-right:.5rem;font-size:.9375rem}.number{white-space:normal}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#333;--box:#fff;--good:#1a6e2e;--bad:#b3261e;--open:#6b5300;
--link:#000}.skip{display:none}.theirs pre,.theirs .answer{max-height:none;white-space:pre-wrap}
details::details-content{content-visibility:visible}}
"""

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = f"default-src 'none'; img-src data:; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"

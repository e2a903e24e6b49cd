"""The local page as HTML: one page, three faces (files to give, progress, results). Works without scripts, only less smoothly."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from canju.commands.web_work import ALL, Work
from canju.model import SEVERITY_WORDS

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STYLE = """
:root{--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--blue:#0b5cad;--pale:#f3f7fb;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f6f8fa;color:var(--ink);font:16px/1.7 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
header{background:var(--blue);color:#fff;padding:1.1rem 0}
header div,main{max-width:58rem;margin:0 auto;padding:0 1.2rem}
h1{font-size:1.35rem;margin:0}header p{margin:.1rem 0 0;font-size:.92rem}
main{padding-top:1.4rem;padding-bottom:3rem}
section{background:#fff;border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.4rem 1.3rem;margin-bottom:1.2rem}
h2{font-size:1.1rem;margin:0 0 .5rem}h3{font-size:1rem;margin:1rem 0 .2rem}
.drop{display:block;border:2px dashed #8aa4bf;border-radius:10px;background:var(--pale);padding:1.4rem;margin:.6rem 0;text-align:center;cursor:pointer}
.drop:hover,.drop:focus-within,.over{border-color:var(--blue);background:#e7f0fa}
.drop b{display:block;font-size:1.05rem}.drop input{margin-top:.7rem;max-width:100%;font:inherit}
.small,.drop span{color:var(--soft);font-size:.9rem}
button,.button{display:inline-block;font:inherit;font-weight:600;border:1px solid var(--blue);background:var(--blue);color:#fff;border-radius:7px;padding:.5rem 1.3rem;cursor:pointer;text-decoration:none}
button:hover,.button:hover{background:#08457f}.plain{background:#fff;color:var(--blue)}.plain:hover{background:var(--pale)}
:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
[role=alert]{background:#fdecec;border:1px solid #d9a0a0;border-radius:8px;padding:.6rem 1rem;margin:0 0 1rem}
progress{width:100%;height:1.1rem;accent-color:var(--blue)}
.counts{display:flex;flex-wrap:wrap;gap:.7rem;margin:.3rem 0 .8rem;padding:0;list-style:none}
.counts li{flex:1 1 7rem;border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;background:var(--pale)}
.counts b{display:block;font-size:1.5rem;line-height:1.3}
.files{list-style:none;margin:.3rem 0;padding:0}.files li{border-bottom:1px solid #e7ebef;padding:.32rem 0}
.files a{color:var(--blue);font-weight:600}.files span{color:var(--soft);font-size:.9rem;margin-left:.6rem}
details{border-top:1px solid #e7ebef;padding:.35rem 0}summary{cursor:pointer;font-weight:600}
.found{margin:.3rem 0 .3rem 1.1rem;padding:0;font-size:.93rem;overflow-wrap:anywhere}
"""
WHAT = {
    "report.html": "全县校验报告，在浏览器里看，可筛选、可打印",
    "汇总.xlsx": "县总表，每行注明来自哪个文件哪一行",
    "指标完成情况.xlsx": "对照方案逐条的结论和依据",
    "发放表.xlsx": "专职委员工资发放表",
    "总结.docx": "报送上级的总结",
    "数据来源底稿.xlsx": "总结里每个数字的出处",
    "内部情况.docx": "只供县里看",
    "问题明细.csv": "全部问题，一行一个",
}
FOLDERS = {"退回修改": "退回各镇（街道）修改的表格", "通知": "给各镇（街道）的通知"}
SCRIPT = """
(function(){
  var form=document.querySelector('form[data-give]');
  if(form){form.querySelectorAll('.drop').forEach(function(box){
    var input=box.querySelector('input');
    ['dragenter','dragover'].forEach(function(e){box.addEventListener(e,function(v){v.preventDefault();box.classList.add('over')})});
    ['dragleave','drop'].forEach(function(e){box.addEventListener(e,function(v){v.preventDefault();box.classList.remove('over')})});
    box.addEventListener('drop',function(v){if(v.dataTransfer.files.length){input.files=v.dataTransfer.files;said()}});
    input.addEventListener('change',said)});
    form.addEventListener('submit',function(){var b=form.querySelector('button');b.disabled=true;b.textContent='正在交给程序…'})}
  function said(){var n=0;form.querySelectorAll('input[type=file]').forEach(function(i){n+=i.files.length});
    document.getElementById('chosen').textContent=n?'已选 '+n+' 个文件。':''}
  var bar=document.querySelector('progress');
  if(bar){(function ask(){fetch('state').then(function(r){return r.json()}).then(function(s){
    if(s.state!=='working'){location.replace('./');return}
    bar.value=s.share;document.getElementById('step').textContent=s.step;setTimeout(ask,400)}).catch(function(){
    document.getElementById('step').textContent='程序已经结束，请重新运行 canju web。'})})()}
})();
"""


def page(work: Work, alert: str = "") -> str:
    """The whole page as the work stands; `alert` is what the clerk must hear first."""
    body = {"idle": _form, "working": _progress, "done": _results, "failed": _failed}[work.state](work)
    again = "<noscript><meta http-equiv='refresh' content='2'></noscript>" if work.state == "working" else ""
    told = f"<p role='alert'>{escape(alert)}</p>" if alert else ""
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>{again}"
        f"<title>残联台账工具</title><link rel='icon' href='data:,'><style>{STYLE}</style></head><body>"
        "<header><div><h1>残联台账工具</h1><p>只在本机运行，不连网络。关掉程序，放进来的文件和结果就一并删除。</p></div></header>"
        f"<main>{told}{body}</main><script>{SCRIPT}</script></body></html>"
    )


def refused() -> str:
    """What a wrong address shows."""
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>残联台账工具</title><style>{STYLE}</style></head>"
        "<body><main><p role='alert'>地址不完整。请用 canju web 窗口里显示的完整地址打开。</p></main></body></html>"
    )


def _form(work: Work) -> str:
    return (
        "<section><h2>放进各镇（街道）报来的文件</h2>"
        "<form data-give method='post' action='run' enctype='multipart/form-data'>"
        "<label class='drop'><b>把文件拖到这里，或点一下选文件</b><span>Excel、WPS、CSV、zip 都可以，可以多选，不用改名</span>"
        "<br><input type='file' name='files' multiple></label>"
        "<label class='drop'><b>或者选整个文件夹</b><span>文件夹里以镇名分的子文件夹会照样保留</span>"
        "<br><input type='file' name='files' multiple webkitdirectory></label>"
        "<p class='small'>有本县设置的，把 canju.toml、villages.csv 也一起放进来：没有的话，按今天判断，有些条款会是“待核实”。</p>"
        "<p><button type='submit'>开始校验汇总</button> <span id='chosen' class='small' role='status'></span></p></form></section>"
    )


def _progress(work: Work) -> str:
    return (
        f"<section><h2>正在处理</h2><p id='step' role='status'>{escape(work.step)}</p>"
        f"<progress max='1' value='{work.share:.2f}' aria-label='进度'></progress>"
        "<p class='small'>一般几秒到一分钟。这一页会自己更新，请不要关掉程序窗口。</p></section>"
    )


def _failed(work: Work) -> str:
    return "".join(f"<p role='alert'>{escape(line)}</p>" for line in work.said) + _form(work)


def _results(work: Work) -> str:
    said = "".join(f"<p>{escape(line)}</p>" for line in work.said)
    return f"<section><h2>做完了</h2>{_counts(work)}{said}</section>{_downloads(work)}{_findings(work)}{_again()}"


def _counts(work: Work) -> str:
    words = {"files": "个文件", "rows": "条记录", "error": "处错误，必须改", "query": "处请核实", "note": "处提示"}
    return f"<ul class='counts'>{''.join(f'<li><b>{work.counts.get(key, 0)}</b>{word}</li>' for key, word in words.items())}</ul>"


def _downloads(work: Work) -> str:
    top = [name for name in WHAT if name in work.files] + [name for name in work.files if "/" not in name and name not in WHAT]
    parts = [f"<section><h2>下载</h2><p><a class='button' href='get/{quote(ALL)}'>全部下载（zip）</a></p>{_list(top)}"]
    for folder, what in FOLDERS.items():
        held = [name for name in work.files if name.startswith(f"{folder}/")]
        if held:
            parts.append(f"<h3>{what}（{len(held)} 个）</h3>{_list(held)}")
    return "".join(parts) + "</section>"


def _list(names: Iterable[str]) -> str:
    rows = (
        f"<li><a href='get/{quote(name)}'{' target=_blank' if name.endswith('.html') else ''}>{escape(name.partition('/')[2] or name)}</a>"
        f"{f'<span>{WHAT[name]}</span>' if name in WHAT else ''}</li>"
        for name in names
    )
    return f"<ul class='files'>{''.join(rows)}</ul>"


def _findings(work: Work) -> str:
    if not work.groups:
        return "<section><h2>问题</h2><p>没有发现问题。</p></section>"
    parts = []
    for group in work.groups:
        items = "".join(f"<li>{escape(line)}</li>" for line in group.lines)
        more = f"<p class='small'>另有 {group.more} 处，见 问题明细.csv。</p>" if group.more else ""
        opened = " open" if group.severity == "error" else ""
        parts.append(f"<details{opened}><summary>{escape(group.heading)}</summary><ol class='found'>{items}</ol>{more}</details>")
    order = "、".join(SEVERITY_WORDS.values())
    return f"<section id='findings'><h2>问题</h2><p class='small'>按{order}排列；姓名和号码已隐去，退回的表格里是全的。</p>{''.join(parts)}</section>"


def _again() -> str:
    return "<form method='post' action='clear'><p><button class='plain' type='submit'>删除这些，重新开始</button></p></form>"

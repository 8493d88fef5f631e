//! A page: the picture, and its table for those who read rather than look.

use std::fmt::Write;

use super::escaped;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:100rem;padding:0 1rem}\
figure{margin:0;overflow-x:auto}\
table{border-collapse:collapse;margin-top:2rem;display:block;overflow-x:auto}\
th,td{border-bottom:1px solid #8888;padding:.3rem .8rem;text-align:left;vertical-align:top}\
tbody tr:hover{background:#8882}\
svg:has(g:hover) g:not(:hover){opacity:.1}";

/// Keeps the rows that hold what is typed, and the arrows of those rows. A number is a port, of which a part is another
/// port; it may be a part of a name, and is not the number of an arrow.
const SCRIPT: &str = "\
document.getElementById('f').oninput=e=>{\
const w=e.target.value.trim().toLowerCase(),port=/^\\d+$/.test(w),seen=new Set();\
for(const r of document.querySelectorAll('tbody tr')){\
r.hidden=![...r.cells].slice(1).some((c,at)=>{const t=c.textContent.toLowerCase();\
return port&&at>2?t.split(/\\W+/).includes(w):t.includes(w)});\
if(!r.hidden)seen.add(r.dataset.arrow)}\
for(const a of document.querySelectorAll('g[id^=a]'))a.style.display=seen.has(a.id.slice(1))?'':'none'}";

/// A row, with the number of the arrow that it is a part of.
pub(super) type Row<'r> = (Option<usize>, &'r [String]);

/// The page. Where rows belong to arrows, it has a field that narrows both.
pub(super) fn page(title: &str, svg: &str, headings: &[&str], rows: &[Row<'_>]) -> String {
    let title = escaped(title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    let narrows = rows.iter().any(|(arrow, _)| arrow.is_some());
    if narrows {
        page.push_str(
            "<p><label>Only with this name or port: <input id=\"f\" type=\"search\"></label></p>\n",
        );
    }
    let _ = write!(page, "<figure>\n{svg}</figure>\n");
    page.push_str("<table>\n<thead><tr>");
    for heading in headings {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(heading));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (arrow, cells) in rows {
        match arrow {
            Some(number) => drop(write!(page, "<tr data-arrow=\"{number}\">")),
            None => page.push_str("<tr>"),
        }
        for cell in *cells {
            let _ = write!(page, "<td>{}</td>", escaped(cell));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
    if narrows {
        let _ = writeln!(page, "<script>{SCRIPT}</script>");
    }
    page.push_str("</body>\n</html>\n");
    page
}

//! A page: the picture, and its table for those who read rather than look.

use std::fmt::Write;

use super::{Picture, escaped};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}\
figure{margin:0;overflow-x:auto}\
table{border-collapse:collapse;margin-top:2rem;display:block;overflow-x:auto}\
th,td{border-bottom:1px solid #8888;padding:.3rem .8rem;text-align:left;vertical-align:top}\
tbody tr:hover{background:#8882}";

/// The page.
pub(super) fn page(picture: &Picture) -> String {
    let title = escaped(&picture.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<figure>\n{}</figure>\n<table>\n<thead><tr>",
        super::svg::document(picture, false)
    );
    for heading in &picture.headings {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(heading));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &picture.rows {
        page.push_str("<tr>");
        for cell in row {
            let _ = write!(page, "<td>{}</td>", escaped(cell));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    page
}

//! The page of `Get-DataPath -Output html` in a real browser without a window: what it shows, and what its field narrows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::disallowed_methods, reason = "a browser reads a page from a file")]

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::host;
use crate::world::Home;

/// Whether there is a browser that reads temporary files; a snap does not.
fn is_there() -> bool {
    host::has("chromium") && host::has("timeout") && !Path::new("/snap/bin/chromium").exists()
}

/// What the page says of itself, once its field holds a text.
const ASKED: &str = "\
const f=document.getElementById('f');f.value=location.hash.slice(1);f.dispatchEvent(new Event('input'));\
const seen=a=>[...document.querySelectorAll(a)].filter(e=>e.getClientRects().length).length;\
document.title=JSON.stringify({rows:seen('tbody tr'),arrows:seen('g[id^=a]'),\
boxes:seen('rect.b'),page:getComputedStyle(document.documentElement).colorScheme,\
paper:getComputedStyle(document.querySelector('svg')).backgroundColor,\
overlaps:[...document.querySelectorAll('circle.n')].filter(c=>{const m=c.getBoundingClientRect();\
return [...document.querySelectorAll('rect.b')].some(b=>{const o=b.getBoundingClientRect();\
return m.left<o.right&&m.right>o.left&&m.top<o.bottom&&m.bottom>o.top})}).length,\
crowded:[...document.querySelectorAll('circle.n')].map(c=>c.getBoundingClientRect()).filter((m,i,a)=>\
a.some((o,j)=>j>i&&Math.hypot(m.x-o.x,m.y-o.y)<m.width)).length,\
loaded:performance.getEntriesByType('resource').length})";

/// An organization of two sites with a perimeter network.
fn page() -> String {
    let home = Home::new();
    for words in [
        "new-exchangeserver HUB01 -Version 2010 -ServerRole HubTransport,Mailbox -IPAddresses 192.168.5.10 -Site Berlin",
        "new-exchangeserver CAS01 -Version 2010 -ServerRole ClientAccess,UnifiedMessaging -IPAddresses 192.168.5.20 -Site Berlin",
        "new-exchangeserver MBX02 -Version 2010 -ServerRole HubTransport,Mailbox -IPAddresses 192.168.6.10 -Site Leipzig",
        "new-exchangeserver EDGE01 -Version 2010 -ServerRole EdgeTransport -IPAddresses 10.1.1.2",
        "new-edgesubscription -Server EDGE01 -Site Berlin",
        "new-networkendpoint DC01 -Kind DomainController -IPAddresses 192.168.5.2",
        "new-networkzone Perimeter -Kind Perimeter -Subnets 10.1.1.0/24",
        "new-networkzone Internal -Subnets 192.168.0.0/16",
    ] {
        home.done(words.split(' '));
    }
    home.done(["get-datapath", "-Server", "*", "-o", "html"])
}

/// What the browser finds with this text in the field.
fn found(page: &str, typed: &str, options: &[&str]) -> Json {
    let dir = host::tempdir().unwrap();
    let file = dir.path().join("page.html");
    fs::write(&file, page.replace("</body>", &format!("<script>{ASKED}</script></body>"))).unwrap();
    // A browser that hangs is ended; the memory that processes share is small in containers.
    let mut command = host::command("timeout", dir.path());
    command.args(["-k", "5", "120", "chromium", "--headless", "--no-sandbox", "--disable-gpu"]);
    command.args(["--disable-dev-shm-usage", "--window-size=1280,1000"]).args(options);
    let ran = command.arg("--dump-dom").arg(format!("file://{}#{typed}", file.display())).output().unwrap();
    let dom = String::from_utf8_lossy(&ran.stdout).into_owned();
    let title =
        dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
    serde_json::from_str(title)
        .unwrap_or_else(|_| panic!("{title}: {}", String::from_utf8_lossy(&ran.stderr)))
}

#[test]
fn the_page_shows_picture_and_table() {
    needs!("chromium", is_there());
    let page = page();
    let all = found(&page, "", &[]);
    let rows = page.matches("<tr data-arrow").count() + page.matches("\n<tr><td>").count();
    assert_eq!(all["rows"], rows, "{all}");
    assert_eq!(all["arrows"], page.matches("<g id=\"a").count(), "{all}");
    assert_eq!(all["boxes"], 5, "{all}");
    assert_eq!(all["overlaps"], 0, "a number lies on a box: {all}");
    assert_eq!(all["crowded"], 0, "numbers lie on each other: {all}");
    assert_eq!(all["loaded"], 0, "the page works without a network: {all}");
}

#[test]
fn the_field_narrows_picture_and_table() {
    needs!("chromium", is_there());
    let page = page();
    let edge = found(&page, "50636", &[]);
    assert_eq!((&edge["rows"], &edge["arrows"]), (&1.into(), &1.into()), "{edge}");
    let server = found(&page, "edge01", &[]);
    let rows =
        page.lines().filter(|line| line.starts_with("<tr") && line.contains("<td>EDGE01</td>")).count();
    assert_eq!(server["rows"], rows, "{server}");
    assert!(server["arrows"].as_u64().unwrap() >= 2, "{server}");
    // Neither 2525 nor the arrow of that number.
    let rows = page.lines().filter(|line| line.starts_with("<tr data-arrow"));
    let ports = |line: &&str| {
        let cell = line.split("<td>").nth(5).unwrap_or_default();
        cell.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "25")
    };
    let mail = found(&page, "25", &[]);
    assert_eq!(mail["rows"], rows.filter(ports).count(), "{mail}");
    assert!(page.find("id=\"f\"") < page.find("<svg"), "the field is above the picture");
    let none = found(&page, "nosuch", &[]);
    assert_eq!((&none["rows"], &none["arrows"]), (&0.into(), &0.into()), "{none}");
}

#[test]
fn the_page_is_light_and_dark() {
    needs!("chromium", is_there());
    let page = page();
    let light = found(&page, "", &["--blink-settings=preferredColorScheme=1"]);
    let dark = found(&page, "", &["--blink-settings=preferredColorScheme=0"]);
    assert_eq!(light["paper"], "rgb(255, 255, 255)", "{light}");
    assert_eq!(dark["paper"], "rgb(27, 27, 27)", "{dark}");
    assert_eq!(dark["page"], "light dark");
}

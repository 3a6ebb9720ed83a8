//! A page of HTML as a browser parses it: the parser of the standard finds nothing wrong, ids are unique, links lead
//! somewhere, and there is nothing in it that runs or loads.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::BTreeSet;

/// The elements of our pages: none of them runs, loads or sends anything.
const ELEMENTS: [&str; 36] = [
    "a", "b", "body", "circle", "code", "dd", "div", "dl", "dt", "g", "h1", "h2", "h3", "head",
    "html", "li", "line", "meta", "ol", "p", "path", "polyline", "rect", "section", "span",
    "style", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
];

/// What a browser makes of a page.
pub(crate) struct Page {
    /// All its text, without that of its style.
    pub(crate) text: String,
}

/// Parses a page and asserts that nothing in it is wrong.
#[track_caller]
pub(crate) fn parsed(html: &str) -> Page {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    assert_eq!(*dom.errors.borrow(), Vec::<String>::new());
    let mut found = Found::default();
    found.walk(&dom.document, "");
    let targets: Vec<&String> =
        found.links.iter().filter(|link| !found.ids.contains(*link)).collect();
    assert_eq!(targets, Vec::<&String>::new(), "links that lead nowhere");
    assert!(found.elements.contains("title") && found.elements.contains("h1"));
    Page { text: found.text }
}

#[derive(Default)]
struct Found {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    elements: BTreeSet<String>,
    text: String,
}

impl Found {
    fn walk(&mut self, node: &Handle, parent: &str) {
        let mut name = String::new();
        match &node.data {
            NodeData::Text { contents } if parent != "style" => {
                self.text.push_str(&contents.borrow());
            }
            NodeData::Element { name: of, attrs, .. } => {
                name = of.local.to_string();
                assert!(ELEMENTS.contains(&name.as_str()), "an element `{name}`");
                Self::fits(&name, parent);
                for attribute in attrs.borrow().iter() {
                    self.attribute(&attribute.name.local, &attribute.value);
                }
                self.elements.insert(name.clone());
            }
            _ => {}
        }
        for child in node.children.borrow().iter() {
            self.walk(child, &name);
        }
    }

    /// What may stand only where it belongs.
    fn fits(name: &str, parent: &str) {
        let parents: &[&str] = match name {
            "li" => &["ol", "ul"],
            "dt" | "dd" => &["dl"],
            "tr" => &["thead", "tbody"],
            "td" | "th" => &["tr"],
            "meta" | "title" | "style" => &["head"],
            _ => return,
        };
        assert!(parents.contains(&parent), "`{name}` in `{parent}`");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        assert!(!name.starts_with("on"), "an attribute `{name}`");
        assert!(!["src", "srcset", "action", "data"].contains(&name), "an attribute `{name}`");
        match name {
            "id" => {
                assert!(self.ids.insert(value.to_owned()), "two elements with the id `{value}`");
            }
            "href" => {
                let target = value.strip_prefix('#');
                self.links
                    .insert(target.unwrap_or_else(|| panic!("it leads to `{value}`")).to_owned());
            }
            _ => {}
        }
    }
}

#[test]
fn a_page_that_is_wrong_is_found_out() {
    let right = "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body><h1>t</h1>BODY</body></html>";
    parsed(&right.replace("BODY", "<p>text</p>"));
    let wrong = [
        "<p>",
        "</div>",
        "<script>1</script>",
        "<p onclick=\"x\">x</p>",
        "<a href=\"#none\">x</a>",
        "<p id=\"a\">x</p><p id=\"a\">x</p>",
        "<li>x</li>",
        "<table><p>x</p></table>",
        "<a href=\"https://e\">x</a>",
        "<img src=\"x\">",
    ];
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let passed: Vec<&str> = wrong
        .into_iter()
        .filter(|body| std::panic::catch_unwind(|| parsed(&right.replace("BODY", body))).is_ok())
        .collect();
    std::panic::set_hook(hook);
    // A paragraph may be left open.
    assert_eq!(passed, ["<p>"]);
}

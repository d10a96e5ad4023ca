//! From mark-up to pieces: one piece a block of text, with what its elements say it is.

use dom_query::{Document, NodeRef};

use crate::clean;
use crate::furniture::LINK;
use crate::layout::{Piece, Role};
use crate::parts::{ends_sentence, same_words};

/// Elements whose text no one reads.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "select",
    "textarea", "head", "map", "datalist",
];

/// Elements that are furniture as a whole, and why.
#[rustfmt::skip]
const FURNITURE: &[(&str, &str)] = &[("nav", "navigation"), ("footer", "page footer"), ("form", "form"), ("button", "button"), ("figcaption", "image caption"), ("caption", "table caption"), ("video", "media player"), ("audio", "media player"), ("dialog", "dialog")];

/// Elements that begin and end a piece.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl",
    "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "address", "hr",
    "center", "fieldset", "details", "summary", "aside",
    "body", "html", "nav", "footer", "form", "figcaption", "caption", "picture", "hgroup",
];

/// Words in an element's class or id that tell what it is; only short elements are believed.
const CLASSES: &[(&str, &str)] = &[
    ("caption", "image caption"),
    ("figcaption", "image caption"),
    ("credit", "image credit"),
    ("photocredit", "image credit"),
    ("share", "share bar"),
    ("sharing", "share bar"),
    ("sharebar", "share bar"),
    ("social", "share bar"),
    ("addtoany", "share bar"),
    ("newsletter", "newsletter line"),
    ("subscribe", "newsletter line"),
    ("signup", "newsletter line"),
    ("paywall", "newsletter line"),
    ("cookie", "cookie line"),
    ("cookies", "cookie line"),
    ("gdpr", "cookie line"),
    ("related", LINK),
    ("recommended", LINK),
    ("recirculation", LINK),
    ("readmore", LINK),
    ("promo", "advertisement"),
    ("advert", "advertisement"),
    ("advertisement", "advertisement"),
    ("ad", "advertisement"),
    ("ads", "advertisement"),
    ("sponsored", "advertisement"),
    ("breadcrumb", "navigation"),
    ("breadcrumbs", "navigation"),
    ("pagination", "navigation"),
    ("tags", "tag line"),
    ("comments", "comment line"),
    ("copyright", "copyright line"),
    ("disclaimer", "notice"),
];

/// The same for the standfirst.
#[rustfmt::skip]
const STANDFIRST: &[&str] = &[
    "standfirst", "dek", "deck", "subtitle", "subheadline", "subheading", "lede", "lead", "intro", "summary", "teaser",
    "sapo", "chapo", "entradilla", "sottotitolo", "podnaslov", "nadnaslov", "vorspann", "anriss",
];

/// Classes of text that is there for screen readers or not at all.
const HIDDEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screenreader-only",
    "hidden",
    "show-for-sr",
    "u-hidden",
];

/// How many bytes an element's text may have for its class to be believed.
const BELIEVED: usize = 600;

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(Frame),
}

/// What ends with an element.
#[derive(Clone, Copy)]
struct Frame {
    block: bool,
    role: Option<Role>,
    inline: Inline,
}

/// What an element adds to the text inside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inline {
    Nothing,
    Link,
    Bold,
    Cell,
}

#[derive(Default)]
struct State {
    pieces: Vec<Piece>,
    raw: String,
    /// Letters of `raw` in all, in links, in bold.
    letters: [usize; 3],
    roles: Vec<Role>,
    /// How many elements of each [`Inline`] are open.
    open: [usize; 4],
}

/// The pieces under a node, in the page's order.
pub(super) fn pieces(root: &NodeRef<'_>) -> Vec<Piece> {
    let mut state = State::default();
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => enter(node, &mut state, &mut steps),
            Step::Leave(frame) => {
                if frame.block {
                    state.flush();
                }
                if frame.role.is_some() {
                    state.roles.pop();
                }
                *state.inside(frame.inline) -= 1;
            }
        }
    }
    state.flush();
    state.pieces
}

fn enter<'a>(node: NodeRef<'a>, state: &mut State, steps: &mut Vec<Step<'a>>) {
    if node.is_text() {
        state.push(&node.text());
        return;
    }
    if !node.is_element() {
        if node.may_have_children() {
            steps.extend(node.children_it(true).map(Step::Enter));
        }
        return;
    }
    let name = node.node_name().unwrap_or_default();
    let name: &str = &name;
    if SILENT.contains(&name) || is_hidden(&node) {
        return;
    }
    if name == "br" {
        // Two in a row end a paragraph.
        if state.raw.trim_end_matches([' ', '\t', '\r']).ends_with('\n') {
            state.flush();
        } else {
            state.raw.push('\n');
        }
        return;
    }
    let furniture =
        FURNITURE.iter().find(|(element, _)| *element == name).map(|(_, why)| *why).or_else(|| by_class(&node, name));
    if let Some(why) = furniture {
        state.flush();
        let text = clean::tidy(&node.formatted_text());
        if !text.is_empty() {
            state.pieces.push(Piece::new(text, Role::Furniture(why)));
        }
        return;
    }
    let role = match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Role::Heading),
        "p" | "div" | "blockquote" | "li" | "td" | "section" => Some(Role::Paragraph),
        _ => None,
    };
    let block = BLOCKS.contains(&name);
    if block {
        state.flush();
    }
    state.roles.extend(role);
    let inline = match name {
        "a" => Inline::Link,
        "b" | "strong" => Inline::Bold,
        "td" | "th" => Inline::Cell,
        _ => Inline::Nothing,
    };
    *state.inside(inline) += 1;
    steps.push(Step::Leave(Frame { block, role, inline }));
    steps.extend(node.children_it(true).map(Step::Enter));
}

impl State {
    fn inside(&mut self, inline: Inline) -> &mut usize {
        &mut self.open[inline as usize]
    }

    fn push(&mut self, text: &str) {
        // Line breaks in the mark-up are only spaces; `\n` in the buffer stands for `<br>`.
        self.raw.extend(text.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.letters[0] += letters;
        self.letters[1] += if *self.inside(Inline::Link) > 0 { letters } else { 0 };
        self.letters[2] += if *self.inside(Inline::Bold) > 0 { letters } else { 0 };
    }

    fn flush(&mut self) {
        let text = clean::tidy(&self.raw);
        self.raw.clear();
        let [all, linked, bold] = std::mem::take(&mut self.letters);
        if text.is_empty() {
            return;
        }
        let role = self.roles.last().copied().unwrap_or(Role::Paragraph);
        let sentence = ends_sentence(&text);
        let words = text.split(' ').count();
        let role = if all > 0 && linked * 10 >= all * 9 && (!sentence || words <= 5) {
            Role::Furniture(LINK)
        } else if *self.inside(Inline::Cell) > 0 && !sentence {
            Role::Furniture("table cell")
        } else if role == Role::Paragraph && all > 0 && bold * 20 >= all * 19 {
            match (sentence, words) {
                (false, 1..=14) => Role::Heading,
                (true, 6..=60)
                    if self
                        .pieces
                        .iter()
                        .all(|piece| piece.role != Role::Paragraph && piece.role != Role::Standfirst) =>
                {
                    Role::Standfirst
                }
                _ => role,
            }
        } else {
            role
        };
        self.pieces.push(Piece::new(text, role));
    }
}

/// The element that holds the article, where the page marks it.
pub(super) fn article_element(document: &Document) -> Option<NodeRef<'_>> {
    for marked in ["[itemprop~='articleBody']", "article", "main", "[role='main']", "body"] {
        let found = document.select(marked);
        if let [only] = found.nodes() {
            return Some(*only);
        }
    }
    None
}

/// The standfirst by its class, or as the text on the page that says what the description says.
pub(super) fn standfirst(document: &Document, description: Option<&str>) -> Option<String> {
    let fits = |text: &str| (4..=70).contains(&text.split(' ').count()) && text.len() <= 500;
    let candidates = document.select("p, h2, h3, div, span");
    for node in candidates.nodes() {
        let marked = tokens(node).iter().any(|token| STANDFIRST.contains(&token.as_str()));
        let described = || {
            description.is_some_and(|given| node.has_name("p") | node.has_name("h2") && same_words(given, &node.text()))
        };
        if marked || described() {
            let text = clean::tidy(&node.text());
            let leaf = !node.descendants_it().any(|below| below.has_name("p") || below.has_name("h1"));
            if fits(&text)
                && leaf
                && node.ancestors_it(None).all(|above| {
                    !above.has_name("aside")
                        && !above.has_name("nav")
                        && !above.has_name("footer")
                        && !above.has_name("a")
                        && !above.has_name("li")
                })
            {
                return Some(text);
            }
        }
    }
    None
}

fn by_class(node: &NodeRef<'_>, name: &str) -> Option<&'static str> {
    // Inline elements carry such classes inside sentences.
    if !BLOCKS.contains(&name) && !matches!(name, "span" | "small" | "cite") {
        return None;
    }
    let tokens = tokens(node);
    let (_, why) = CLASSES.iter().find(|(class, _)| tokens.iter().any(|token| token == class))?;
    let text = node.text();
    let inline = !BLOCKS.contains(&name);
    (text.len() <= BELIEVED
        && !(inline && ends_sentence(text.trim()))
        && !(name == "p" && text.len() > 200 && *why != "image caption"))
        .then_some(*why)
}

/// The words of an element's class and id: `article__photo-credit` and `PhotoCredit` hold `credit`.
fn tokens(node: &NodeRef<'_>) -> Vec<String> {
    let names = format!("{} {}", node.attr_or("class", ""), node.attr_or("id", ""));
    let mut tokens = Vec::new();
    for name in names.split([' ', '-', '_', ':', '/']).filter(|name| !name.is_empty()) {
        let mut start = 0;
        for (at, letter) in name.char_indices().skip(1) {
            if letter.is_uppercase() && !name[..at].ends_with(char::is_uppercase) {
                tokens.push(name[start..at].to_lowercase());
                start = at;
            }
        }
        tokens.push(name[start..].to_lowercase());
        if start > 0 {
            tokens.push(name.to_lowercase());
        }
    }
    tokens
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    if let Some(style) = node.attr("style") {
        let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return true;
        }
    }
    node.attr("class").is_some_and(|class| class.split_whitespace().any(|name| HIDDEN.contains(&name)))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::pieces;
    use crate::layout::Role;

    fn check(page: &str, expected: &[(Role, &str)]) {
        let found: Vec<(Role, String)> =
            pieces(&Document::from(page).root()).into_iter().map(|piece| (piece.role, piece.text)).collect();
        let found: Vec<(Role, &str)> = found.iter().map(|(role, text)| (*role, text.as_str())).collect();
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn blocks_and_inline_elements() {
        check(
            "<p>The <b>army</b>\n said so.<p>It <a href=x>left</a>.",
            &[(Role::Paragraph, "The army said so."), (Role::Paragraph, "It left.")],
        );
        check(
            "<div>One.<br>Still one.<br><br>Two.<div>Three.</div>Four.</div>",
            &[
                (Role::Paragraph, "One. Still one."),
                (Role::Paragraph, "Two."),
                (Role::Paragraph, "Three."),
                (Role::Paragraph, "Four."),
            ],
        );
        check(
            "<h2>Why now</h2><p><strong>Who knew</strong></p>",
            &[(Role::Heading, "Why now"), (Role::Heading, "Who knew")],
        );
    }

    #[test]
    fn furniture_by_element_and_class() {
        check(
            "<figure><img><figcaption>A tank.</figcaption></figure><div class='article__share-bar'>Send it</div><p class=PhotoCredit>J. Doe</p><ul><li><a href=x>Talks fail again</a></li></ul><p hidden>No</p><p>Yes it is.</p><script>x</script>",
            &[
                (Role::Furniture("image caption"), "A tank."),
                (Role::Furniture("share bar"), "Send it"),
                (Role::Furniture("image credit"), "J. Doe"),
                (Role::Furniture("link to other reports"), "Talks fail again"),
                (Role::Paragraph, "Yes it is."),
            ],
        );
    }
}

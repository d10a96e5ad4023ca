//! One drawing: shapes added one by one, everything escaped.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped};

/// A drawing of a size in user units; browsers scale it to the width they have.
pub(super) struct Drawing {
    width: f64,
    height: f64,
    body: String,
}

/// Where a text is held.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (w, h): (f64, f64), title: &str) {
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\">",
            short(x),
            short(y),
            short(w.max(0.0)),
            short(h.max(0.0))
        );
        self.title(title);
        self.body.push_str("</rect>");
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (f64, f64), r: f64, title: &str) {
        let _ =
            write!(self.body, "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\">", short(x), short(y), short(r));
        self.title(title);
        self.body.push_str("</circle>");
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = write!(
            self.body,
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            short(x1),
            short(y1),
            short(x2),
            short(y2)
        );
    }

    /// A line through points, or the area that they enclose.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        if points.len() < 2 {
            return;
        }
        let _ = write!(self.body, "<path class=\"{class}\" d=\"");
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(self.body, "{}{} {}", if i == 0 { 'M' } else { 'L' }, short(*x), short(*y));
        }
        self.body.push_str(if closed { "Z\"/>" } else { "\"/>" });
    }

    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            short(x),
            short(y),
            escape(text)
        );
    }

    /// What follows leads to `href` until [`Self::unlink`].
    pub(super) fn link(&mut self, href: &str) {
        let _ = write!(self.body, "<a href=\"{}\">", escape(href));
    }

    pub(super) fn unlink(&mut self) {
        self.body.push_str("</a>");
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            let _ = write!(self.body, "<title>{}</title>", escape(title));
        }
    }

    /// The drawing with its title and its description in words.
    pub(super) fn done(self, class: &str, title: &str, description: &str) -> Markup {
        PreEscaped(format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" xmlns=\"http://www.w3.org/2000/svg\">\
             <desc>{}</desc>{}</svg>",
            short(self.width),
            short(self.height),
            escape(title),
            escape(description),
            self.body
        ))
    }
}

/// A length to a tenth: more only makes pages longer.
fn short(x: f64) -> String {
    let x = if x.is_finite() { (x * 10.0).round() / 10.0 } else { 0.0 };
    format!("{x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

//! Reliability as a drawing: what was said against what came, with the room that chance leaves.

use std::fmt::Write as _;

use crate::scores::Bin;

const SIZE: f64 = 360.0;
const MARGIN: f64 = 44.0;

/// An SVG document of a reliability diagram: one point a bin, its bar the 90 % interval of the frequency, its area the
/// number of forecasts. Readable in light and dark, and without colour.
pub fn reliability(title: &str, bins: &[Bin]) -> String {
    let top = bins.iter().flat_map(|b| [b.forecast, b.high]).fold(0.05f64, f64::max).min(1.0);
    let x = |v: f64| MARGIN + v / top * (SIZE - 2.0 * MARGIN);
    let y = |v: f64| SIZE - MARGIN - v.min(top) / top * (SIZE - 2.0 * MARGIN);
    let total: usize = bins.iter().map(|b| b.n).sum();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIZE} {SIZE}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\" stroke=\"none\">\n<title>{}</title>\n",
        escape(title)
    );
    let mut line = |x1: f64, y1: f64, x2: f64, y2: f64, style: &str| {
        let _ = writeln!(
            svg,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"currentColor\" {style}/>"
        );
    };
    line(x(0.0), y(0.0), x(top), y(0.0), "");
    line(x(0.0), y(0.0), x(0.0), y(top), "");
    line(x(0.0), y(0.0), x(top), y(top), "stroke-dasharray=\"4 4\" opacity=\"0.6\"");
    for bin in bins {
        line(x(bin.forecast), y(bin.low), x(bin.forecast), y(bin.high), "opacity=\"0.7\"");
    }
    for bin in bins {
        let radius = 2.0 + 10.0 * (bin.n as f64 / total.max(1) as f64).sqrt();
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill-opacity=\"0.55\">\
             <title>{} forecasts: said {:.1} %, came true {:.1} % (90 %: {:.1} to {:.1})</title></circle>",
            x(bin.forecast),
            y(bin.observed),
            bin.n,
            bin.forecast * 100.0,
            bin.observed * 100.0,
            bin.low * 100.0,
            bin.high * 100.0
        );
    }
    for share in [0.0, 0.5, 1.0] {
        let value = top * share;
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{:.0} %</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0} %</text>",
            x(value),
            y(0.0) + 16.0,
            value * 100.0,
            x(0.0) - 6.0,
            y(value) + 4.0,
            value * 100.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">said</text>\
         <text x=\"{:.1}\" y=\"20\" text-anchor=\"start\">came true: {}</text>\n</svg>",
        SIZE / 2.0,
        SIZE - 8.0,
        MARGIN - 30.0,
        escape(title)
    );
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_points_lie_within_the_frame() {
        let bin = |f: f64, o: f64| Bin { n: 10, forecast: f, observed: o, low: o / 2.0, high: (o * 1.5).min(1.0) };
        let svg = reliability("A < B", &[bin(0.01, 0.02), bin(0.5, 0.4), bin(0.9, 1.0)]);
        assert!(svg.contains("A &lt; B") && svg.trim_end().ends_with("</svg>"));
        for attribute in ["cx=\"", "cy=\"", "x1=\"", "y1=\"", "y2=\""] {
            for part in svg.split(attribute).skip(1) {
                let value: f64 = part.split('"').next().unwrap_or("").parse().expect("a number");
                assert!((0.0..=SIZE).contains(&value), "{attribute}{value}");
            }
        }
    }
}

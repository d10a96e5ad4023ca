//! A probability as fifty dots: "so many of fifty days like this".
//!
//! Readers judge frequencies better than percentages (Hullman and others 2015; Kay and others 2016, quantile dotplots).
//! Dots within the interval are half filled, so that a wide interval looks wide.

use maud::{Markup, html};

use super::drawing::Drawing;

/// Dots in the plot.
const DOTS: usize = 50;
/// Dots in a row.
const ROW: usize = 10;

/// `p` with its interval as fifty dots.
pub fn dots(p: f64, interval: [f64; 2]) -> Markup {
    let of = |p: f64| (p.clamp(0.0, 1.0) * DOTS as f64).round() as usize;
    let (on, low, high) = (of(p), of(interval[0]), of(interval[1]));
    let mut drawing = Drawing::new(210.0, 110.0);
    for dot in 0..DOTS {
        let centre = ((dot % ROW) as f64 * 21.0 + 10.5, (dot / ROW) as f64 * 21.0 + 13.0);
        // Sure, within the interval and counted, within it and not counted, beyond it.
        let class = match dot {
            d if d < on.min(low) => "dot dot-on",
            d if d < on => "dot dot-on dot-maybe",
            d if d < high => "dot dot-maybe",
            _ => "dot",
        };
        drawing.circle(class, centre, 8.0, "");
    }
    let words = words(p);
    let told = format!("{words}; the interval runs from {low} to {high} of {DOTS}");
    html! {
        figure.dots-figure {
            (drawing.done("dots", &told, &told))
            figcaption { (words) span.muted { "; pale dots: the 90 % interval, " (low) " to " (high) " of " (DOTS) } }
        }
    }
}

/// "about 12 in 50", with words for what is nearer to none or all than to a dot.
fn words(p: f64) -> String {
    let on = (p * DOTS as f64).round() as usize;
    match on {
        0 if p > 0.0 => format!("fewer than 1 in {DOTS}: about 1 in {:.0}", 1.0 / p),
        DOTS if p < 1.0 => format!("more than {} in {DOTS}", DOTS - 1),
        n => format!("about {n} in {DOTS}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_add_up() {
        let text = dots(0.24, [0.10, 0.40]).into_string();
        assert_eq!(text.matches("<circle").count(), DOTS);
        assert_eq!(text.matches("dot-on").count(), 12);
        assert_eq!(text.matches("class=\"dot dot-on\"").count(), 5);
        assert_eq!(text.matches("dot-maybe").count(), 15);
        assert!(text.contains("about 12 in 50"));
        assert_eq!(words(0.004), "fewer than 1 in 50: about 1 in 250");
    }
}

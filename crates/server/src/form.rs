//! The forms that one address gives its data in.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// A form of an answer. Every address has a page and, with an ending, its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A page for people.
    Html,
    /// `.json`: everything that the page tells.
    Json,
    /// `.csv`: its main table, with a header.
    Csv,
    /// `.geojson`: what of it has a place.
    GeoJson,
    /// `.parquet`: the table of `.csv`.
    Parquet,
    /// `.atom`: what is new, to be followed.
    Atom,
}

impl Form {
    /// The forms of data, in the order in which pages offer them.
    pub const DATA: [Self; 5] = [Self::Json, Self::Csv, Self::GeoJson, Self::Parquet, Self::Atom];

    /// Its ending, with the dot; empty for pages.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "",
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::GeoJson => ".geojson",
            Self::Parquet => ".parquet",
            Self::Atom => ".atom",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::GeoJson => "GeoJSON",
            Self::Parquet => "Parquet",
            Self::Atom => "Atom",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::GeoJson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Atom => "application/atom+xml; charset=utf-8",
        }
    }

    /// Cuts the ending of a form off a path.
    pub fn cut(path: &str) -> (&str, Option<Self>) {
        for form in Self::DATA {
            if let Some(rest) = path.strip_suffix(form.ending())
                && !rest.is_empty()
            {
                // `/.json` is the front page's data.
                return (if rest == "/" { "/" } else { rest }, Some(form));
            }
        }
        (path, None)
    }

    /// What an `Accept` header asks for: the form of data that stands before `text/html` and `*/*`, otherwise the page.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let Some(accept) = headers.get(ACCEPT).and_then(|v| v.to_str().ok()) else { return Self::Html };
        for part in accept.split(',') {
            let kind = part.split(';').next().unwrap_or("").trim();
            let data = Self::DATA.into_iter().find(|f| f.media_type().split(';').next() == Some(kind));
            match (data, kind) {
                (Some(form), _) => return form,
                (None, "text/html" | "*/*" | "application/xhtml+xml") => return Self::Html,
                _ => {}
            }
        }
        Self::Html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_cut_and_other_dots_stay() {
        assert_eq!(Form::cut("/incidents.json"), ("/incidents", Some(Form::Json)));
        assert_eq!(Form::cut("/.json"), ("/", Some(Form::Json)));
        assert_eq!(Form::cut("/map.geojson"), ("/map", Some(Form::GeoJson)));
        assert_eq!(Form::cut("/reports/a.b"), ("/reports/a.b", None));
        assert_eq!(Form::cut(".json"), (".json", None));
    }

    #[test]
    fn accept_prefers_what_stands_first() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, axum::http::HeaderValue::from_static(text));
            Form::accepted(&headers)
        };
        assert_eq!(of("application/json"), Form::Json);
        assert_eq!(of("text/html,application/xhtml+xml,*/*;q=0.8"), Form::Html);
        assert_eq!(of("application/atom+xml, */*"), Form::Atom);
        assert_eq!(of("image/png"), Form::Html);
    }
}

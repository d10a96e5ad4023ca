//! Knowledge in layers: the files of a base, and overlays that add to them or correct them.

/// A text file of knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnowledgeFile<'t> {
    /// Path from the root of its layer (`dictionaries/actors/groups.txt`): it tells what the file holds.
    pub path: &'t str,
    /// Path as faults name it.
    pub shown: &'t str,
    /// What stands in it.
    pub text: &'t str,
    /// 0 for the base; a higher layer replaces what a lower one says.
    pub layer: u8,
}

impl<'t> KnowledgeFile<'t> {
    /// `(path, text)` pairs as a base.
    pub fn base(files: &[(&'t str, &'t str)]) -> Vec<Self> {
        files.iter().map(|&(path, text)| Self { path, shown: path, text, layer: 0 }).collect()
    }

    /// Whether it holds actors: below `dictionaries/actors/`, or a file of an overlay that begins with `kind`.
    pub(crate) fn is_actors(&self) -> bool {
        let text = self.path.strip_suffix(".txt");
        text.is_some_and(|p| p.starts_with("dictionaries/actors/"))
            || self.layer > 0
                && text.is_some_and(|p| !p.contains('/'))
                && first_line(self.text).starts_with("kind ")
                && !self.is_places()
    }

    /// Whether it holds places: below `dictionaries/places/`, or a file of an overlay that begins with `kind gazetteer`.
    pub fn is_places(&self) -> bool {
        let text = self.path.strip_suffix(".txt");
        text.is_some_and(|p| p.starts_with("dictionaries/places/"))
            || self.layer > 0
                && text.is_some_and(|p| !p.contains('/'))
                && first_line(self.text).starts_with("kind gazetteer")
    }

    /// Whether it is a text file whose path begins so.
    pub(crate) fn is_under(&self, prefix: &str) -> bool {
        self.path.strip_suffix(".txt").is_some_and(|p| p.starts_with(prefix))
    }
}

fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#')).unwrap_or("")
}

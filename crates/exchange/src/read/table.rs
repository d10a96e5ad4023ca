//! Tables: the columns of a format, found by name or by position, and the loop over their rows.

use std::io::BufRead;
use std::sync::Arc;

use forewarn_codebook::fault::nearest;
use smol_str::SmolStr;

use super::fault::{Error, Wrong, shown};
use super::lines::{LONGEST_LINE, Lines, Quoting, Step};
use super::lookup::Lookup;
use super::{Options, Sink, Summary, cell};
use crate::dataset::Dataset;
use crate::event::{ForeignEvent, Own};

/// A column of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    /// Other names under which it comes.
    also: &'static [&'static str],
    /// Whether there is no reading without it.
    needed: bool,
    /// Whether some field carries it to the letter; others are kept in [`Own`].
    carried: bool,
}

/// A column whose value is kept as it stands.
pub(super) const fn column(name: &'static str) -> Column {
    Column { name, also: &[], needed: false, carried: false }
}

impl Column {
    /// All names under which it comes.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.also.iter().copied())
    }

    /// A field of the event carries its value to the letter.
    pub const fn carried(mut self) -> Self {
        self.carried = true;
        self
    }

    /// There is no reading without it.
    pub const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// Other names of it.
    pub const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.also = names;
        self
    }
}

/// Whether a format names its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// It does; order does not matter.
    Always,
    /// Some files do.
    Sometimes,
    /// It does not: columns stand in the order of the format.
    Never,
}

/// A format that is a table.
pub(super) struct Shape {
    pub dataset: Dataset,
    pub columns: &'static [Column],
    pub delimiter: u8,
    pub quoting: Quoting,
    pub header: Header,
    /// Without a header: how many columns a row may have.
    pub widths: std::ops::RangeInclusive<usize>,
    /// Makes an event of a row.
    pub event: fn(&Row<'_>, &mut Lookup<'_>) -> Result<ForeignEvent, Wrong>,
}

/// Which columns of the file are which of the format.
struct Map {
    /// Of a column of the format, the file's.
    places: Vec<u16>,
    /// Of a column of the file, whether it goes to [`Own`].
    kept: Vec<bool>,
    /// The file's own names.
    names: Arc<[SmolStr]>,
}

const ABSENT: u16 = u16::MAX;

/// A row of a table.
pub(super) struct Row<'r> {
    lines: &'r Lines<'r>,
    map: &'r Map,
    shape: &'r Shape,
    pub dataset: Dataset,
    pub line: u64,
}

impl<'r> Row<'r> {
    /// The cell of column `column` of the format; empty where the file has none.
    pub fn raw(&self, column: usize) -> &'r str {
        match self.map.places[column] {
            ABSENT => "",
            at => self.lines.cell(usize::from(at)),
        }
    }

    /// The value of a cell, if it has one.
    pub fn get(&self, column: usize) -> Option<&'r str> {
        cell::known(self.raw(column))
    }

    /// The value as a string of its own.
    pub fn text(&self, column: usize) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// The value as a code.
    pub fn code(&self, column: usize) -> Option<SmolStr> {
        self.get(column).map(SmolStr::new)
    }

    /// How many cells the row has.
    pub fn width(&self) -> usize {
        self.lines.len()
    }

    /// What is wrong with the cell.
    pub fn wrong(&self, column: usize, expected: &str) -> Wrong {
        Wrong::new(self.shape.columns[column].name, self.raw(column), expected)
    }

    /// A day that must be there.
    pub fn day(&self, column: usize) -> Result<jiff::civil::Date, Wrong> {
        cell::day(self.raw(column)).ok_or_else(|| self.wrong(column, "a date"))
    }

    /// A day, if the cell has a value.
    pub fn day_if(&self, column: usize) -> Result<Option<jiff::civil::Date>, Wrong> {
        self.parsed(column, "a date or nothing", cell::day)
    }

    /// A number from -10 to 10, if the cell has a value.
    pub fn scale(&self, column: usize) -> Result<Option<f32>, Wrong> {
        let in_range = |c: &str| cell::decimal(c).filter(|v| (-10.0..=10.0).contains(v)).map(|v| v as f32);
        self.parsed(column, "a number from -10 to 10 or nothing", in_range)
    }

    /// A whole number, if the cell has a value.
    pub fn whole(&self, column: usize) -> Result<Option<u64>, Wrong> {
        self.parsed(column, "a whole number from 0 or nothing", cell::whole)
    }

    /// A whole number below 2³², if the cell has a value.
    pub fn count(&self, column: usize) -> Result<Option<u32>, Wrong> {
        self.parsed(column, "a whole number from 0 or nothing", |c| u32::try_from(cell::whole(c)?).ok())
    }

    /// Degrees north and east, both or none.
    pub fn degrees(&self, lat: usize, lon: usize) -> Result<Option<(f64, f64)>, Wrong> {
        let within = |most: f64| move |c: &str| cell::decimal(c).filter(|v| v.abs() <= most);
        let north = self.parsed(lat, "degrees from -90 to 90 or nothing", within(90.0))?;
        let east = self.parsed(lon, "degrees from -180 to 180 or nothing", within(180.0))?;
        Ok(north.zip(east))
    }

    fn parsed<T>(&self, column: usize, expected: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Wrong> {
        match self.get(column) {
            None => Ok(None),
            Some(value) => match read(value) {
                Some(v) => Ok(Some(v)),
                None => Err(self.wrong(column, expected)),
            },
        }
    }

    /// The values of a cell with separators.
    pub fn list(&self, column: usize, separator: char) -> impl Iterator<Item = &'r str> {
        self.get(column).into_iter().flat_map(move |c| c.split(separator)).map(str::trim).filter_map(cell::known)
    }

    /// The columns that no field carries.
    pub fn own(&self) -> Own {
        let mut own = Own::with_names(Arc::clone(&self.map.names), self.lines.len(), 192);
        let width = self.lines.len().min(self.map.kept.len());
        for i in (0..width).filter(|&i| self.map.kept[i]) {
            if let Some(value) = cell::known(self.lines.cell(i)) {
                own.push(i as u16, value);
            }
        }
        own
    }
}

/// Folds a column's name: `Event Date`, `event_date` and `EVENT-DATE` are one.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Shape {
    /// The map of a header; what is wrong with it otherwise.
    fn header(&self, names: &[&str]) -> Result<Map, Wrong> {
        let found: Vec<String> = names.iter().map(|n| folded(n)).collect();
        let place = |c: &Column| c.names().find_map(|n| found.iter().position(|f| *f == folded(n)));
        let places: Vec<u16> = self.columns.iter().map(|c| place(c).map_or(ABSENT, |at| at as u16)).collect();
        let missing = self.columns.iter().zip(&places).find(|(c, at)| c.needed && **at == ABSENT);
        if let Some((column, _)) = missing {
            let near = nearest(&folded(column.name), found.iter().map(String::as_str));
            let hint = near.map(|n| format!(" (is `{n}` it?)")).unwrap_or_default();
            return Err(Wrong::row(
                format!("a header of {} columns: {}", names.len(), shown(&names.join(", "))),
                format!("a column `{}`{hint}", column.name),
            ));
        }
        let mut kept = vec![true; names.len()];
        for (column, &at) in self.columns.iter().zip(&places) {
            if at != ABSENT {
                kept[usize::from(at)] = !column.carried;
            }
        }
        Ok(Map { places, kept, names: names.iter().map(SmolStr::new).collect() })
    }

    /// The map of a file without a header.
    fn in_order(&self, width: usize) -> Map {
        let within = |i: usize| if i < width { i as u16 } else { ABSENT };
        Map {
            places: (0..self.columns.len()).map(within).collect(),
            kept: self.columns.iter().map(|c| !c.carried).collect(),
            names: self.columns.iter().map(|c| SmolStr::new_static(c.name)).collect(),
        }
    }

    /// Whether the cells are names of columns: at least three of them, and all that are needed or half of what is there.
    fn names_columns(&self, cells: &[&str]) -> bool {
        let known = |cell: &&&str| {
            let f = folded(cell);
            self.columns.iter().any(|c| c.names().any(|n| folded(n) == f))
        };
        let n = cells.iter().filter(known).count();
        n >= 3 && n * 2 >= cells.len()
    }

    /// Reads a whole table.
    pub(super) fn read(
        &self,
        input: Box<dyn BufRead + '_>,
        options: &Options<'_>,
        lookup: &mut Lookup<'_>,
        sink: Sink<'_>,
    ) -> Result<Summary, Error> {
        let file: Arc<str> = options.file.into();
        let mut lines = Lines::new(input, self.delimiter, self.quoting);
        let mut summary = Summary::new(self.dataset);
        let mut map: Option<Map> = None;
        let mut shorter: Option<Map> = None;
        // Rows that have the wrong number of columns, while none had the right one.
        let mut misfits: Option<(u64, usize)> = None;
        loop {
            let step = lines.step();
            let step = step.map_err(|source| Error::Io {
                file: Arc::clone(&file),
                line: lines.line.saturating_sub(1),
                source,
            })?;
            let line = lines.line;
            let mut fault = |wrong: Wrong, summary: &mut Summary| {
                summary.rows += 1;
                summary.faults += 1;
                sink(Err(wrong.at(&file, line)));
            };
            match step {
                Step::Record => {}
                Step::End => break,
                Step::TooLong => {
                    let limit = format!("at most {} MiB", LONGEST_LINE >> 20);
                    fault(Wrong::row("a longer line".to_owned(), limit), &mut summary);
                    continue;
                }
                Step::Unclosed => {
                    fault(Wrong::row("a quote that is never closed".to_owned(), "its end"), &mut summary);
                    continue;
                }
            }
            let Some(columns) = &map else {
                let cells: Vec<&str> = (0..lines.len()).map(|i| lines.cell(i)).collect();
                let named = match self.header {
                    Header::Always => true,
                    Header::Sometimes => self.names_columns(&cells),
                    Header::Never => false,
                };
                if named {
                    let (main, short) = self.by_name(&cells).map_err(|wrong| self.misshapen(&file, line, wrong))?;
                    (map, shorter, summary.header) = (Some(main), short, true);
                    continue;
                }
                if self.widths.contains(&lines.len()) {
                    map = Some(self.in_order(*self.widths.end()));
                    self.row(&lines, map.as_ref().expect("set above"), &file, lookup, &mut summary, sink);
                    continue;
                }
                misfits.get_or_insert((line, lines.len()));
                fault(self.width_wrong(lines.len()), &mut summary);
                if summary.rows == 20 {
                    break;
                }
                continue;
            };
            let width = lines.len();
            let expected = columns.kept.len();
            let columns = match &shorter {
                Some(short) if width + 1 == expected || (width == expected && !headline_fits(&lines, columns)) => short,
                _ => columns,
            };
            let expected = columns.kept.len();
            let fits = if summary.header {
                width == expected || (width > expected && (expected..width).all(|i| lines.cell(i).is_empty()))
            } else {
                self.widths.contains(&width)
            };
            if fits {
                self.row(&lines, columns, &file, lookup, &mut summary, sink);
            } else if summary.header {
                let expected = format!("{expected} as in the header");
                fault(Wrong::row(format!("{width} columns"), expected), &mut summary);
            } else {
                fault(self.width_wrong(width), &mut summary);
            }
        }
        summary.recoded = lines.recoded;
        if let (None, Some((line, width))) = (&map, misfits) {
            return Err(self.misshapen(&file, line, self.width_wrong(width)));
        }
        Ok(summary)
    }

    /// Makes and hands on the event of the present record.
    fn row(
        &self,
        lines: &Lines<'_>,
        map: &Map,
        file: &Arc<str>,
        lookup: &mut Lookup<'_>,
        summary: &mut Summary,
        sink: Sink<'_>,
    ) {
        let row = Row { lines, map, shape: self, dataset: self.dataset, line: lines.line };
        summary.rows += 1;
        match (self.event)(&row, lookup) {
            Ok(mut event) => {
                if event.own.is_empty() {
                    event.own = row.own();
                }
                summary.take(&event);
                sink(Ok(event));
            }
            Err(wrong) => {
                summary.faults += 1;
                sink(Err(wrong.at(file, lines.line)));
            }
        }
    }

    /// The map of a header; and where it names a `Headline`, which some POLECAT files do not have in their rows, the map
    /// without it.
    fn by_name(&self, cells: &[&str]) -> Result<(Map, Option<Map>), Wrong> {
        // Trailing tabs name no column.
        let width = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |at| at + 1);
        let cells = &cells[..width];
        let map = self.header(cells)?;
        let headline = cells.iter().position(|c| folded(c) == "headline");
        let short = match (self.dataset, headline) {
            (Dataset::Polecat, Some(at)) => {
                let rest: Vec<&str> = cells.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect();
                Some(self.header(&rest)?)
            }
            _ => None,
        };
        Ok((map, short))
    }

    fn width_wrong(&self, width: usize) -> Wrong {
        let (low, high) = (self.widths.start(), self.widths.end());
        let expected = if low == high { format!("{low}") } else { format!("{low} to {high}") };
        Wrong::row(format!("{width} columns"), expected)
    }

    fn misshapen(&self, file: &Arc<str>, line: u64, wrong: Wrong) -> Error {
        Error::Shape {
            file: Arc::clone(file),
            line,
            dataset: self.dataset,
            found: wrong.found,
            expected: if wrong.expected.starts_with(|c: char| c.is_ascii_digit()) {
                format!("{} columns", wrong.expected)
            } else {
                wrong.expected
            },
        }
    }
}

/// Whether a row as wide as a header with a `Headline` has one: its day of publication is then a day.
fn headline_fits(lines: &Lines<'_>, map: &Map) -> bool {
    let at = map.names.iter().position(|n| folded(n) == "publicationdate");
    let language = map.names.iter().position(|n| folded(n) == "language");
    let fits =
        |at: Option<usize>, test: fn(&str) -> bool| at.is_none_or(|i| cell::known(lines.cell(i)).is_none_or(test));
    fits(at, |c| cell::day(c).is_some())
        && fits(language, |c| c.len() <= 12 && !c.contains(|c: char| c.is_ascii_digit()))
}

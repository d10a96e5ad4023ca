//! What is no event file, and anything at all.

use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::read::Error;
use proptest::prelude::*;

use crate::{options, read_bytes};

#[test]
fn wrong_shapes_say_what_was_expected() {
    let told = |bytes: &[u8], dataset| {
        read_bytes(bytes, dataset, &options("f")).err().map_or_else(|| "read".to_owned(), |e| e.to_string())
    };
    assert_eq!(
        told(b"a\tb\n1\t2\n", Some(Dataset::Gdelt2)),
        "f:1: this is no gdelt2 file: found 2 columns, expected 61 columns"
    );
    assert_eq!(
        told(b"Event ID\tEvnt Date\tx\n", Some(Dataset::Icews)),
        "f:1: this is no icews file: found a header of 3 columns: `Event ID, Evnt Date, x`, expected a column `Event Date` (is `evntdate` it?)"
    );
    assert!(told(b"once upon a time", None).starts_with("f: no known format; expected one of icews, gdelt1"));
    // An empty file has nothing wrong in it, once it is known what it is.
    assert_eq!(told(b"", Some(Dataset::Gdelt1)), "read");
}

#[test]
fn a_failing_input_is_an_error_with_its_line() {
    struct Fails(usize);
    impl std::io::Read for Fails {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            self.0 -= 1;
            let row = b"2023-09-24,SRB,KSV,042\n";
            out[..row.len()].copy_from_slice(row);
            Ok(row.len())
        }
    }
    let head: &[u8] = b"date,actor,recipient,code\n";
    let mut events = 0;
    let mut input = std::io::BufReader::new(std::io::Read::chain(head, Fails(4000)));
    let error = forewarn_exchange::read::read(&mut input, Some(Dataset::Dyads), &options("f"), &mut |row| {
        events += u32::from(row.is_ok());
    });
    assert!(matches!(error, Err(Error::Io { line: 4001, .. })), "{error:?}");
    assert_eq!(events, 4000);
}

#[test]
fn names_lead_back() {
    for d in Dataset::ALL {
        assert_eq!(Dataset::parse(d.as_str()), Some(d));
        assert!(!d.licence().is_empty() && !d.citation().is_empty());
    }
}

#[test]
fn a_row_is_read_the_same_whatever_stands_around_it() {
    let table = |n: usize| {
        let row = "2023-09-24,KSVCOP,SRBREB,190\n";
        let text = format!("date,actor,recipient,code\n{}{row}", "\"open,SRB,KSV,042\n".repeat(n));
        let r = read_bytes(text.as_bytes(), None, &options("f")).expect("a table of dyads");
        let mut event = r.events.last().expect("the last row is right").clone();
        event.line = 0;
        (event, r.faults.len())
    };
    assert_eq!(table(0).0, table(1).0);
    assert_eq!(table(1).1, 1);
}

/// Pieces that event files are made of, put together at random.
fn nearly_a_file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..12),
        "[ -~]{0,12}".prop_map(String::into_bytes),
        prop_oneof![
            Just("\t"),
            Just(","),
            Just("\n"),
            Just("\""),
            Just("{"),
            Just("}"),
            Just("["),
            Just(":"),
            Just("\r\n")
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
        prop_oneof![
            Just("20230924"),
            Just("2023-09-24"),
            Just("KSVGOV"),
            Just("190"),
            Just("None"),
            Just("-10.0"),
            Just("é"),
            Just("{\"id\":\"a\",\"date\":\"2023-09-24\",\"event\":[\"AID\"],\"actor\":[{\"code\":\"é\"}]}"),
            Just("date,actor,recipient,code\n"),
            Just("Event ID\tEvent Date\tSource Name\tEvent Text\tTarget Name\n")
        ]
        .prop_map(|s| s.as_bytes().to_vec()),
    ];
    proptest::collection::vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in nearly_a_file(), which in 0..12_usize) {
        let dataset = Dataset::ALL.get(which).copied();
        if let Ok(r) = read_bytes(&bytes, dataset, &options("f")) {
            prop_assert!(r.summary.faults <= r.summary.rows);
            for event in &r.events {
                prop_assert!(event.line >= 1);
                prop_assert!(event.date.start <= event.date.end);
                prop_assert!(serde_json::to_string(event).is_ok());
                prop_assert!(!event.key().is_empty());
            }
        }
    }

    /// Rows that are right but for one cell: whatever stands in it, the other rows come through.
    #[test]
    fn one_wrong_cell_costs_one_row(column in 0..61_usize, value in "[^\\t\\n\\r]{0,20}") {
        let text = std::str::from_utf8(include_bytes!("../data/gdelt2.CSV")).expect("it is UTF-8");
        let right = text.lines().next().expect("it has rows");
        let mut cells: Vec<&str> = right.split('\t').collect();
        cells[column] = &value;
        let file = format!("{right}\n{}\n{right}\n", cells.join("\t"));
        let r = read_bytes(file.as_bytes(), Some(Dataset::Gdelt2), &options("f")).expect("most rows have the shape");
        prop_assert_eq!(r.summary.rows, 3);
        prop_assert!(r.events.len() >= 2);
        prop_assert_eq!(r.events.len() as u64 + r.summary.faults, 3);
    }
}

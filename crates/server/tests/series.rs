//! Series of the API: the same numbers as the command line's.

mod sample;

use forewarn_answer::Names;
use forewarn_answer::series::series;
use forewarn_codebook::{KnowledgeFile, files};
use forewarn_ledger::{Ledger, Step, Unit};
use sample::Sample;
use serde_json::json;

#[tokio::test]
async fn a_series_as_of_a_day_is_that_of_the_command_line() {
    let desk = Sample::new();
    let ledger = Ledger::open(&desk.path()).expect("opened");
    let names = Names::from_files(&KnowledgeFile::base(files::all())).expect("no fault");
    let (mut all, mut later) = (0, 0);
    for day in ["2023-09-24", "2023-09-25", "2023-09-26", "2023-09-27"] {
        for (unit, by) in [(Unit::Dyad, "dyad"), (Unit::Pair, "pair"), (Unit::Country, "country")] {
            for (step, cut) in [(Step::Day, "day"), (Step::Week, "week"), (Step::Month, "month")] {
                let filter = names.filter(&format!("party:XKX asof:{day}"), None).expect("a filter");
                let cells = series(&ledger, &filter, unit, step).expect("a series");
                all += cells.len();
                let uri = format!("/v1/series?by={by}&step={cut}&q=party:XKX&as_of={day}");
                let told = desk.get(&uri).await.json();
                assert_eq!(told["cells"], json!(cells), "{uri}");
                let typed = desk.get(&format!("/v1/series?by={by}&step={cut}&q=party:XKX+asof:{day}")).await.json();
                assert_eq!(typed["cells"], told["cells"], "the filter asks for the same");
                later += usize::from(cells != ledger.series(&filter, unit, step).expect("a series"));
            }
        }
    }
    assert!(all > 0 && later > 0, "later reports changed something in the samples");
}

//! Small dictionaries of actors, their lookups and their faults.

use super::*;

fn small() -> Actors {
    Actors::from_files(&[
        ("dictionaries/actors/a.txt", "kind countries\ncountry SRB\nnames: Serbia\nadjectives: Serbian\ncapital: Belgrade\ncountry USA\nnames: United States, US\nseats: Pentagon=MIL\n"),
        ("dictionaries/actors/b.txt", "kind people\nof SRB\nAleksandar Vučić: president 2017-05-31..\n"),
        ("dictionaries/actors/c.txt", "kind roles\nGOV person title: president\nUAF person armed: gunman\n"),
    ])
    .unwrap_or_else(|f| panic!("{f:?}"))
}

fn names(actors: &Actors, text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let folded = actors.fold(words.iter().copied());
    actors
        .names(&folded)
        .iter()
        .map(|m| {
            let term = &actors.terms[m.terms[0] as usize];
            let entry = &actors.entries[term.entry as usize];
            format!("{}={}{:?}", words[m.first as usize..m.end as usize].join(" "), entry.code, term.form)
        })
        .collect()
}

#[test]
fn finds_names_in_any_spelling() {
    let a = small();
    assert_eq!(names(&a, "Serbian President Aleksandar Vucic"), ["Serbian=SRBAdjective", "Aleksandar Vucic=Name"]);
    assert_eq!(names(&a, "Vučić told us"), ["Vučić=Surname"]);
    assert_eq!(names(&a, "the U.S. Pentagon"), ["U.S.=USAName", "Pentagon=USASeat"]);
    assert_eq!(names(&a, "THEY TOLD US TODAY"), [""; 0]);
    assert_eq!(names(&a, "U.S.-led Serbians"), ["U.S.-led=USAName", "Serbians=SRBPeople"]);
}

#[test]
fn reports_every_fault_with_its_line() {
    let faults = Actors::from_files(&[
        (
            "dictionaries/actors/a.txt",
            "kind countries\ncountry Serbia\ncountry SRB\nnames: Serbia\ncountry XKX\nnames: Serbia\n",
        ),
        ("dictionaries/actors/b.txt", "kind people\nof SRB\nAn Other: president=GOV 2017-02-30..\nB C: poet\nof ZZZ\n"),
    ])
    .expect_err("faulty");
    let got: Vec<(String, usize)> = faults.into_iter().map(|f| (f.file, f.line)).collect();
    let a = "dictionaries/actors/a.txt".to_owned();
    let b = "dictionaries/actors/b.txt".to_owned();
    assert_eq!(got, [(a.clone(), 2), (a, 6), (b.clone(), 3), (b.clone(), 4), (b.clone(), 4), (b, 5)]);
}

#[test]
fn the_embedded_lexicon_has_no_fault() {
    if let Err(faults) = Actors::embedded() {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{} faults\n{}", all.len(), all.join("\n"));
    }
}

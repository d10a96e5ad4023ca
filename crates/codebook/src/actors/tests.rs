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

#[test]
fn heads_of_lines_take_dates_and_allegiance() {
    let a = Actors::from_files(&[
        ("dictionaries/actors/a.txt", "kind countries\ncountry SLE\nnames: Sierra Leone\n"),
        (
            "dictionaries/actors/b.txt",
            "kind groups\nRUF SLE REB 1991..2002 under ISX ally AFRC,ISX: RUF\nAFRC SLE REB ..1998-05: AFRC\n",
        ),
        ("dictionaries/actors/c.txt", "kind bodies\nISX - REB 2014-06-29..: ISX\n"),
    ])
    .unwrap_or_else(|f| panic!("{f:?}"));
    let ruf = a.by_code("RUF").expect("read");
    assert_eq!(ruf.dates.to_string(), "1991-01-01..2002-12-31");
    assert_eq!((ruf.under.as_slice(), ruf.allies.len()), (&["ISX".into()][..], 2));
    assert_eq!(a.by_code("AFRC").expect("read").dates.to_string(), "..1998-05-31");
    assert_eq!((a.files[ruf.source.file as usize].as_str(), ruf.source.line), ("dictionaries/actors/b.txt", 2));
}

#[test]
fn faults_of_dates_and_allegiance() {
    let faults = Actors::from_files(&[
        ("dictionaries/actors/a.txt", "kind countries\ncountry SLE\nnames: Sierra Leone\n"),
        (
            "dictionaries/actors/b.txt",
            "kind groups\nAB SLE REB 2002..1991: Abc\nCD SLE REB under: Cde\nEF SLE REB under GI: Efg\nGI SLE REB under EF: Ghi\nKL SLE REB near AB: Klm\nMN SLE REB ally ABX: Mno\nOP SLE REB under OP: Opq\n",
        ),
    ])
    .expect_err("faulty");
    let got: Vec<String> = faults.into_iter().map(|f| format!("{} {}", f.line, f.message)).collect();
    assert_eq!(
        got,
        [
            "2 `AB` ends on 1991-12-31 before it starts on 2002-01-01",
            "3 `under` needs the code of another, or several joined by commas",
            "4 `EF` is under itself",
            "5 `GI` is under itself",
            "6 expected `FROM..TO`, `under CODE` or `ally CODE`, found `AB`",
            "6 expected `FROM..TO`, `under CODE` or `ally CODE`, found `near`",
            "7 `ABX` is nobody's code, did you mean `AB`?",
            "8 `OP` is under itself",
            "8 `under` needs the code of another, or several joined by commas",
        ]
    );
}

fn layered(overlay: &str) -> Result<Actors, Vec<String>> {
    let base = [
        (
            "dictionaries/actors/a.txt",
            "kind countries\ncountry SRB\nnames: Serbia\nseats: Andricev Venac\ncountry USA\nnames: United States, America\n",
        ),
        ("dictionaries/actors/b.txt", "kind groups\nABC SRB REB 1991..: Abc, Alphabet Front\nDEF USA REB: Def\n"),
        ("dictionaries/actors/c.txt", "kind roles\nGOV person title: president\n"),
        ("dictionaries/actors/d.txt", "kind people\nof SRB\nAleksandar Vučić: president 2017..\n"),
    ];
    let mut files = crate::KnowledgeFile::base(&base);
    for (i, text) in overlay.split("===\n").enumerate() {
        let shown = ["over/1.txt", "over/2.txt"][i];
        files.push(crate::KnowledgeFile { path: ["1.txt", "2.txt"][i], shown, text, layer: 1 });
    }
    Actors::from_layers(&files).map_err(|f| f.iter().map(ToString::to_string).collect())
}

#[test]
fn an_overlay_adds_corrects_and_takes_away() {
    let a = layered("kind groups\nABC USA UAF: Abc, Def\nNEW SRB REB: Newcomers\n===\nkind people\nof SRB\nAleksandar Vučić: president 2017..2027\nAna Test (f): president 2027..\n").expect("no fault");
    assert_eq!(
        names(&a, "Abc met the Alphabet Front and Def and Newcomers"),
        ["Abc=ABCName", "Def=ABCName", "Newcomers=NEWName"]
    );
    assert_eq!(a.by_code("ABC").and_then(|e| e.country.clone()).as_deref(), Some("USA"));
    let vucic = a.spelt("Vučić");
    assert_eq!(vucic.len(), 1);
    assert!(a.entry_of(vucic[0]).offices[0].dates.over());
    let a = layered("kind countries\ncountry SRB\nseats+: Nemanjina\ncountry USA\n- America\n===\nkind groups\n- DEF\n- ABC: Alphabet Front\n").expect("no fault");
    assert_eq!(
        names(&a, "America Nemanjina and Andricev Venac met Def Abc Alphabet Front"),
        ["Nemanjina=SRBSeat", "Andricev Venac=SRBSeat", "Abc=ABCName"]
    );
    let a = layered("kind countries\ncountry SRB\nseats: Nemanjina\n").expect("no fault");
    assert_eq!(names(&a, "Andricev Venac Nemanjina Serbia"), ["Nemanjina=SRBSeat", "Serbia=SRBName"]);
}

#[test]
fn faults_of_an_overlay_name_its_file() {
    let faults = layered("kind groups\n- XYZ\nABC ZZZ REB: Abc\n===\nkind people\nof SRB\n- Nobody Known\n")
        .expect_err("faulty");
    assert_eq!(
        faults,
        [
            "over/1.txt:2: `XYZ` is nobody's code: nothing to take away",
            "over/1.txt:3: `ZZZ` is no country of countries.txt",
            "over/2.txt:3: `Nobody Known` is not there: nothing to take away",
        ]
    );
}

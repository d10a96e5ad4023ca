//! Which countries border on one another, out of `data/borders.txt`.

use std::sync::LazyLock;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 (Kosovo `XKX`).
    pub code: &'static str,
    /// The name UCDP's tables have it by.
    pub ucdp_name: &'static str,
    /// The part of the world, for the company it keeps.
    pub region: &'static str,
    /// Codes of its neighbours.
    pub neighbours: Vec<&'static str>,
}

/// All countries of the table, in its order.
pub fn countries() -> &'static [Country] {
    static TABLE: LazyLock<Vec<Country>> = LazyLock::new(|| {
        include_str!("../data/borders.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('|').map(str::trim);
                Some(Country {
                    code: fields.next()?,
                    ucdp_name: fields.next()?,
                    region: fields.next()?,
                    neighbours: fields.next()?.split_whitespace().collect(),
                })
            })
            .collect()
    });
    &TABLE
}

/// For each of some countries, by UCDP's name or by code, the places in the list of its neighbours and of the others of
/// its region. A country that is not in the table has neither.
pub fn company(names: &[String]) -> Vec<[Vec<usize>; 2]> {
    let find = |name: &str| countries().iter().find(|c| c.ucdp_name == name || c.code == name);
    let known: Vec<Option<&Country>> = names.iter().map(|n| find(n)).collect();
    (0..names.len())
        .map(|i| {
            let Some(own) = known[i] else { return [Vec::new(), Vec::new()] };
            let others = |keep: &dyn Fn(&Country) -> bool| -> Vec<usize> {
                (0..names.len()).filter(|&j| j != i && known[j].is_some_and(keep)).collect()
            };
            // A border is told on either side.
            [
                others(&|c| own.neighbours.contains(&c.code) || c.neighbours.contains(&own.code)),
                others(&|c| c.region == own.region),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_well_formed_and_told_once() {
        let mut codes: Vec<&str> = countries().iter().map(|c| c.code).collect();
        assert!(codes.len() > 120);
        for country in countries() {
            let all = country.neighbours.iter().chain([&country.code]);
            for code in all {
                assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            }
            for neighbour in &country.neighbours {
                if let Some(other) = countries().iter().find(|c| c.code == *neighbour) {
                    assert!(other.neighbours.contains(&country.code), "{} and {neighbour}", country.code);
                }
            }
        }
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}

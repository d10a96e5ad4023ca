//! Terms that shut each other out, so that nothing could pass.

use jiff::civil::Date;

use crate::fault::Fault;
use crate::field::{FIELDS, Field, Op};
use crate::term::Term;

/// Adds a fault for each term that leaves nothing of what earlier terms let pass.
pub(crate) fn find(terms: &[Term], faults: &mut Vec<Fault>) {
    times(terms, &[Field::Since, Field::Until], faults);
    times(terms, &[Field::Published], faults);
    twice(terms, faults);
    for info in FIELDS.iter().filter(|f| f.single) {
        singles(terms, info.field, faults);
    }
}

/// Bounds on one time that leave no day.
fn times(terms: &[Term], fields: &[Field], faults: &mut Vec<Fault>) {
    let mut low: Option<(Date, &Term)> = None;
    let mut high: Option<(Date, &Term)> = None;
    for term in terms.iter().filter(|t| fields.contains(&t.field) && !t.not) {
        let allowed = term.allowed_days();
        let [(first, last)] = allowed.as_slice() else { continue };
        if let Some(day) = first.filter(|d| low.is_none_or(|(l, _)| *d > l)) {
            low = Some((day, term));
        }
        if let Some(day) = last.filter(|d| high.is_none_or(|(h, _)| *d < h)) {
            high = Some((day, term));
        }
        if let (Some((first, a)), Some((last, b))) = (low, high)
            && first > last
        {
            let (here, other) = if std::ptr::eq(a, term) { (a, b) } else { (b, a) };
            let message = if std::ptr::eq(a, b) {
                format!("no day lies in `{here}`")
            } else {
                format!("no day is left: `{a}` begins on {first}, after `{b}` ends on {last}")
            };
            let hint = (!std::ptr::eq(a, b)).then(|| format!("change it or `{other}`"));
            faults.push(Fault::new(here.span.clone(), message).hint_if(hint));
            return;
        }
    }
}

/// Two states of knowledge in one filter.
fn twice(terms: &[Term], faults: &mut Vec<Fault>) {
    let mut known = terms.iter().filter(|t| t.field == Field::AsOf);
    let Some(first) = known.next() else { return };
    if let Some(second) = known.find(|t| *t != first) {
        let message = format!("things are asked for as of two times: `{first}` and `{second}`");
        faults.push(Fault::new(second.span.clone(), message).hint("leave one out"));
    }
}

/// Two terms that ask for different values of a field of which an event has one.
fn singles(terms: &[Term], field: Field, faults: &mut Vec<Fault>) {
    // Words are found in a longer name, and so two terms for them may both hold.
    let whole = |t: &Term| !t.values.iter().any(|v| matches!(v, crate::Value::Text(_) | crate::Value::Prefix(_)));
    let own: Vec<&Term> = terms.iter().filter(|t| t.field == field && t.op == Op::Is && !t.not && whole(t)).collect();
    let shut_out = |a: &Term, b: &Term| !b.values.iter().any(|v| a.values.iter().any(|w| may_agree(v, w)));
    // Each against all before it, so that the order of the terms decides nothing.
    let clash = own
        .iter()
        .enumerate()
        .find_map(|(i, second)| own[..i].iter().find(|first| shut_out(first, second)).map(|first| (first, second)));
    if let Some((first, second)) = clash {
        let message = format!("`{first}` and `{second}` cannot both hold");
        let values: Vec<String> = first.values.iter().chain(&second.values).map(ToString::to_string).collect();
        let hint = match field {
            Field::Disputed => "leave one out".to_owned(),
            _ => format!("for any of them write `{field}:{}`", values.join(",")),
        };
        faults.push(Fault::new(second.span.clone(), message).hint(hint));
    }
}

/// Whether an event may have both values: a mode without a type agrees with the same of any type.
fn may_agree(a: &crate::Value, b: &crate::Value) -> bool {
    use crate::Value::Mode;
    match (a, b) {
        (Mode { event: of_a, mode: how_a }, Mode { event: of_b, mode: how_b }) => {
            how_a == how_b && (of_a == of_b || of_a.is_none() || of_b.is_none())
        }
        _ => a == b,
    }
}

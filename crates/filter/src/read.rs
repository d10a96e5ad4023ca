//! Gives each term its meaning: field, operator, values.

use forewarn_codebook::EventType;
use forewarn_codebook::fault::nearest;
use smol_str::SmolStr;

use crate::area::{Area, Circle, number};
use crate::code;
use crate::cut::{Head, RawTerm, RawValue};
use crate::day;
use crate::fault::Fault;
use crate::field::{FIELDS, Field, Kind, Op};
use crate::filter::Options;
use crate::party::{Parties, SUGGESTIONS};
use crate::term::Term;
use crate::value::Value;

/// Reads terms; faults are gathered.
pub(crate) struct Reader<'n, 'f> {
    options: &'n Options<'n>,
    parties: Parties<'n>,
    faults: &'f mut Vec<Fault>,
}

impl<'n, 'f> Reader<'n, 'f> {
    pub fn new(options: &'n Options<'n>, faults: &'f mut Vec<Fault>) -> Self {
        Self { options, parties: Parties { names: options.names, suggestions: SUGGESTIONS }, faults }
    }

    /// The meaning of `raw`, or none and at least one fault more.
    pub fn term(&mut self, raw: &RawTerm<'_>) -> Option<Term> {
        let (field, op) = match &raw.head {
            None => (Field::Text, Op::Is),
            Some(head) => self.head(head, raw)?,
        };
        let kind = field.info().kind;
        if raw.not && !kind.turns() {
            let hint = match field {
                Field::Since => "write `until` for what came before",
                Field::Until => "write `since` for what came after",
                _ => "leave it out",
            };
            let at = raw.span.start..raw.span.start + 1;
            self.faults.push(Fault::new(at, format!("`-` has no meaning before `{field}`")).hint(hint));
            return None;
        }
        let before = self.faults.len();
        let mut values = self.values(field, op, &raw.values);
        if self.faults.len() > before || values.is_empty() {
            return None;
        }
        values.sort_by_cached_key(Value::to_string);
        values.dedup();
        Some(Term { field, not: raw.not, op, values, span: raw.span.clone() })
    }

    fn head(&mut self, head: &Head<'_>, raw: &RawTerm<'_>) -> Option<(Field, Op)> {
        let Some(field) = Field::parse(head.name) else {
            let names = FIELDS.iter().flat_map(|f| std::iter::once(f.name).chain(f.aliases.iter().copied()));
            let near = nearest(&head.name.to_ascii_lowercase(), names);
            let words = if head.op.contains('>') {
                "names of several words are put in quotes: `dyad:\"South Sudan\">SDN`"
            } else {
                "to look for the words themselves, put them in quotes"
            };
            let hint = near
                .map(|n| format!("did you mean `{n}`?"))
                .or_else(|| code::elsewhere(head.name).or(Some(words.to_owned())));
            self.faults
                .push(Fault::new(head.name_span.clone(), format!("unknown field `{}`", head.name)).hint_if(hint));
            return None;
        };
        let info = field.info();
        let Some(op) = Op::parse(head.op) else {
            let hint = match head.op.trim_start_matches(':') {
                "=>" => "write `>=`".to_owned(),
                "=<" => "write `<=`".to_owned(),
                "!=" | "<>" | "!" => format!("to turn a term round write `-{field}:…`"),
                _ => format!("`{field}` takes {}", listed(info.kind.ops())),
            };
            self.faults.push(Fault::new(head.op_span.clone(), format!("unknown operator `{}`", head.op)).hint(hint));
            return None;
        };
        if !info.kind.ops().contains(&op) {
            let hint = match (field, op) {
                (Field::Since | Field::Until, _) => "write a colon, or compare `date`: `date>=2023-09`".to_owned(),
                (Field::Dyad, Op::Gt) => "write the actor first: `dyad:SRB>XKX`, `dyad:*>XKX`".to_owned(),
                _ => format!("it takes {}: `{}`", listed(info.kind.ops()), info.example),
            };
            let message = format!("`{field}` does not take `{}`", head.op);
            self.faults.push(Fault::new(head.op_span.clone(), message).hint(hint));
            return None;
        }
        if raw.values.len() > 1 && !info.kind.several(op) && !matches!(info.kind, Kind::Area | Kind::Circle) {
            let at = raw.values[1].span.start..raw.values[raw.values.len() - 1].span.end;
            let message = format!("`{field}{op}` takes one value, {} found", raw.values.len());
            self.faults.push(Fault::new(at, message).hint(format!("write `{}`", info.example)));
            return None;
        }
        Some((field, op))
    }

    /// The values of a term; those that are wrong become faults.
    fn values(&mut self, field: Field, op: Op, raw: &[RawValue]) -> Vec<Value> {
        let kind = field.info().kind;
        if matches!(kind, Kind::Area | Kind::Circle) {
            let parts: Vec<String> = raw.iter().map(RawValue::text).collect();
            let read = match kind {
                Kind::Area => Area::read(&parts).map(Value::Area),
                _ => Circle::read(&parts).map(Value::Circle),
            };
            return match (read, raw) {
                (Ok(value), _) => vec![value],
                (Err(wrong), [first, ..]) => {
                    let whole = first.span.start..raw.last().map_or(first.span.end, |v| v.span.end);
                    let span = wrong.part.and_then(|p| raw.get(p)).map_or(whole, |v| v.span.clone());
                    self.faults.push(Fault::new(span, wrong.message).hint_if(wrong.hint));
                    Vec::new()
                }
                (Err(_), []) => Vec::new(),
            };
        }
        let mut values = Vec::new();
        for value in raw {
            match self.value(field, kind, op, value) {
                Ok(found) => values.extend(found),
                Err(fault) => self.faults.push(fault),
            }
        }
        values
    }

    /// What one value of `field` means.
    fn value(&mut self, field: Field, kind: Kind, op: Op, raw: &RawValue) -> Result<Vec<Value>, Fault> {
        let text = raw.text();
        let wrong = |message: String| Fault::new(raw.span.clone(), message);
        let unknown = |near: Option<String>, else_hint: &str| {
            let hint = near.or_else(|| code::elsewhere(&text)).unwrap_or_else(|| else_hint.to_owned());
            wrong(format!("unknown {field} `{text}`")).hint(hint)
        };
        let one = |value: Value| Ok(vec![value]);
        match kind {
            Kind::Type => code::event_type(&text).map(|event| vec![Value::Type(event)]).ok_or_else(|| {
                let names = EventType::ALL.map(EventType::as_str);
                let near = code::elsewhere(&text).or_else(|| code::nearest_of(&text, names));
                unknown(near, &format!("the types are {}", names.join(", ")))
            }),
            Kind::Mode => match code::mode(&text) {
                Some((event, mode)) => one(Value::Mode { event, mode: SmolStr::new_static(mode) }),
                None => Err(mode_fault(&text, raw)),
            },
            Kind::OneOf(list) => {
                let found = code::one_of(list, &text);
                if found.is_empty() {
                    let near = code::nearest_of(&text, list.iter().copied());
                    return Err(unknown(near, &format!("it is one of {}", list.join(", "))));
                }
                Ok(found.into_iter().map(Value::Word).collect())
            }
            Kind::Quad => match code::quad(&text) {
                Some(classes) => Ok(classes.iter().map(|&c| Value::Quad(c)).collect()),
                None => Err(unknown(
                    code::nearest_of(&text, code::quad_words()),
                    "write 1 (verbal cooperation), 2 (material cooperation), 3 (verbal conflict) or 4 (material conflict)",
                )),
            },
            Kind::Cameo => {
                let digits = text.trim_end_matches('*');
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(unknown(None, "write two to four digits: `cameo:18`, `cameo:1831`"));
                }
                if self.options.names.is_cameo(digits) {
                    return one(Value::Cameo(digits.into()));
                }
                let hint = "roots are 01 to 20; a root stands for all codes below it";
                Err(wrong(format!("CAMEO has no code `{digits}`")).hint(hint))
            }
            Kind::Party => self.parties.party(raw).map(|p| vec![Value::Party(p)]),
            Kind::Dyad => self.parties.dyad(raw).map(|d| vec![Value::Dyad(d)]),
            Kind::Country => self.parties.country(raw).map(|c| vec![Value::Word(c)]),
            Kind::Bound | Kind::Days => {
                if text.contains("..") && (kind == Kind::Bound || op != Op::Is) {
                    let hint = "write `date:2023-09..2023-10` for a time with two ends";
                    return Err(wrong(format!("`{field}{op}` takes one time, not a range")).hint(hint));
                }
                let days = day::read(&text, self.options.today);
                days.map(|d| vec![Value::Days(d)]).map_err(|(message, hint)| wrong(message).hint_if(hint))
            }
            Kind::Text => one(words(raw).ok_or_else(|| {
                wrong("`*` stands alone".to_owned()).hint("write a beginning before it: `barricade*`")
            })?),
            Kind::Word => one(Value::Word(text.into())),
            Kind::Language => {
                let code = text.to_ascii_lowercase();
                if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) {
                    return one(Value::Word(code.into()));
                }
                Err(unknown(None, "write the two letters of ISO 639-1: `language:en`"))
            }
            Kind::Count => match text.parse::<u64>() {
                // SQLite's integers end there.
                Ok(n) if i64::try_from(n).is_ok() && text.bytes().all(|b| b.is_ascii_digit()) => one(Value::Count(n)),
                _ => Err(wrong(format!("`{text}` is no whole number from 0"))
                    .hint(format!("write `{}`", field.info().example))),
            },
            Kind::Number(low, high) => {
                let (figure, scale) = match text.strip_suffix('%').filter(|_| high == 1.0) {
                    Some(figure) => (figure, 100.0),
                    None => (text.as_str(), 1.0),
                };
                match number(figure).map(|n| n / scale) {
                    Some(n) if (low..=high).contains(&n) => one(Value::Number(n)),
                    Some(_) => Err(wrong(format!("`{text}` is not between {low} and {high}"))),
                    None => {
                        Err(wrong(format!("`{text}` is no number")).hint(format!("write `{}`", field.info().example)))
                    }
                }
            }
            Kind::Flag => match text.to_ascii_lowercase().as_str() {
                "yes" | "true" => one(Value::Flag(true)),
                "no" | "false" => one(Value::Flag(false)),
                _ => Err(wrong(format!("`{text}` is neither yes nor no"))
                    .hint(format!("write `{field}:yes` or `{field}:no`"))),
            },
            Kind::Area | Kind::Circle => Ok(Vec::new()), // Read as a whole by `values`.
        }
    }
}

/// The words of a text value; none for a beginning of nothing.
fn words(raw: &RawValue) -> Option<Value> {
    let mut text = raw.text();
    let Some(open) = raw.pieces.last().filter(|p| !p.quoted && p.text.ends_with('*')) else {
        return Some(Value::Text(text));
    };
    // Stars in quotes are the text's own: `"*"*` is what begins with a star.
    text.truncate(text.len() - (open.text.len() - open.text.trim_end_matches('*').len()));
    (!text.is_empty()).then_some(Value::Prefix(text))
}

fn mode_fault(text: &str, raw: &RawValue) -> Fault {
    if let Some((event, mode)) = text.split_once('/') {
        let Some(event_type) = code::event_type(event) else {
            let names = EventType::ALL.map(EventType::as_str);
            let fault = Fault::new(raw.span.clone(), format!("unknown type `{event}`"));
            return fault.hint_if(code::nearest_of(event, names));
        };
        let known: Vec<&str> = event_type.modes().collect();
        let of = EventType::ALL.into_iter().filter(|t| t.modes().any(|m| m == mode)).map(EventType::as_str);
        let of: Vec<&str> = of.collect();
        let hint = if of.is_empty() {
            code::nearest_of(mode, known.iter().copied()).unwrap_or_else(|| match known.as_slice() {
                [] => "it has none".to_owned(),
                _ => format!("its modes are {}", known.join(", ")),
            })
        } else {
            format!("{} has it", of.join(" or "))
        };
        let message = format!("{} has no mode `{mode}`", event_type.as_str());
        return Fault::new(raw.span.clone(), message).hint(hint);
    }
    let hint = code::elsewhere(text).or_else(|| code::nearest_of(text, code::modes()));
    let hint = hint.unwrap_or_else(|| "`mode:ASSAULT/aerial` is a mode of one type, `mode:aerial` of any".to_owned());
    Fault::new(raw.span.clone(), format!("unknown mode `{text}`")).hint(hint)
}

/// Operators with commas between them.
fn listed(ops: &[Op]) -> String {
    ops.iter().map(|o| format!("`{o}`")).collect::<Vec<_>>().join(", ")
}

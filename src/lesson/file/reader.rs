//! Parses a lesson file from top to bottom.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Ask, Head, Lesson, PANES, Slip, Step, View};
use crate::lesson::evaluate::World;
use crate::lesson::query::Query;
use crate::lesson::value::{Kind, Value, option_of};
use crate::message;
use crate::report::Column;
use crate::report::checks::rule_pages::unlinked;
use crate::spec::decode::Decode;
use crate::spec::source::Located;
use crate::spec::{Place, Problem, Source, value};
use crate::text::{Joint, Message};

/// Texts of a question.
struct Texts {
    question: String,
    hint: String,
    why: String,
    slips: String,
    after: String,
}

/// Number of options of a choice.
const OPTIONS: usize = 4;

/// Parses a lesson.
///
/// # Errors
/// All problems in the file.
pub(super) fn read(source: Arc<Source>) -> Result<Lesson, Vec<Problem>> {
    let mut reader = FileReader {
        source,
        at: 0,
        problems: Vec::new(),
    };
    match reader.lesson() {
        Some(lesson) if reader.problems.is_empty() => Ok(lesson),
        _ => Err(reader.problems),
    }
}

struct FileReader {
    source: Arc<Source>,
    at: usize,
    problems: Vec<Problem>,
}

impl FileReader {
    fn wrong(&mut self, at: usize, message: impl Into<Message>) {
        let place = Place {
            source: self.source.clone(),
            span: at..(at + 1).min(self.source.text.len()),
        };
        self.problems
            .push(Problem::error("lesson", message).at(&place));
    }

    fn wrong_at(&mut self, place: &Place, message: impl Into<Message>) {
        self.problems
            .push(Problem::error("lesson", message).at(place));
    }

    /// Text up to `mark`, after which parsing continues; all of the text if there is no mark.
    fn until(&mut self, mark: &str) -> (String, bool) {
        let rest = &self.source.text[self.at..];
        if let Some(found) = rest.find(mark) {
            let text = without_pictures(&rest[..found]);
            self.at += found + mark.len();
            (text, true)
        } else {
            let text = without_pictures(rest);
            self.at = self.source.text.len();
            (text, false)
        }
    }

    /// The table in the comment that has just been opened.
    fn comment<T: Decode>(&mut self) -> Option<Located<T>> {
        let start = self.at;
        let (_, closed) = self.until("-->");
        if !closed {
            self.wrong(start, message!("lesson-file-open-comment"));
            return None;
        }
        // Everything else as blanks, which preserves the file's line and column numbers.
        let end = self.at - 3;
        let bytes = self.source.text.bytes().enumerate();
        let padded = bytes.map(|(at, byte)| match byte {
            b'\n' => b'\n',
            byte if (start..end).contains(&at) => byte,
            _ => b' ',
        });
        let text = String::from_utf8(padded.collect()).unwrap_or_default();
        let padded = Arc::new(Source {
            name: self.source.name.clone(),
            text,
        });
        let (document, mut problems) = value::parse(&padded);
        let table = Located::<T>::decode(&document, &mut problems);
        self.problems.append(&mut problems);
        table
    }

    fn lesson(&mut self) -> Option<Lesson> {
        let (before, found) = self.until("<!-- lesson");
        if !found || !before.is_empty() {
            self.at = 0;
            self.wrong(0, message!("lesson-file-head"));
            return None;
        }
        let head = self.comment::<Head>()?.value;
        let Some(id) = head.id else {
            self.wrong(0, message!("lesson-file-no-id"));
            return None;
        };
        let own = head.networks.map(|own| own.value.0).unwrap_or_default();
        let own: BTreeMap<_, _> = own
            .into_iter()
            .map(|(key, text)| (key.value, text.value))
            .collect();
        let world = World::new(own);
        let (text, mut more) = self.until("<!-- ask");
        let Some((title, intro)) = text
            .strip_prefix("# ")
            .map(|text| text.split_once('\n').unwrap_or((text, "")))
        else {
            self.wrong(self.at.saturating_sub(1), message!("lesson-file-no-title"));
            return None;
        };
        let (title, intro) = (title.trim().to_owned(), intro.trim().to_owned());
        let mut steps = Vec::new();
        while more {
            let place = self.at;
            let ask = self.comment::<Ask>()?;
            let (question, _) = self.until("<details>");
            let parts = [self.details(), self.next_details(), self.next_details()];
            let [Some(hint), Some(why), Some(slips)] = parts else {
                self.wrong(place, message!("lesson-file-shape"));
                return None;
            };
            if [&question, &hint, &why, &slips]
                .iter()
                .any(|text| text.is_empty())
            {
                self.wrong(place, message!("lesson-file-shape"));
                return None;
            }
            let (after, another) = self.until("<!-- ask");
            more = another;
            let texts = Texts {
                question,
                hint,
                why,
                slips,
                after,
            };
            if let Some(step) = self.step(place, ask.value, &world, texts) {
                steps.push((place, step));
            }
        }
        if steps.is_empty() && self.problems.is_empty() {
            self.wrong(0, message!("lesson-file-no-question"));
        }
        self.keys(&steps);
        self.distinct(&steps);
        let steps: Vec<Step> = steps.into_iter().map(|(_, step)| step).collect();
        let claims = self.claims(head.claims, &steps);
        Some(Lesson {
            id: id.value,
            title,
            claims,
            intro,
            steps,
            world,
        })
    }

    /// Claims that the head names, each of which a question decides, and no question decides another.
    fn claims(&mut self, named: Option<Located<Vec<String>>>, steps: &[Step]) -> Vec<String> {
        let Some(named) = named else {
            for claim in steps.iter().flat_map(|step| &step.decides) {
                self.wrong(0, message!("lesson-file-claim-unnamed", claim = claim));
            }
            return Vec::new();
        };
        let decided: Vec<&String> = steps.iter().flat_map(|step| &step.decides).collect();
        for claim in &named.value {
            if !decided.contains(&claim) {
                let message = message!("lesson-file-claim-undecided", claim = claim);
                self.wrong_at(&named.place, message);
            }
        }
        for claim in decided {
            if !named.value.contains(claim) {
                let message = message!("lesson-file-claim-unnamed", claim = claim);
                self.wrong_at(&named.place, message);
            }
        }
        named.value
    }

    /// Checks that the letters of right options follow no pattern: of four in a row, the steps are not all equal.
    fn keys(&mut self, steps: &[(usize, Step)]) {
        let keyed = steps
            .iter()
            .filter_map(|(at, step)| Some((*at, step.key()?)));
        let keyed: Vec<(usize, usize)> = keyed.collect();
        for four in keyed.windows(4) {
            let move_to = |pair: &[(usize, usize)]| (pair[1].1 + OPTIONS - pair[0].1) % OPTIONS;
            let moves: Vec<usize> = four.windows(2).map(move_to).collect();
            if moves.iter().all(|own| *own == moves[0]) {
                self.wrong(four[3].0, message!("lesson-file-key-pattern"));
            }
        }
    }

    /// The rest of a collapsible part after `<details>`, without its summary; `None` if it is not closed.
    /// Refuses a query or a reason that the lesson has twice.
    fn distinct(&mut self, steps: &[(usize, Step)]) {
        let (mut queries, mut reasons) = (BTreeSet::new(), BTreeSet::new());
        for (place, step) in steps {
            if !queries.insert(&step.query_text) {
                self.wrong(*place, message!("lesson-file-same-query"));
            }
            for slip in &step.slips {
                if !reasons.insert(&slip.reason) {
                    let message = message!("lesson-file-same-reason", reason = &slip.reason);
                    self.wrong(*place, message);
                }
            }
        }
    }

    fn details(&mut self) -> Option<String> {
        let (_, headed) = self.until("</summary>");
        let (text, closed) = self.until("</details>");
        (headed && closed).then_some(text)
    }

    /// The next collapsible part, if it follows at once.
    fn next_details(&mut self) -> Option<String> {
        if !self.next_is("<details>") {
            return None;
        }
        self.until("<details>");
        self.details()
    }

    /// Whether only blanks come before `mark`.
    fn next_is(&self, mark: &str) -> bool {
        self.source.text[self.at..].trim_start().starts_with(mark)
    }

    fn step(&mut self, at: usize, ask: Ask, world: &World, texts: Texts) -> Option<Step> {
        let (Some(query), Some(kind)) = (ask.query, ask.kind) else {
            self.wrong(at, message!("lesson-file-query-and-kind"));
            return None;
        };
        let Some(kind_found) = Kind::parse(&kind.value) else {
            self.wrong_at(
                &kind.place,
                message!("lesson-file-kind", kind = &kind.value),
            );
            return None;
        };
        let parsed = Query::parse(&query.value).and_then(|parsed| {
            let truth = quick(world, &parsed)?;
            Ok((parsed, truth))
        });
        let (parsed, truth) = match parsed {
            Ok(parsed) => parsed,
            Err(reason) => {
                self.wrong_at(&query.place, reason);
                return None;
            }
        };
        let options = ask.options.map(|options| options.value).unwrap_or_default();
        if options.len()
            != (if kind_found == Kind::Choice {
                OPTIONS
            } else {
                0
            })
        {
            self.wrong_at(&kind.place, message!("lesson-file-options"));
        }
        let (question, words) = with_options(&texts.question);
        if words.len() != options.len() {
            self.wrong(
                at,
                message!(
                    "lesson-file-option-words",
                    options = options.len(),
                    words = words.len()
                ),
            );
        }
        let options: Vec<(String, String)> = options.into_iter().zip(words).collect();
        let slips = self.slips(at, kind_found, &options, &texts.slips);
        let within = ask.within.map_or(0.0, |within| within.value);
        if let Some(truth) = truth {
            self.holds(at, kind_found, &options, &slips, (&truth, within));
        }
        let view = ask.view.map(|view| view.value);
        if let Some(view) = &view {
            self.view(at, view, world);
        }
        Some(Step {
            query_text: query.value,
            query: parsed,
            kind: kind_found,
            options,
            hint: texts.hint,
            within,
            view,
            question,
            why: texts.why,
            slips,
            decides: ask.decides.map(|claims| claims.value).unwrap_or_default(),
            leak: ask.leak.map(|reason| reason.value),
            look: ask.look.map(|command| command.value),
            after: texts.after,
        })
    }

    /// Wrong answers with their reasons: of a choice all options but one.
    fn slips(
        &mut self,
        at: usize,
        kind: Kind,
        options: &[(String, String)],
        text: &str,
    ) -> Vec<Slip> {
        let mut slips = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match slip(kind, options, line) {
                Some(slip) => slips.push(slip),
                None => self.wrong(at, message!("lesson-file-slip", line = line)),
            }
        }
        let mut known: Vec<String> = slips.iter().map(|slip| slip.value.text()).collect();
        known.sort();
        known.dedup();
        let is_whole = known.len() == slips.len()
            && (kind != Kind::Choice || known.len() + 1 == options.len());
        if !is_whole {
            self.wrong(at, message!("lesson-file-slips"));
        }
        slips
    }

    /// Checks that no reason is given for the right answer, which for a choice is the option without one.
    fn holds(
        &mut self,
        at: usize,
        kind: Kind,
        options: &[(String, String)],
        slips: &[Slip],
        (truth, within): (&Value, f64),
    ) {
        let value = truth.text();
        let right = option_of(options, truth);
        if kind == Kind::Choice && right.is_none() {
            self.wrong(at, message!("lesson-file-no-right-option", value = &value));
        }
        let is_slip = |slip: &Slip| match kind {
            Kind::Choice => Some(slip.value.text().as_str()) == right,
            _ => slip.value.agrees(truth, within),
        };
        if slips.iter().any(is_slip) {
            self.wrong(at, message!("lesson-file-right-slip", value = value));
        }
    }

    fn view(&mut self, at: usize, view: &View, world: &World) {
        let Some(net) = &view.net else {
            self.wrong(at, message!("lesson-file-view-net"));
            return;
        };
        if let Err(reason) = world.net(&net.value) {
            self.wrong_at(&net.place, reason);
            return;
        }
        for layer in [&view.layer, &view.step].into_iter().flatten() {
            if let Err(reason) = world.layer(&format!("{}.{}", net.value, layer.value)) {
                self.wrong_at(&layer.place, reason);
            }
        }
        if let Some(column) = &view.column
            && Column::parse(&column.value).is_none()
        {
            self.wrong_at(
                &column.place,
                message!("lesson-file-column", column = &column.value),
            );
        }
        for pane in [&view.pane, &view.then].into_iter().flatten() {
            if !PANES.contains(&pane.value.as_str()) {
                self.wrong_at(
                    &pane.place,
                    message!(
                        "lesson-file-pane",
                        pane = &pane.value,
                        panes = Joint::Comma.of(PANES)
                    ),
                );
            }
        }
    }
}

/// Text of a question, and those of its options: lines `- a) words` at its end, lettered in order.
fn with_options(text: &str) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut question = Vec::new();
    for line in text.lines() {
        let letter = char::from(b'a' + (words.len() % 26) as u8);
        match line.strip_prefix(&format!("- {letter}) ")) {
            Some(option) => words.push(option.trim().to_owned()),
            None => question.push(line),
        }
    }
    (question.join("\n").trim().to_owned(), words)
}

/// A text without images and links, which only the book can show.
fn without_pictures(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("!["));
    let text = lines.collect::<Vec<_>>().join("\n");
    unlinked(text.trim())
}

/// Wrong answer of a line: `- b) reason` for an option, `` - `VALUE`: reason `` for other kinds.
fn slip(kind: Kind, options: &[(String, String)], line: &str) -> Option<Slip> {
    let line = line.strip_prefix("- ")?;
    let (value, reason) = if kind == Kind::Choice {
        let (letter, reason) = line.split_once(") ")?;
        let place = ('a'..)
            .zip(options)
            .find(|(own, _)| letter == own.to_string());
        (Value::Text(place?.1.0.clone()), reason)
    } else {
        let (value, reason) = line.strip_prefix('`')?.split_once('`')?;
        let reason = reason.strip_prefix([':', '：'])?;
        (kind.read(value)?, reason)
    };
    let reason = reason.trim().to_owned();
    (!reason.is_empty()).then_some(Slip { value, reason })
}

/// Answer of a query that takes no pass; of another one, only the names are checked.
fn quick(world: &World, query: &Query) -> Result<Option<Value>, Message> {
    if let Some(of) = query.slow_word() {
        let known = if of.contains('.') {
            let layer = world.layer(of).map(|_| ());
            layer.or_else(|error| world.block(of).map(|_| ()).map_err(|_| error))
        } else {
            world.net(of).map(|_| ())
        };
        return known.map(|()| None);
    }
    world.answer(query).map(Some)
}

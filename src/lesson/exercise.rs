//! Exercises: pieces of the museum that a learner corrects in a copy of the spec, until it is legal, without warnings, and has the
//! shapes of the corrected piece.

use super::file::Lesson;
use super::progress::Progress;
use crate::analysis::Rule;
use crate::lower::{Model, Overrides, open_text};
use crate::message;
use crate::network::Stage;
use crate::report::Subject;
use crate::report::checks::check;
use crate::spec::{Problem, Severity, catalog};
use crate::text::Message;

/// Id under which the progress keeps what was corrected.
pub const ID: &str = "fix";

/// A spec with one mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Number, from 1.
    pub number: usize,
    /// Name of the museum's piece: `museum:darknet_sum`.
    pub piece: String,
    /// Sentence about the mistake, without its name.
    pub task: String,
    /// Hint at where to look.
    pub hint: String,
    /// Explanation of the mistake.
    pub why: String,
    /// The spec to correct, without the words that name the mistake.
    pub text: String,
}

/// State of a learner's file.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// The check finds problems.
    Faulty(Vec<Problem>),
    /// Nothing is wrong with it, but it is another network than the corrected piece.
    Other(Message),
    /// It is corrected.
    Fixed,
}

impl Exercise {
    /// All exercises: one for each question of the museum's lesson.
    pub fn all(lessons: &[Lesson]) -> Vec<Self> {
        let steps = lessons.iter().flat_map(|lesson| &lesson.steps);
        let of_museum = steps.filter_map(|step| {
            let piece = step.view.as_ref()?.net.as_ref()?.value.clone();
            let source = piece
                .starts_with("museum:")
                .then(|| catalog::find(&piece).ok());
            Some((step, piece, source??))
        });
        let exercises = (1..)
            .zip(of_museum)
            .map(|(number, (step, piece, source))| Self {
                number,
                piece,
                task: step.question.clone(),
                hint: step.hint.clone(),
                why: step.why_alone(),
                text: without_names(&source.text),
            });
        exercises.collect()
    }

    /// Name of its file in the learner's folder.
    pub fn file(&self) -> String {
        format!("fix{:02}.toml", self.number)
    }

    /// The spec with its task in a comment at the top.
    pub fn written(&self) -> String {
        format!("# {}\n\n{}", self.task.replace("**", ""), self.text)
    }

    /// Judges a learner's spec; `name` is its file.
    pub fn judge(&self, name: &str, text: &str) -> State {
        let model = open_text(name, text, &Overrides::default());
        let found = check::check(&model);
        let of_piece = |problem: &Problem| {
            problem.severity > Severity::Note || self.rules().contains(&problem.rule)
        };
        let found: Vec<Problem> = found.into_iter().filter(of_piece).collect();
        if !found.is_empty() {
            return State::Faulty(found);
        }
        match self.difference(model) {
            Some(difference) => State::Other(difference),
            None => State::Fixed,
        }
    }

    /// Advice of the check on the mistake, which says what to write.
    pub fn advice(&self) -> Option<Message> {
        let model = open_text(&self.file(), &self.text, &Overrides::default());
        check::check(&model)
            .into_iter()
            .find_map(|problem| problem.help)
    }

    /// Rules that find something in the piece and nothing in the corrected piece.
    fn rules(&self) -> Vec<&'static str> {
        let rules = |text: &str| {
            let model = open_text(&self.file(), text, &Overrides::default());
            check::check(&model).into_iter().map(|problem| problem.rule)
        };
        let left: Vec<_> = rules(&self.corrected()).collect();
        rules(&self.text)
            .filter(|rule| !left.contains(rule))
            .collect()
    }

    /// The piece as the tool corrects it.
    fn corrected(&self) -> String {
        let name = self.file();
        check::fix_all(&name, &self.text, &Overrides::default(), Severity::Note).text
    }

    /// First part of a network whose shape is not that of the corrected piece.
    fn difference(&self, model: Model) -> Option<Message> {
        let right = open_text(&self.file(), &self.corrected(), &Overrides::default());
        let [own, right] =
            [model, right].map(|model| shapes(&Subject::new(model, Rule::default(), 1)));
        if own.len() != right.len() {
            let message = message!("fix-other-parts", own = own.len(), right = right.len());
            return Some(message);
        }
        let mut pairs = own.into_iter().zip(right);
        let (own, right) = pairs.find(|(own, right)| own != right)?;
        let (part, right) = right;
        Some(message!(
            "fix-other-shape",
            part = part,
            own = own.1,
            right = right
        ))
    }
}

/// Input, blocks and output of a network with the shape of each.
fn shapes(subject: &Subject) -> Vec<(String, String)> {
    let network = &subject.model.network;
    let mut parts: Vec<(String, String)> = Vec::new();
    for (id, node) in network.nodes() {
        let name = match (node.scope.stage, node.scope.block) {
            (Stage::Preprocess, _) => "input".to_owned(),
            (Stage::Stem, _) => "stem".to_owned(),
            (Stage::Head, _) => "head".to_owned(),
            (Stage::Body(stage), block) => {
                let blocks = network.stage(stage).map(|stage| &stage.blocks);
                let block = block.and_then(|block| blocks?.get(block as usize));
                block.cloned().unwrap_or_else(|| node.path.to_string())
            }
        };
        let shape = subject.analysis.shapes[id].map_or_else(String::new, |shape| shape.to_string());
        match parts.last_mut().filter(|(last, _)| *last == name) {
            Some((_, last)) => *last = shape,
            None => parts.push((name, shape)),
        }
    }
    parts
}

/// Number of these exercises that a learner has corrected.
pub fn right(exercises: &[Exercise], progress: &Progress) -> usize {
    let pieces = exercises.iter().map(|exercise| exercise.piece.as_str());
    progress.right_among(ID, pieces)
}

/// A museum's spec without the words that name its mistake: the comments at the top, title, summary and translations.
fn without_names(text: &str) -> String {
    let own = text.split("\n[translations").next().unwrap_or(text);
    let names = ["#", "title", "summary", "aliases"];
    let lines = own
        .lines()
        .filter(|line| !names.iter().any(|name| line.starts_with(name)));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned() + "\n"
}

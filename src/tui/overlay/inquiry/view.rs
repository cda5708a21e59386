//! Answers about a trained network: bars of lesions, or maps over a picture.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Answers;
use super::heat::{self, Over};
use crate::engine::lesions::Lesion;
use crate::engine::saliency::{Choice, Method, PixelMap};
use crate::message;
use crate::network::Branch;
use crate::report::format::percent;
use crate::text::Message;
use crate::tui::kit::feature_map::stretch;
use crate::tui::kit::layout;
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::plot::number_text;
use crate::tui::kit::text::{Side, bar, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::worker::{Looks, Question};

/// Lines of a box that no lesion takes.
pub(super) const LINES: usize = 4;

pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    (answers, is_veiled): (&Answers, bool),
) {
    let title = match &answers.question {
        Question::Lesions => message!("inquiry-lesions-title", samples = answers.samples),
        Question::Looks { choice, .. } => looks_title(answers, *choice),
    };
    let mut title = theme.say(&title);
    if answers.is_random() {
        title += &format!(" · {}", theme.word("random-weights"));
    }
    if let Some(part) = answers.progress {
        title += &format!(" · {}", percent(part));
    }
    let inside = layout::framed(area);
    let list = List::new(answers.lesions.len(), answers.cursor).with(None);
    let rows = layout::below(inside, 0, LINES as u16);
    paint::popup(frame, area, theme, &list.titled(theme, &title, rows));
    if let Some(reason) = &answers.failed {
        let text = theme.say(reason);
        for (row, line) in wrap(&text, usize::from(inside.width), 0).iter().enumerate() {
            paint::text(frame, inside, row as u16, line, theme.style(Role::Error));
        }
        return;
    }
    match (&answers.question, &answers.looks) {
        (Question::Lesions, _) => lesions(frame, (inside, area), theme, answers),
        (Question::Looks { choice, .. }, Some(found)) => {
            let own = (answers, is_veiled, found.as_ref());
            looks(frame, inside, theme, own, *choice);
        }
        (Question::Looks { .. }, None) => {
            let text = theme.word("notice-measuring");
            paint::text(frame, inside, 0, text, theme.style(Role::Dim));
        }
    }
}

/// Title of maps: the method, and the layer whose maps it weighs.
fn looks_title(answers: &Answers, choice: Choice) -> Message {
    let shown = answers
        .looks
        .as_ref()
        .and_then(|looks| looks.heats.first()?.at);
    let layer = choice
        .at
        .or(shown)
        .filter(|_| choice.method != Method::Occlusion);
    match layer {
        Some(id) => message!(
            "looks-title-at",
            method = choice.method.title(),
            layer = answers.subject.model.network[id].path.to_string()
        ),
        None => message!("looks-title", method = choice.method.title()),
    }
}

/// A bar for each lesion: the samples that are still right.
fn lesions(frame: &mut Frame<'_>, (area, popup): (Rect, Rect), theme: Theme, answers: &Answers) {
    let network = &answers.subject.model.network;
    let rows = layout::below(area, 0, LINES as u16);
    let names: Vec<String> = answers
        .lesions
        .iter()
        .map(|result| theme.say(&result.lesion.message(network)))
        .collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let cells = usize::from(area.width);
    let names_width = widest.min(cells / 2);
    let of = answers.samples.max(1);
    let digits = of.to_string().len();
    let room = cells.saturating_sub(names_width + 2 * digits + 5).min(60);
    let intact = answers.lesions.first().map_or(0, |result| result.right);
    let list = List::new(answers.lesions.len(), answers.cursor).with(None);
    list.render_in_box(frame, (rows, popup), theme, |number| {
        let result = &answers.lesions[number];
        let role = match &result.lesion {
            Lesion::Nothing => Role::Good,
            Lesion::Path(_, Branch::Shortcut) | Lesion::All(Branch::Shortcut) => Role::Current,
            Lesion::Path(_, Branch::Main) | Lesion::All(Branch::Main) => Role::Bar,
        };
        let style = if result.right < intact {
            Style::new()
        } else {
            theme.style(Role::Dim)
        };
        Line::from(vec![
            Span::styled(pad(&names[number], names_width, Side::Left), style),
            Span::raw(format!(" {:>digits$}/{of} ", result.right)),
            Span::styled(
                bar(result.right as f64 / of as f64, room),
                theme.style(role),
            ),
        ])
    });
    if answers.is_busy() {
        return;
    }
    let lines = finding(answers).map(|message| theme.say(&message));
    let lines = lines.into_iter().flat_map(|text| wrap(&text, cells, 0));
    let row = rows.height + 1;
    for (number, text) in lines.take(LINES - 1).enumerate() {
        paint::text(
            frame,
            area,
            row + number as u16,
            &text,
            theme.style(Role::Title),
        );
    }
}

/// Sentence about the result: which paths the network can least do without.
fn finding(answers: &Answers) -> Option<Message> {
    let intact = answers.lesions.first()?.right;
    let mean = |wanted: Branch| {
        let own = answers
            .lesions
            .iter()
            .filter_map(|result| match &result.lesion {
                Lesion::Path(_, branch) if *branch == wanted => Some(result.right),
                _ => None,
            });
        let own: Vec<usize> = own.collect();
        let sum: usize = own.iter().sum();
        (!own.is_empty()).then(|| sum as f64 / own.len() as f64)
    };
    Some(message!(
        "lesions-finding",
        intact = intact,
        samples = answers.samples,
        main = format!("{:.1}", mean(Branch::Main)?),
        shortcut = format!("{:.1}", mean(Branch::Shortcut)?)
    ))
}

/// Picture, and the map of each class over it.
fn looks(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    (answers, is_veiled, found): (&Answers, bool, &Looks),
    choice: Choice,
) {
    let cells = usize::from(area.width);
    let worth = theme.say(&choice.method.worth());
    let most = layout::height(area) / 3;
    let notes: Vec<String> = wrap(&worth, cells, 0).into_iter().take(most).collect();
    let [above, below] = area.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(notes.len() as u16 + 1),
    ]));
    let columns = vec![Constraint::Fill(1); found.heats.len() + 1];
    let places = Layout::horizontal(columns).spacing(2).split(above);
    // What is left over of a division makes no picture larger than another.
    let across = places.iter().map(|place| place.width).min().unwrap_or(0);
    let (height, width) = found.picture.dim();
    let picture = scaled(&found.picture, range(&found.picture));
    let largest = found
        .heats
        .iter()
        .flat_map(|heat| heat.values.iter())
        .filter(|value| value.is_finite())
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    let heats: Vec<PixelMap> = found
        .heats
        .iter()
        .map(|heat| {
            heat.over([height, width])
                .mapv(|value| value / largest.max(f32::MIN_POSITIVE))
        })
        .collect();
    for (number, place) in places.iter().enumerate() {
        let title = match number.checked_sub(1).map(|number| &found.heats[number]) {
            None => theme.word("looks-picture").to_owned(),
            Some(_) if is_veiled => theme.word("present-hidden").to_owned(),
            Some(heat) => {
                let label = answers.subject.model.label(heat.class);
                let class = label.map_or_else(
                    || message!("label-class", number = heat.class),
                    |label| Message::from(&label),
                );
                let score = number_text(f64::from(heat.score));
                theme.say(&message!("looks-class", class = class, score = score))
            }
        };
        paint::text(frame, *place, 0, &title, theme.style(Role::Title));
        let room = layout::below(*place, 1, 0);
        let pixels = stretch(
            [height, width],
            usize::from(across),
            usize::from(room.height),
        );
        let over = Over {
            picture: &picture,
            heat: number.checked_sub(1).map(|number| &heats[number]),
        };
        heat::paint(frame, room, theme, &over, pixels);
    }
    let key = theme.word(if theme.has_greys() {
        "looks-colours"
    } else {
        "looks-shades"
    });
    paint::text(frame, below, 0, key, theme.style(Role::Dim));
    for (row, line) in notes.iter().enumerate() {
        paint::text(frame, below, row as u16 + 1, line, Style::new());
    }
}

/// Least and largest value.
fn range(values: &PixelMap) -> [f32; 2] {
    let finite = values.iter().filter(|value| value.is_finite());
    finite.fold([f32::INFINITY, f32::NEG_INFINITY], |range, &value| {
        [range[0].min(value), range[1].max(value)]
    })
}

fn scaled(values: &PixelMap, [low, high]: [f32; 2]) -> PixelMap {
    let span = if high > low { high - low } else { 1.0 };
    values.mapv(|value| ((value - low) / span).clamp(0.0, 1.0))
}

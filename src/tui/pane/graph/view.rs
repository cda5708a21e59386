//! Graph: its visible boxes and edges, and the details of the selected box.

mod wires;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::engine::Guess;
use crate::message;
use crate::report::Level;
use crate::report::Subject;
use crate::report::format::percent;
use crate::tui::context::Context;
use crate::tui::kit::detail::{LABELS, lines};
use crate::tui::kit::feature_map::{grey_cell, signed_cell, stretch};
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::graph::Graph;
use crate::tui::pane::graph::diagram::Node;
use crate::tui::pane::graph::place::{MARGIN, Measure, WIRE, panels};
use crate::tui::pane::graph::values;
use crate::tui::pane::{Net, about_random};

use wires::Scene;

/// Part of the diagram on a part of the screen.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// Area on the screen.
    panel: Rect,
    /// First visible column and line of the diagram.
    origin: (usize, usize),
}

impl Window {
    /// Draws a text at a column and line of the diagram, clipped to the visible part.
    fn text(&self, frame: &mut Frame, x: usize, y: usize, text: &str, style: Style) {
        let Some(row) = self.row(y) else {
            return;
        };
        let place = Rect {
            y: self.panel.y + row,
            height: 1,
            ..self.panel
        };
        let (skipped, x) = match x.checked_sub(self.origin.0) {
            Some(x) => (0, x),
            None => (self.origin.0 - x, 0),
        };
        if x >= usize::from(place.width) {
            return;
        }
        let text: String = text.chars().skip(skipped).collect();
        let place = Rect {
            x: place.x + x as u16,
            width: place.width - x as u16,
            ..place
        };
        // A box covers the ends of its edges: its text must not take over the style of an edge (bold, if highlighted).
        let style = Style {
            sub_modifier: Modifier::all().difference(style.add_modifier),
            ..style
        };
        paint::line(frame, place, 0, &Line::styled(text, style));
    }

    fn row(&self, y: usize) -> Option<u16> {
        let row = y.checked_sub(self.origin.1)?;
        (row < usize::from(self.panel.height)).then_some(row as u16)
    }

    /// Range of visible ranks.
    fn ranks(&self, measure: &Measure) -> (usize, usize) {
        let last = self.origin.1 + usize::from(self.panel.height);
        (measure.rank_at(self.origin.1), measure.rank_at(last) + 1)
    }
}

pub(super) fn render(frame: &mut Frame, context: &Context, graph: &Graph, net: &Net<'_>) {
    let (body, theme) = (context.view, context.theme);
    let Some(diagram) = graph.diagram() else {
        return;
    };
    let [panel, detail] = panels(body);
    let head = Rect {
        y: body.y,
        height: 1,
        ..panel
    };
    heading(frame, head, context, graph, net);
    let window = Window {
        panel,
        origin: graph.origin,
    };
    let measure = Measure::new(graph, diagram, panel);
    let scene = Scene {
        theme,
        diagram,
        measure: &measure,
        selected: graph.selected(),
        net,
    };
    wires::render(frame, &window, &scene);
    let (from, to) = window.ranks(&measure);
    for number in diagram.in_ranks(from, to) {
        let node = &diagram.boxes[number];
        let rank = diagram.lanes.ranks[number];
        let y = measure.rank(rank);
        if let Some(text) = &node.margin {
            window.text(
                frame,
                0,
                measure.port(rank),
                &pad(text, MARGIN - 1, Side::Left),
                theme.style(Role::Title),
            );
        }
        draw_box(frame, &window, &scene, number);
        let lane = diagram.lanes.lanes[number];
        if measure.values > 0 {
            let place = (measure.lane(lane) + 2, y + 1 + measure.text(rank));
            let size = (
                measure.box_width(lane, rank).saturating_sub(4),
                measure.values,
            );
            let own = (graph, net, node);
            thumbnails(frame, &window, context, own, (place, size));
        }
    }
    let bar = Rect {
        x: panel.right().saturating_sub(1),
        width: panel.width.min(1),
        ..panel
    };
    paint::scrollbar(frame, bar, theme, measure.whole().1, graph.origin.1);
    if graph.is_asked || detail.is_empty() {
        return;
    }
    if detail.height > 1 {
        about(
            frame,
            detail,
            theme,
            (graph, net.subject),
            detail.y == body.y,
        );
    } else {
        in_one_line(frame, detail, theme, (graph, net.subject));
    }
}

/// Heading: the levels, the place, and the answer of a pass that has come to its end.
fn heading(frame: &mut Frame, area: Rect, context: &Context, graph: &Graph, net: &Net<'_>) {
    let theme = context.theme;
    let levels = Level::ALL.map(|level| {
        if level == graph.level() {
            format!("[{}]", theme.say(&level.word()))
        } else {
            theme.say(&level.word())
        }
    });
    let at = graph.selected().map_or(0, |at| at + 1);
    let of = graph.diagram().map_or(0, |diagram| diagram.boxes.len());
    let place = theme.say(&message!("pane-place", at = at, of = of));
    let title = format!("{}  {place}", levels.join(" · "));
    paint::heading(frame, area, theme, &title, true);
    if let Some((answers, role)) = note(context, net) {
        let taken = width(&title) + 4;
        paint::note_at_right(frame, area, 0, taken, &answers, theme.style(role));
    }
}

/// Note about a pass that runs, in words from many to few, with its role: its answer, and that its weights are random.
fn note(context: &Context, net: &Net<'_>) -> Option<(Vec<String>, Role)> {
    let theme = context.theme;
    let is_random = net.pass?.done() > 0 && net.pass?.is_random();
    let answers = answers(theme, net);
    if !is_random {
        return answers;
    }
    let short = theme.word("random-weights");
    let Some((answers, _)) = answers else {
        let about = theme.say(&about_random(net.offers_trained, context));
        return Some((vec![about, short.to_owned()], Role::Warning));
    };
    let mut words: Vec<String> = answers
        .iter()
        .map(|answer| format!("{short} · {answer}"))
        .collect();
    words.push(short.to_owned());
    Some((words, Role::Warning))
}

/// Answer of a pass, in words from many to few, with its role: after a change also the answer before it.
fn answers(theme: Theme, net: &Net<'_>) -> Option<(Vec<String>, Role)> {
    let pass = net.pass?;
    let [now, before] = pass.answers();
    let now = now.first()?;
    if pass.is_veiled() {
        return Some((vec![theme.word("present-hidden").to_owned()], Role::Current));
    }
    let name = |guess: &Guess| theme.say(&net.subject.class_name(guess.class));
    let full = |guess: &Guess| {
        let share = percent(f64::from(guess.probability));
        format!("{} {share}", name(guess))
    };
    let Some(before) = before.first() else {
        return Some((vec![full(now), name(now)], Role::Good));
    };
    let (id, role) = if now.class == before.class {
        ("graph-answer-stays", Role::Good)
    } else {
        ("graph-answer-flips", Role::Error)
    };
    let say = |before: String, now: String| {
        let text = message!("graph-answers", before = before, now = now);
        theme.say(&text)
    };
    let verdict = |answers: String| format!("{answers} · {}", theme.word(id));
    let [long, short] = [say(full(before), full(now)), say(name(before), name(now))];
    let words = [verdict(long), verdict(short.clone()), short];
    Some((words.into(), role))
}

/// Box with its lines; without room for frames, a bar on each side replaces the frame.
fn draw_box(frame: &mut Frame, window: &Window, scene: &Scene<'_>, at: usize) {
    let (theme, measure) = (scene.theme, scene.measure);
    let node = &scene.diagram.boxes[at];
    let lane = scene.diagram.lanes.lanes[at];
    let rank = scene.diagram.lanes.ranks[at];
    let (x, y, height) = (measure.lane(lane), measure.rank(rank), measure.height(rank));
    let box_width = measure.box_width(lane, rank);
    let inner = box_width - 4;
    let is_selected = scene.selected == Some(at);
    let is_faulty = scene.is_faulty(at);
    let style = if is_faulty {
        theme.style(Role::Error)
    } else {
        theme.category(node.category)
    };
    let edge = match (is_faulty, is_selected) {
        (false, true) => theme.style(Role::Key),
        _ => style,
    };
    let is_framed = measure.is_framed;
    if is_framed {
        let rule = "─".repeat(box_width - 2);
        window.text(frame, x, y, &format!("╭{rule}╮"), edge);
        window.text(frame, x, y + height - 1, &format!("╰{rule}╯"), edge);
    }
    let sides = if is_framed {
        ["│", "│"]
    } else {
        ["▌", "▐"]
    };
    for number in 0..height - if is_framed { 2 } else { 0 } {
        let row = y + number + usize::from(is_framed);
        let mark = match node.shrinks {
            Some((before, after)) if number == 0 => format!(" ↓{before}→{after}"),
            _ => String::new(),
        };
        let text = node.lines.get(number).map(|line| theme.say(line));
        let fault = if is_faulty && number == 0 { "✗ " } else { "" };
        let room = inner.saturating_sub(width(&mark));
        let mut text = format!("{fault}{}", text.unwrap_or_default());
        for shorter in node.shorter.iter().filter(|_| number == 0) {
            if width(&text) > room {
                text = format!("{fault}{}", theme.say(shorter));
            }
        }
        let is_text = number < measure.text(rank);
        let inside = match (is_selected && is_text, number) {
            (true, _) => theme.style(Role::Selected),
            (false, 0) => style,
            (false, _) => Style::new(),
        };
        window.text(frame, x, row, sides[0], edge);
        window.text(
            frame,
            x + 1,
            row,
            &format!(" {}", pad(&text, room, Side::Left)),
            inside,
        );
        if !mark.is_empty() {
            let mark_style = if is_selected {
                inside
            } else {
                theme.style(Role::Warning)
            };
            window.text(frame, x + 2 + room, row, &mark, mark_style);
        }
        window.text(frame, x + 2 + inner, row, " ", inside);
        window.text(frame, x + box_width - 1, row, sides[1], edge);
    }
}

/// Values of a box from left to right, each after its name, with arrows between them.
fn thumbnails(
    frame: &mut Frame,
    window: &Window,
    context: &Context,
    (graph, net, node): (&Graph, &Net<'_>, &Node),
    ((left, top), (columns, rows)): ((usize, usize), (usize, usize)),
) {
    let theme = context.theme;
    let network = &net.subject.model.network;
    let faces = values::faces(network, node);
    let middle = top + rows / 2;
    let mut x = left;
    for (number, (name, id)) in faces.iter().enumerate() {
        let Some(own) = graph.values.of(*id) else {
            continue;
        };
        let name = match (*name, number) {
            ("", 0) => String::new(),
            ("", _) => format!("→ {} ", theme.say(&network[*id].layer.summary())),
            (name, 0) => format!("{name} "),
            (name, _) => format!("→ {name} "),
        };
        let map = own.map();
        let [height, across] = map.size();
        let pixels = stretch([height, across], rows * 2, rows);
        if x + width(&name) + pixels.0 > left + columns {
            break;
        }
        window.text(frame, x, middle, &name, theme.style(Role::Dim));
        x += width(&name);
        for row in 0..pixels.1.div_ceil(2) {
            for column in 0..pixels.0 {
                let Some(upper) = map.pixel(column, row * 2, pixels) else {
                    continue;
                };
                let lower = map.pixel(column, row * 2 + 1, pixels);
                let (sign, style) = if own.is_picture {
                    grey_cell(theme, upper, lower)
                } else {
                    signed_cell((theme, context.ascii), upper, lower)
                };
                window.text(frame, x + column, top + row, &sign.to_string(), style);
            }
        }
        x += pixels.0 + 1;
    }
}

/// The selected box in one line: its name, its shapes, what it reads and what reads it.
fn in_one_line(frame: &mut Frame, area: Rect, theme: Theme, (graph, subject): (&Graph, &Subject)) {
    let node = graph
        .diagram()
        .zip(graph.selected())
        .map(|(diagram, at)| &diagram.boxes[at]);
    let Some(node) = node else {
        return;
    };
    let title = theme.say(&crate::tui::kit::detail::title(subject, &node.row));
    let mut spans = vec![Span::styled(format!(" {title}"), theme.style(Role::Title))];
    for line in lines(subject, &node.row, usize::MAX, theme.language()) {
        spans.push(Span::styled(
            format!("  {} ", line.label),
            theme.style(Role::Dim),
        ));
        spans.push(Span::raw(line.text));
    }
    let line = Line::from(spans);
    paint::long_line(frame, area, 0, &line, theme.style(Role::Dim));
}

/// Details of the selected box's row.
fn about(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (graph, subject): (&Graph, &Subject),
    is_beside: bool,
) {
    let Some(node) = graph
        .diagram()
        .zip(graph.selected())
        .map(|(diagram, at)| &diagram.boxes[at])
    else {
        return;
    };
    let area = if is_beside {
        paint::rule_at_left(frame, area, theme)
    } else {
        area
    };
    let title = theme.say(&crate::tui::kit::detail::title(subject, &node.row));
    paint::heading(
        frame,
        area,
        theme,
        &cut(&title, usize::from(area.width)),
        false,
    );
    let inside = layout::inside(area);
    let room = usize::from(inside.width);
    let lines = lines(subject, &node.row, room, theme.language());
    let lines = lines.into_iter().map(|line| {
        Line::from(vec![
            Span::styled(pad(&line.label, LABELS, Side::Left), theme.style(Role::Dim)),
            Span::raw(line.text),
        ])
    });
    paint::as_many(frame, inside, theme, lines.collect());
}

/// Column in which edges run in a lane.
fn wire_column(measure: &Measure, lane: usize) -> usize {
    measure.lane(lane) + WIRE
}

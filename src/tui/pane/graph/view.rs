//! Graph: its visible boxes and edges, and the details of the selected box.

mod wires;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::Level;
use crate::report::Subject;
use crate::tui::kit::detail::{LABELS, lines};
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::graph::Graph;
use crate::tui::pane::graph::diagram::{Diagram, Node};
use crate::tui::pane::graph::place::{MARGIN, Measure, WIRE, panels};

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
        (self.origin.1 / measure.step, last / measure.step + 1)
    }
}

pub(super) fn render(
    frame: &mut Frame,
    body: Rect,
    theme: Theme,
    graph: &Graph,
    subject: &Subject,
) {
    let Some(diagram) = graph.diagram() else {
        return;
    };
    let [panel, detail] = panels(body);
    heading(
        frame,
        Rect {
            y: body.y,
            height: 1,
            ..panel
        },
        theme,
        graph,
        diagram,
    );
    let window = Window {
        panel,
        origin: graph.origin,
    };
    let measure = Measure::new(diagram, graph.level(), panel);
    let selected = graph.selected();
    wires::render(frame, &window, theme, diagram, &measure, selected);
    let (from, to) = window.ranks(&measure);
    let mut margin = None;
    for number in diagram.in_ranks(from, to) {
        let node = &diagram.boxes[number];
        let y = measure.rank(diagram.lanes.ranks[number]);
        if let Some(text) = &node.margin {
            window.text(
                frame,
                0,
                y + measure.height / 2,
                &pad(text, MARGIN - 1, Side::Left),
                theme.style(Role::Title),
            );
            margin = margin.or(Some(y));
        }
        let x = measure.lane(diagram.lanes.lanes[number]);
        draw_box(
            frame,
            &window,
            theme,
            node,
            &measure,
            (x, y),
            selected == Some(number),
        );
    }
    if !detail.is_empty() && !graph.is_asked {
        about(frame, detail, theme, (graph, subject), detail.y == body.y);
    }
}

fn heading(frame: &mut Frame, area: Rect, theme: Theme, graph: &Graph, diagram: &Diagram) {
    let levels = Level::ALL.map(|level| {
        if level == graph.level() {
            format!("[{}]", theme.say(&level.word()))
        } else {
            theme.say(&level.word())
        }
    });
    let at = graph.selected().map_or(0, |at| at + 1);
    let of = diagram.boxes.len();
    let place = theme.say(&message!("pane-place", at = at, of = of));
    let title = format!("{}  {place}", levels.join(" · "));
    paint::heading(frame, area, theme, &title, true);
}

/// Box with its lines; without room for frames, a bar on each side replaces the frame.
fn draw_box(
    frame: &mut Frame,
    window: &Window,
    theme: Theme,
    node: &Node,
    measure: &Measure,
    (x, y): (usize, usize),
    is_selected: bool,
) {
    let inner = measure.width - 4;
    let style = theme.category(node.category);
    let edge = if is_selected {
        theme.style(Role::Key)
    } else {
        style
    };
    let is_framed = measure.height > node.lines.len() + 1;
    if is_framed {
        let rule = "─".repeat(measure.width - 2);
        window.text(frame, x, y, &format!("╭{rule}╮"), edge);
        window.text(frame, x, y + measure.height - 1, &format!("╰{rule}╯"), edge);
    }
    let sides = if is_framed {
        ["│", "│"]
    } else {
        ["▌", "▐"]
    };
    for number in 0..measure.height - if is_framed { 2 } else { 0 } {
        let line = y + number + usize::from(is_framed);
        let mark = match node.shrinks {
            Some((before, after)) if number == 0 => format!(" ↓{before}→{after}"),
            _ => String::new(),
        };
        let text = node.lines.get(number).map(|line| theme.say(line));
        let text = text.unwrap_or_default();
        let room = inner.saturating_sub(width(&mark));
        let inside = match (is_selected, number) {
            (true, _) => theme.style(Role::Selected),
            (false, 0) => style,
            (false, _) => Style::new(),
        };
        window.text(frame, x, line, sides[0], edge);
        window.text(
            frame,
            x + 1,
            line,
            &format!(" {}", pad(&text, room, Side::Left)),
            inside,
        );
        if !mark.is_empty() {
            let mark_style = if is_selected {
                inside
            } else {
                theme.style(Role::Warning)
            };
            window.text(frame, x + 2 + room, line, &mark, mark_style);
        }
        window.text(frame, x + 2 + inner, line, " ", inside);
        window.text(frame, x + measure.width - 1, line, sides[1], edge);
    }
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
    for (row, line) in lines.iter().take(usize::from(inside.height)).enumerate() {
        let line = Line::from(vec![
            Span::styled(pad(&line.label, LABELS, Side::Left), theme.style(Role::Dim)),
            Span::raw(line.text.clone()),
        ]);
        paint::line(frame, inside, row as u16, &line);
    }
}

/// Column in which edges run in a lane.
fn wire_column(measure: &Measure, lane: usize) -> usize {
    measure.lane(lane) + WIRE
}

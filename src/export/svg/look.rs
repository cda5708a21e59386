//! Style sheet of an SVG, its legend, and the lines between its panels.

use super::MARGIN;
use crate::export::figure::Panel;
use crate::export::legend::{Swatch, entries};
use crate::export::place::{TITLE, text_width};
use crate::export::style::{Direction, Options, SCALE, Theme, dark, light, xml};
use crate::network::Category;
use crate::report::Subject;

/// Style sheet with classes, including the dark colours if the reader's system is dark.
pub(super) fn style(theme: Theme) -> String {
    let rules = |is_dark: bool| {
        let (page, panel, frame, ink, soft, line, red) = if is_dark {
            (
                "#14171b", "#1b1f25", "#23282f", "#eceff4", "#aab2bf", "#8b95a5", "#ff7b6b",
            )
        } else {
            (
                "#ffffff", "#f6f7f9", "#ffffff", "#1c1f23", "#5a6270", "#555b66", "#c0392b",
            )
        };
        let mut text = format!(
            ".page{{fill:{page}}}.panel{{fill:{panel}}}.frame{{fill:{frame};stroke:{line};stroke-opacity:.45}}\
             text{{fill:{ink}}}.s,.f,.m{{fill:{soft}}}.b{{stroke:{line}}}.e{{stroke:{line}}}.k{{stroke:{red}}}.a{{fill:{line}}}.r{{fill:{red}}}.in{{fill:{panel};stroke:{line}}}.w{{fill:{red}}}"
        );
        for (index, category) in Category::ALL.into_iter().enumerate() {
            let fill = if is_dark {
                dark(category)
            } else {
                light(category)
            };
            text += &format!(".c{index}{{fill:{fill}}}");
        }
        for (index, (on_white, on_dark, turned)) in SCALE.into_iter().enumerate() {
            text += &format!(
                ".q{index}{{fill:{}}}",
                if is_dark { on_dark } else { on_white }
            );
            if turned {
                text += &format!(".x .q{index}~text{{fill:#ffffff}}");
            }
        }
        text
    };
    let shared = "text{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;font-size:11px}\
                  .h{font-size:20px;font-weight:bold}.s{font-size:12px}.t{font-size:13px;font-weight:bold}.f{font-size:10.5px}\
                  .m{font-size:10px}.n{font-weight:bold}.b{stroke-width:.9}.b.on{stroke-width:1.8}.b.bad{stroke-width:3.5}\
                  .e,.k{fill:none;stroke-width:1.3}.k{stroke-width:1.8}.i{stroke-dasharray:5 3}.c{text-anchor:middle}";
    let colours = theme.colours(rules);
    let arrow = |id: &str, class: &str| {
        format!(
            "<marker id=\"{id}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"{class}\" d=\"M0 0L8 4L0 8z\"/></marker>"
        )
    };
    format!(
        "<style>{shared}{colours}</style>\n<defs>{}{}</defs>\n",
        arrow("a", "a"),
        arrow("r", "r")
    )
}

/// Legend of the colours and lines, in rows at most `width` wide, and the position of its end.
pub(super) fn legend(
    subject: &Subject,
    options: &Options,
    panels: &[Panel],
    largest: f64,
    width: f64,
    top: f64,
) -> (String, f64) {
    let entries = entries(subject, options, panels, largest)
        .into_iter()
        .map(|(swatch, label)| {
            let class = match swatch {
                Swatch::Kind(category) => format!(
                    "b c{}",
                    Category::ALL
                        .iter()
                        .position(|&one| one == category)
                        .unwrap_or(0)
                ),
                Swatch::Share(index) => format!("b q{index}"),
                Swatch::Shortcut { identity: true } => "k i".to_owned(),
                Swatch::Shortcut { identity: false } => "k".to_owned(),
            };
            (class, label)
        });
    let (mut x, mut y, mut text) = (MARGIN, top, String::new());
    for (class, label) in entries {
        let wide = text_width(&label) + 40.0;
        if x + wide > width - MARGIN && x > MARGIN {
            x = MARGIN;
            y += 20.0;
        }
        text += &if class.starts_with('k') {
            format!("<path class=\"{class}\" d=\"M{x:.1} {:.1}h18\"/>", y - 4.0)
        } else {
            format!(
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"18\" height=\"12\" rx=\"3\"/>",
                y - 10.0
            )
        };
        text += &format!(
            "<text class=\"l\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>\n",
            x + 24.0,
            xml(&label)
        );
        x += wide;
    }
    (text, y + 4.0)
}

/// Line from the end of a panel to the beginning of the next.
pub(super) fn connector(
    direction: Direction,
    from: (f64, f64),
    to: (f64, f64),
    corner: (f64, f64),
) -> String {
    let path = match direction {
        Direction::Down => {
            let gap = corner.0 - MARGIN / 2.0;
            let over = corner.1 + TITLE - 2.0;
            format!(
                "M{:.1} {:.1}v8H{gap:.1}V{over:.1}H{:.1}V{:.1}",
                from.0, from.1, to.0, to.1
            )
        }
        Direction::Right => {
            let gap = corner.1 - MARGIN / 2.0;
            let over = corner.0 - MARGIN / 2.0;
            format!(
                "M{:.1} {:.1}h8V{gap:.1}H{over:.1}V{:.1}H{:.1}",
                from.0, from.1, to.1, to.0
            )
        }
    };
    format!("<path class=\"e\" d=\"{path}\" marker-end=\"url(#a)\"/>\n")
}

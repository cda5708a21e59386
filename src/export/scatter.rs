//! Scatter plot of the catalogue as SVG: accuracy against a cost.

use super::style::{Theme, xml};
use crate::message;
use crate::report::catalogue::entry::Entry;
use crate::report::catalogue::plot::{
    Axis, Bounds, Point, accuracy_ticks, best, cost_ticks, points,
};
use crate::report::catalogue::published::{Accuracy, Trained};
use crate::report::format::{short, with_sign};
use crate::text::{Language, Message};

/// Width and height of the image.
const SIZE: (f64, f64) = (960.0, 600.0);
/// Left, top, right and bottom of the plot area.
const PLANE: [f64; 4] = [70.0, 70.0, 930.0, 540.0];
/// Height of a label, and the width of its characters.
const LABEL: (f64, f64) = (13.0, 6.0);

/// Plot of those `entries` whose accuracy is published; those called `named` always have a label, others if there is room,
/// the best first.
pub fn svg<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
    axis: Axis,
    trained: Trained,
    named: &[&str],
    theme: Theme,
    language: Language,
) -> String {
    let points = points(entries, axis);
    let bounds = Bounds::around(&points);
    let title = xml(&language.say(&message!(
        "points-title-with-data",
        count = points.len(),
        cost = axis.word(),
        data = trained.words(),
    )));
    let (width, height) = SIZE;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{title}</title>\n{}<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n<text class=\"h\" x=\"{}\" y=\"38\">{title}</text>\n",
        style(theme),
        PLANE[0],
    );
    text += &axes(&bounds, axis, trained, language);
    let front = best(&points);
    text += "<path class=\"best\" d=\"";
    for (number, &point) in front.iter().enumerate() {
        let (x, y) = place(&bounds, &points[point]);
        text += &format!("{}{x:.1} {y:.1}", if number == 0 { "M" } else { "L" });
    }
    text += "\"/>\n";
    for (number, point) in points.iter().enumerate() {
        let (x, y) = place(&bounds, point);
        let accuracy = point.entry.accuracy.as_ref();
        let notice = message!(
            "points-point",
            title = &point.entry.title,
            share = point.entry.top1(),
            data = accuracy.map_or_else(|| Message::of(""), Accuracy::data),
            cost = short(axis.cost(point.entry)),
            what = axis.word(),
        );
        let class = match () {
            () if named.contains(&point.entry.name.as_str()) => "p n",
            () if front.contains(&number) => "p on",
            () => "p",
        };
        text += &format!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"><title>{}</title></circle>\n",
            xml(&language.say(&notice))
        );
    }
    text += &labels(&bounds, &points, &front, named, language);
    text + "</svg>\n"
}

fn place(bounds: &Bounds, point: &Point<'_>) -> (f64, f64) {
    let [left, top, right, bottom] = PLANE;
    let (x, y) = bounds.place(point);
    (left + x * (right - left), bottom - y * (bottom - top))
}

/// Axes with round numbers, and a grid line at each.
fn axes(bounds: &Bounds, axis: Axis, trained: Trained, language: Language) -> String {
    let [left, top, right, bottom] = PLANE;
    let mut text = String::new();
    for tick in accuracy_ticks(bounds, 0.05) {
        let y = bottom - bounds.part(f64::from(tick)) * (bottom - top);
        text += &format!(
            "<path class=\"g\" d=\"M{left} {y:.1}H{right}\"/><text class=\"r\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            left - 8.0,
            y + 4.0,
            with_sign(tick)
        );
    }
    for tick in cost_ticks(bounds.x, 9) {
        let part = ((tick as f64).log10() - bounds.x[0]) / (bounds.x[1] - bounds.x[0]);
        let x = left + part * (right - left);
        text += &format!(
            "<path class=\"g\" d=\"M{x:.1} {top}V{bottom}\"/><text class=\"c\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>\n",
            bottom + 18.0,
            short(tick).replace(".00 ", " ")
        );
    }
    let what = match axis {
        Axis::Macs => "points-axis-macs",
        Axis::Params => "points-axis-params",
    };
    let of = match trained {
        Trained::OnImageNet1k => message!("points-axis-imagenet"),
        Trained::OnAnything => message!("points-axis-any"),
        Trained::By(tag) => message!("points-axis-by", tag = tag),
    };
    let (what, of) = (language.word(what), language.say(&of));
    text += &format!(
        "<path class=\"x\" d=\"M{left} {top}V{bottom}H{right}\"/>\n\
         <text class=\"c\" x=\"{:.1}\" y=\"{:.1}\">{what}</text>\n\
         <text class=\"c\" transform=\"translate(18 {:.1}) rotate(-90)\">{of}</text>\n",
        f64::midpoint(left, right),
        bottom + 42.0,
        f64::midpoint(top, bottom)
    );
    text
}

/// Labels next to points, none over another label or a point.
fn labels(
    bounds: &Bounds,
    points: &[Point<'_>],
    front: &[usize],
    named: &[&str],
    language: Language,
) -> String {
    type Area = [f64; 4];
    let meets = |a: &Area, b: &Area| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    let dots: Vec<Area> = points
        .iter()
        .map(|point| place(bounds, point))
        .map(|(x, y)| [x - 4.0, y - 4.0, x + 4.0, y + 4.0])
        .collect();
    let is_named = |number: &usize| named.contains(&points[*number].entry.name.as_str());
    let mut order: Vec<usize> = (0..points.len()).filter(is_named).collect();
    order.extend(front.iter().rev());
    let (mut taken, mut done, mut text) = (Vec::<Area>::new(), Vec::new(), String::new());
    for number in order {
        if done.contains(&number) {
            continue;
        }
        done.push(number);
        let title = points[number].entry.title.of(language);
        let (x, y) = place(bounds, &points[number]);
        let wide = title.chars().count() as f64 * LABEL.1;
        let at = |x: f64, y: f64| [x, y - LABEL.0 + 3.0, x + wide, y + 3.0];
        // Right, left, above, below.
        let areas = [
            at(x + 8.0, y + 4.0),
            at(x - 8.0 - wide, y + 4.0),
            at(x - wide / 2.0, y - 8.0),
            at(x - wide / 2.0, y + 17.0),
        ];
        let is_free = |area: &&Area| {
            area[0] >= PLANE[0]
                && area[2] <= SIZE.0
                && !taken.iter().any(|other| meets(area, other))
                && !dots.iter().any(|dot| meets(area, dot))
        };
        let area = match areas.iter().find(is_free) {
            Some(area) => area,
            None if is_named(&number) => &areas[0],
            None => continue,
        };
        taken.push(*area);
        text += &format!(
            "<text class=\"l\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            area[0],
            area[3] - 3.0,
            xml(title)
        );
    }
    text
}

/// Style sheet with classes, including the dark colours if the reader's system is dark.
fn style(theme: Theme) -> String {
    let rules = |is_dark: bool| {
        let [page, ink, soft, grid, point, best, mark] = if is_dark {
            [
                "#14171b", "#eceff4", "#aab2bf", "#2b313a", "#5f9fd6", "#e0b25c", "#ff7b6b",
            ]
        } else {
            [
                "#ffffff", "#1c1f23", "#5a6270", "#e3e6ea", "#2f74b5", "#a86a00", "#c0392b",
            ]
        };
        format!(
            ".page{{fill:{page}}}text{{fill:{ink}}}.c,.r{{fill:{soft}}}.g{{stroke:{grid}}}.x{{stroke:{soft}}}\
             .p{{fill:{point}}}.on{{fill:{best}}}.p.n{{fill:{mark}}}.best{{stroke:{best}}}"
        )
    };
    let colours = theme.colours(rules);
    format!(
        "<style>text{{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;font-size:12px}}\
         .h{{font-size:18px;font-weight:bold}}.l{{font-size:11px}}.c{{text-anchor:middle}}.r{{text-anchor:end}}\
         .g{{stroke-width:1}}.x,.best{{fill:none;stroke-width:1.4}}.best{{stroke-dasharray:4 3}}{colours}</style>\n"
    )
}

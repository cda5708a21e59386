//! Scatter plot of the catalogue as SVG: accuracy against a cost.

use std::collections::BTreeMap;

use super::style::{Theme, xml};
use crate::message;
use crate::report::catalogue::entry::Entry;
use crate::report::catalogue::plot::{
    Axis, Bounds, Point, accuracy_ticks, best, cost_ticks, points,
};
use crate::report::catalogue::published::{Accuracy, Trained};
use crate::report::format::{short, with_sign};
use crate::sorting::Sorting;
use crate::text::{Language, Message};

/// Width and height of the image.
const SIZE: (f64, f64) = (960.0, 600.0);
/// Left, top, right and bottom of the plot area.
const PLANE: [f64; 4] = [70.0, 70.0, 930.0, 540.0];
/// Height of a label, and the width of its characters.
const LABEL: (f64, f64) = (13.0, 6.0);

/// Colours of families, distinct for colour-blind readers and in greys, the most frequent family first; others are grey.
const FAMILIES: [&str; 7] = [
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442",
];
/// Colour of families beyond these.
const OTHER: &str = "#999999";
/// Network that always has a label: the one that people compare with.
const KNOWN: &str = "resnet50";

/// Families of the points, the most frequent first; of equals, the first by name.
fn families<'p>(points: &[Point<'p>], language: Language) -> Vec<&'p str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for point in points {
        *counts.entry(point.entry.family.of(language)).or_default() += 1;
    }
    let mut families: Vec<(&str, usize)> = counts.into_iter().collect();
    families.order_by_key(|&(_, count)| std::cmp::Reverse(count));
    families.into_iter().map(|(family, _)| family).collect()
}

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
    let families = families(&points, language);
    let mut named: Vec<&str> = named.to_vec();
    named.push(KNOWN);
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
            cost = short(axis.cost(point.entry).unwrap_or_default()),
            what = axis.word(),
        );
        let class = match () {
            () if named[..named.len() - 1].contains(&point.entry.name.as_str()) => "p n",
            () if front.contains(&number) => "p on",
            () => "p",
        };
        text += &format!(
            "<circle class=\"{class}\" fill=\"{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"><title>{}</title></circle>\n",
            colour(&families, point.entry.family.of(language)),
            xml(&language.say(&notice))
        );
    }
    text += &legend(&families, language);
    text += &labels(&bounds, &points, &front, &named, language);
    text + "</svg>\n"
}

fn colour(families: &[&str], family: &str) -> &'static str {
    let place = families.iter().position(|&known| known == family);
    place
        .and_then(|place| FAMILIES.get(place))
        .copied()
        .unwrap_or(OTHER)
}

/// Families with their colours, at the right of the plot's lower edge, where no network is.
fn legend(families: &[&str], language: Language) -> String {
    const ROW: f64 = 16.0;
    let mut rows: Vec<(&str, &str)> = families.iter().copied().zip(FAMILIES).collect();
    if families.len() > FAMILIES.len() {
        rows.push((language.word("points-other-families"), OTHER));
    }
    let (left, top) = (PLANE[2] - 170.0, PLANE[3] - 10.0 - ROW * rows.len() as f64);
    let row = |(number, (family, fill)): (usize, (&str, &str))| {
        let y = top + ROW * number as f64;
        format!(
            "<circle class=\"p\" fill=\"{fill}\" cx=\"{left}\" cy=\"{y:.1}\" r=\"4\"/><text class=\"l\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            left + 10.0,
            y + 4.0,
            xml(family)
        )
    };
    rows.into_iter().enumerate().map(row).collect()
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
        let [page, ink, soft, grid, best, mark] = if is_dark {
            [
                "#14171b", "#eceff4", "#aab2bf", "#2b313a", "#e0b25c", "#ff7b6b",
            ]
        } else {
            [
                "#ffffff", "#1c1f23", "#5a6270", "#e3e6ea", "#a86a00", "#c0392b",
            ]
        };
        format!(
            ".page{{fill:{page}}}text{{fill:{ink}}}.c,.r{{fill:{soft}}}.g{{stroke:{grid}}}.x{{stroke:{soft}}}\
             .p{{stroke:{page};stroke-width:.7}}.on{{stroke:{ink};stroke-width:1.6}}.p.n{{stroke:{mark};stroke-width:2.5}}.best{{stroke:{best}}}"
        )
    };
    let colours = theme.colours(rules);
    format!(
        "<style>text{{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;font-size:12px}}\
         .h{{font-size:18px;font-weight:bold}}.l{{font-size:11px}}.c{{text-anchor:middle}}.r{{text-anchor:end}}\
         .g{{stroke-width:1}}.x,.best{{fill:none;stroke-width:1.4}}.best{{stroke-dasharray:4 3}}{colours}</style>\n"
    )
}

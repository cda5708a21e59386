//! A drawing as boxes and lines, and the boxes that its lines join, from geometry alone.

/// Maximum distance of a line's end from the border that it touches: coordinates are written to a tenth.
const NEAR: f64 = 0.15;

/// A rectangle, or the circle within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) round: bool,
}

impl Rect {
    /// Whether a point is on the border.
    pub(super) fn touches(&self, (x, y): (f64, f64)) -> bool {
        let (right, bottom) = (self.x + self.width, self.y + self.height);
        if self.round {
            let (radius, middle) = (self.width / 2.0, f64::midpoint(self.x, right));
            let distance = (x - middle).hypot(y - f64::midpoint(self.y, bottom));
            return (distance - radius).abs() < NEAR;
        }
        let near = |a: f64, b: f64| (a - b).abs() < NEAR;
        let within = |at: f64, from: f64, to: f64| at > from - NEAR && at < to + NEAR;
        (near(x, self.x) || near(x, right)) && within(y, self.y, bottom)
            || (near(y, self.y) || near(y, bottom)) && within(x, self.x, right)
    }

    /// Whether a part of a line is inside.
    fn is_crossed(&self, a: (f64, f64), b: (f64, f64)) -> bool {
        let inside = |from: f64, to: f64, low: f64, high: f64| {
            from.min(to) < high - 0.5 && from.max(to) > low + 0.5
        };
        inside(a.0, b.0, self.x, self.x + self.width)
            && inside(a.1, b.1, self.y, self.y + self.height)
    }
}

/// A line through corners.
pub(super) type Line = Vec<(f64, f64)>;

/// Boxes, and lines with arrows.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Input label, if there is one.
    pub(super) entry: Option<Rect>,
    pub(super) boxes: Vec<Rect>,
    pub(super) lines: Vec<Line>,
}

impl Drawing {
    /// The single thing that a point touches: `None` is the input, a number a box.
    pub(super) fn at(&self, point: (f64, f64)) -> Result<Option<usize>, String> {
        let boxes = self
            .boxes
            .iter()
            .enumerate()
            .map(|(i, rect)| (Some(i), rect));
        let all = self.entry.iter().map(|rect| (None, rect)).chain(boxes);
        let touched: Vec<_> = all.filter(|(_, rect)| rect.touches(point)).collect();
        match touched[..] {
            [(one, _)] => Ok(one),
            _ => Err(format!("{point:?} touches {touched:?}")),
        }
    }

    /// Start and target box of each line; an error if they are ambiguous.
    pub(super) fn edges(&self) -> Result<Vec<(Option<usize>, usize)>, String> {
        let mut edges = Vec::new();
        for line in &self.lines {
            let (first, last) = (line[0], line[line.len() - 1]);
            let to = self.at(last)?.ok_or("a line goes to what comes in")?;
            edges.push((self.at(first)?, to));
            for part in line.windows(2) {
                let (a, b) = (part[0], part[1]);
                if (a.0 - b.0).abs() > NEAR && (a.1 - b.1).abs() > NEAR {
                    return Err(format!("{line:?} is aslant"));
                }
                let all = self.entry.iter().chain(&self.boxes);
                if let Some(rect) = all.clone().find(|rect| rect.is_crossed(a, b)) {
                    return Err(format!("{line:?} crosses {rect:?}"));
                }
            }
        }
        // Lines may overlap if they leave the same box or go to the same one; any others would look like one line.
        for (i, one) in self.lines.iter().enumerate() {
            for (j, other) in self.lines.iter().enumerate().take(i) {
                let apart = edges[i].0 != edges[j].0 && edges[i].1 != edges[j].1;
                if apart && overlap(one, other) {
                    return Err(format!("{one:?} and {other:?} run into each other"));
                }
            }
        }
        Ok(edges)
    }
}

/// Whether two lines run along each other, so close that they look like one.
fn overlap(one: &Line, other: &Line) -> bool {
    let parts = |line: &Line| -> Vec<[(f64, f64); 2]> {
        line.windows(2).map(|part| [part[0], part[1]]).collect()
    };
    let along = |[a, b]: [(f64, f64); 2], [c, d]: [(f64, f64); 2]| {
        let is_flat = |a: (f64, f64), b: (f64, f64)| (a.1 - b.1).abs() < NEAR;
        let turn = |(x, y): (f64, f64)| (y, x);
        let (a, b, c, d) = match (is_flat(a, b), is_flat(c, d)) {
            (true, true) => (a, b, c, d),
            (false, false) => (turn(a), turn(b), turn(c), turn(d)),
            _ => return false,
        };
        let shared = a.0.max(b.0).min(c.0.max(d.0)) - a.0.min(b.0).max(c.0.min(d.0));
        (a.1 - c.1).abs() < 2.5 && shared > 0.9
    };
    parts(one)
        .into_iter()
        .any(|part| parts(other).into_iter().any(|like| along(part, like)))
}

#[test]
fn what_is_not_plain_is_an_error() {
    let rect = |x: f64, y: f64| Rect {
        x,
        y,
        width: 40.0,
        height: 20.0,
        round: false,
    };
    let mut drawing = Drawing {
        entry: None,
        boxes: vec![rect(0.0, 0.0), rect(0.0, 40.0), rect(60.0, 40.0)],
        lines: vec![vec![(20.0, 20.0), (20.0, 40.0)]],
    };
    assert_eq!(drawing.edges(), Ok(vec![(Some(0), 1)]));
    let mut fails_with = |line: Line, notice: &str| {
        drawing.lines.push(line);
        let error = drawing.edges().expect_err("it is not plain");
        assert!(error.contains(notice), "{error}");
        drawing.lines.pop();
    };
    fails_with(vec![(20.0, 25.0), (20.0, 40.0)], "touches []");
    fails_with(vec![(20.0, 20.0), (20.0, 39.0)], "touches []");
    fails_with(vec![(20.0, 20.0), (60.0, 50.0)], "aslant");
    fails_with(vec![(20.0, 20.0), (20.0, 50.0), (60.0, 50.0)], "crosses");
    drawing
        .lines
        .push(vec![(20.0, 60.0), (20.0, 70.0), (80.0, 70.0), (80.0, 60.0)]);
    drawing
        .lines
        .push(vec![(20.0, 20.0), (20.0, 30.0), (80.0, 30.0), (80.0, 40.0)]);
    assert_eq!(drawing.edges().map(|edges| edges.len()), Ok(3));
    drawing.boxes.push(rect(120.0, 40.0));
    drawing.lines.push(vec![
        (140.0, 60.0),
        (140.0, 69.0),
        (30.0, 69.0),
        (30.0, 60.0),
    ]);
    let error = drawing.edges().expect_err("two lines in one");
    assert!(error.contains("run into each other"), "{error}");
}

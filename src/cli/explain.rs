//! `explain`: the network, rule, size and head that a published number comes from.

use clap::Args as ClapArgs;

use super::flags::{Format, named, spoken};
use super::output::{Failure, Output, width};
use crate::message;
use crate::report::explain::{Explanation, Fit, Match, Rung, explain as search, ladder, parse};
use crate::report::format::thousands;
use crate::report::grid::{Grid, Side};

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// A published number: 4.11G, 25.6M, "8.2 GFLOPs", 25557032
    pub(super) number: String,
    /// Ask about this network alone, and its v1 or v1.5
    #[arg(long, value_name = "NAME", value_parser = named())]
    pub(super) net: Option<String>,
    /// How many matches to show
    #[arg(long, value_name = "K", default_value_t = 8)]
    pub(super) top: usize,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

pub(super) fn explain(args: &ExplainArgs) -> Result<Output, Failure> {
    let number = parse(&args.number).map_err(Failure::usage)?;
    let found =
        search(&number, args.net.as_deref()).map_err(|problems| Failure::problems(&problems))?;
    let code = u8::from(found.matches.is_empty());
    let mut output = match args.format {
        Format::Json => Output::json(&found),
        Format::Csv => Output::data(matches(&found.matches, true).csv()),
        Format::Markdown => {
            Output::data(matches(&found.matches[..shown(&found, args)], false).markdown())
        }
        Format::Text => Output::data(text(&found, args)),
    };
    output.code = code;
    Ok(output)
}

fn shown(found: &Explanation, args: &ExplainArgs) -> usize {
    args.top.min(found.matches.len())
}

fn text(found: &Explanation, args: &ExplainArgs) -> String {
    let bold = anstyle::Style::new().bold();
    let number = &found.number;
    let language = spoken();
    let confidence = language.word(found.confidence.sentence());
    let Some(best) = found.matches.first() else {
        return format!(
            "{bold}{}{bold:#}: {confidence}\n {}\n",
            number.text,
            language.word("explain-advice")
        );
    };
    let value = thousands(best.value);
    let of = language.tell(&what(best));
    let fitting = thousands(found.fitting as u128);
    let mut text = format!(
        "{bold}{}{bold:#} {}\n{}\n\n",
        number.text,
        language.say(&message!(
            "explain-is",
            what = of,
            title = &best.title,
            net = &best.net,
            value = value,
        )),
        language.say(&message!(
            "explain-of-all",
            confidence = confidence,
            count = fitting,
        ))
    );
    text += &matches(&found.matches[..shown(found, args)], false)
        .told(spoken())
        .text(width(), true);
    let rungs = ladder(&best.net, number, best.quantity);
    if !rungs.is_empty() {
        let title = language.say(&message!("explain-quoted", title = &best.title));
        text += &format!("\n{bold}{title}{bold:#}\n\n");
        text += &steps(&rungs).told(spoken()).text(width(), true);
        text += &format!("\n {}\n", language.word("explain-marks"));
    }
    text
}

/// Description of a match: `4.11 G operations by rule fvcore`.
fn what(found: &Match) -> String {
    let mut text = match found.rule.as_str() {
        "params" => "the parameters".to_owned(),
        rule => format!("the count by rule {rule}"),
    };
    if !found.note.is_empty() {
        text += &format!(" ({})", found.note);
    }
    text
}

fn matches(found: &[Match], exact: bool) -> Grid {
    let mut grid = Grid::new([
        ("net", Side::Left),
        ("rule", Side::Left),
        ("input", Side::Left),
        ("classes", Side::Right),
        ("batch", Side::Right),
        ("value", Side::Right),
        ("error", Side::Right),
        ("fit", Side::Left),
        ("note", Side::Left),
    ]);
    for one in found {
        let dims: Vec<_> = one.input.iter().map(u64::to_string).collect();
        grid.row(vec![
            one.net.clone(),
            one.rule.clone(),
            dims.join(if exact { "x" } else { "×" }),
            match one.classes {
                0 if !exact => "none".to_owned(),
                classes => classes.to_string(),
            },
            one.batch.to_string(),
            if exact {
                one.value.to_string()
            } else {
                thousands(one.value)
            },
            if exact {
                format!("{:.6}", one.error)
            } else {
                format!("{:+.2} %", one.error * 100.0)
            },
            match one.fit {
                Fit::Rounded => "rounded",
                Fit::Cut => "cut",
                Fit::Near => "near",
            }
            .to_owned(),
            one.note.clone(),
        ]);
    }
    grid
}

fn steps(rungs: &[Rung]) -> Grid {
    let mut grid = Grid::new([
        ("", Side::Left),
        ("value", Side::Right),
        ("quoted as", Side::Left),
        ("net", Side::Left),
        ("rule", Side::Left),
        ("note", Side::Left),
    ]);
    for rung in rungs {
        grid.row(vec![
            if rung.fits { "*" } else { "" }.to_owned(),
            thousands(rung.value),
            rung.quoted.join(", "),
            rung.net.clone(),
            rung.rule.clone(),
            rung.note.clone(),
        ]);
    }
    grid
}

//! `explain`: the network, rule, size and head that a published number comes from.

use clap::Args as ClapArgs;

use super::flags::{Format, named, spoken};
use super::output::{Failure, Output, width};
use crate::message;
use crate::report::format::{dims, plain_dims, signed_percent, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::number_lookup::{
    Explanation, Fit, Match, Rung, explain as search, ladder, parse,
};
use crate::text::{Argument, Message};

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    pub(super) number: String,
    #[arg(long, value_name = "NAME", value_parser = named())]
    pub(super) net: Option<String>,
    #[arg(long, value_name = "K", default_value_t = 8)]
    pub(super) top: usize,
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
            let grid = matches(&found.matches[..shown(&found, args)], false);
            Output::data(grid.in_language(spoken()).markdown())
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
    let fitting = thousands(found.fitting as u128);
    let mut text = format!(
        "{bold}{}{bold:#} {}\n{}\n\n",
        number.text,
        language.say(&message!(
            "explain-is",
            what = what(best),
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
        .in_language(spoken())
        .text(width(), true);
    let rungs = ladder(&best.net, number, best.quantity);
    if !rungs.is_empty() {
        let title = language.say(&message!("explain-quoted", title = &best.title));
        text += &format!("\n{bold}{title}{bold:#}\n\n");
        text += &steps(&rungs).in_language(spoken()).text(width(), true);
        text += &format!("\n {}\n", language.word("explain-marks"));
    }
    text
}

/// Description of a match: `4.11 G operations by rule fvcore`.
fn what(found: &Match) -> Message {
    let what = match found.rule.as_str() {
        "params" => message!("explain-parameters"),
        rule => message!("explain-count", rule = rule),
    };
    match &found.note {
        Some(note) => message!("explain-with-note", what = what, note = note.clone()),
        None => what,
    }
}

fn matches(found: &[Match], exact: bool) -> Grid {
    let mut grid = Grid::new([
        (message!("explain-net"), Side::Left),
        (message!("label-rule"), Side::Left),
        (message!("column-input"), Side::Left),
        (message!("label-classes"), Side::Right),
        (message!("label-batch"), Side::Right),
        (message!("label-value"), Side::Right),
        (message!("explain-error"), Side::Right),
        (message!("label-fit"), Side::Left),
        (message!("explain-note"), Side::Left),
    ]);
    let sizes = |sizes: &[u64]| {
        if exact {
            plain_dims(sizes)
        } else {
            dims(sizes)
        }
    };
    for one in found {
        let (value, error) = if exact {
            (one.value.to_string(), format!("{:.6}", one.error))
        } else {
            (thousands(one.value), signed_percent(one.error))
        };
        grid.row([
            Argument::from(&one.net),
            (&one.rule).into(),
            sizes(&one.input).into(),
            match one.classes {
                0 if !exact => message!("label-none").into(),
                classes => classes.to_string().into(),
            },
            one.batch.to_string().into(),
            value.into(),
            error.into(),
            match one.fit {
                Fit::Rounded => message!("label-rounded"),
                Fit::Cut => message!("label-cut"),
                Fit::Near => message!("explain-near"),
            }
            .into(),
            one.note.clone().map_or_else(|| "".into(), Into::into),
        ]);
    }
    grid
}

fn steps(rungs: &[Rung]) -> Grid {
    let mut grid = Grid::new([
        (Message::of(""), Side::Left),
        (message!("label-value"), Side::Right),
        (message!("label-quoted-as"), Side::Left),
        (message!("explain-net"), Side::Left),
        (message!("label-rule"), Side::Left),
        (message!("explain-note"), Side::Left),
    ]);
    for rung in rungs {
        grid.row([
            Argument::from(if rung.fits { "*" } else { "" }),
            thousands(rung.value).into(),
            rung.quoted.join(", ").into(),
            (&rung.net).into(),
            (&rung.rule).into(),
            rung.note.clone().map_or_else(|| "".into(), Into::into),
        ]);
    }
    grid
}

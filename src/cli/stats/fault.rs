//! `stats` of a network with an error: the stages up to the faulty layer, and the error.

use serde_json::json;

use super::{StatsArgs, downsampling, headline, spoken, stages};
use crate::analysis::Rule;
use crate::cli::flags::Format;
use crate::cli::output::{Output, render_all};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::report::Subject;
use crate::report::checks::check;
use crate::report::checks::json::CheckReport;
use crate::report::network::stats::Stats;

/// Totals of the layers before the faulty one, labelled as such.
pub(super) fn stats(args: &StatsArgs, model: &Model, fault: LayerId, rule: Rule) -> Output {
    let language = spoken();
    let path = model.network[fault].path.to_string();
    let subject = Subject::new(model.before(fault), rule, args.shape.batch);
    let stats = Stats::new(&subject);
    let mut output = if args.format == Format::Json {
        let mut value = json!(stats);
        value["ends_before"] = json!(path);
        value["problems"] = json!(CheckReport::new(&stats.name, &check(model)).problems);
        Output::json(&value)
    } else {
        let before = language.say(&message!("stats-before-fault", path = path));
        let text = format!(
            "{} {before}\n\n{}\n{}\n{}",
            headline(&subject, &stats) + "\n",
            stages(&subject, &stats, language),
            downsampling(&stats, language),
            render_all(&model.problems)
        );
        Output::data(text)
    };
    output.code = 1;
    output
}

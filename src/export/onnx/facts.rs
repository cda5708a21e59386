//! Metadata of the file: the facts about a network that its nodes do not state.

use serde_json::json;

use crate::lower::Model;
use crate::network::{Layer, Preprocess};
use crate::report::Subject;
use crate::text::Language;

/// Keys and values about preprocessing, classes, costs and source. With `preprocess`, the first nodes scale and standardise.
pub(super) fn facts(subject: &Subject, preprocess: bool) -> Vec<(&'static str, String)> {
    let model = &subject.model;
    let mut facts = preprocessing(model, preprocess);
    if let Some(classes) = model.classes() {
        facts.push(("classes", classes.to_string()));
    }
    if let Some(labels) = model.labels() {
        facts.push(("labels", json!(labels).to_string()));
    }
    facts.push(("parameters", subject.params().0.to_string()));
    // Per image, because the batch of the file may be free.
    let macs = subject.macs().0 / u128::from(subject.batch.max(1));
    facts.push(("macs", macs.to_string()));
    facts.push(("count", subject.analysis.rule.name().to_owned()));
    facts.push(("source", source(model)));
    facts
}

/// Steps from an image to the input, as a sentence and as values.
fn preprocessing(model: &Model, inside: bool) -> Vec<(&'static str, String)> {
    let Some(steps) = model.picture_steps() else {
        return Vec::new();
    };
    let colors = match (steps.size[0], steps.bgr) {
        (1, _) => "grey".to_owned(),
        (3, false) => "RGB".to_owned(),
        (3, true) => "BGR".to_owned(),
        (channels, _) => format!("{channels} channels"),
    };
    let mut facts = vec![("colors", colors.clone())];
    let mut done = Vec::new();
    for (_, node) in model.network.nodes() {
        match &node.layer {
            Layer::Preprocess(Preprocess::Scale { divisor }) => {
                done.push(format!("divided by {divisor}"));
                facts.push(("divisor", divisor.to_string()));
            }
            Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                let [mean, std] = [mean, std].map(|values| list(values));
                done.push(format!("minus {mean}, divided by {std}"));
                facts.extend([("mean", mean), ("std", std)]);
            }
            _ => {}
        }
    }
    let sentence = match (done.is_empty(), inside) {
        (true, _) => format!("The input is {colors}. The network states no preprocessing."),
        (false, true) => format!(
            "The input is {colors}, from 0 to 255; the first nodes scale and standardise it."
        ),
        (false, false) => format!(
            "The input is {colors}: values from 0 to 255, {}.",
            done.join(", then ")
        ),
    };
    facts.push(("preprocessing", sentence));
    facts.push(("image", Language::ENGLISH.say(&steps.message())));
    facts
}

/// Numbers as a JSON array, with as many digits as distinguish them.
fn list(values: &[f32]) -> String {
    let digits: Vec<String> = values.iter().map(ToString::to_string).collect();
    format!("[{}]", digits.join(","))
}

/// Publication that the network is from, and the program that wrote the file.
fn source(model: &Model) -> String {
    let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let program = format!("{} of {program}", model.spec.name);
    let paper = model.spec.file.paper.as_ref().map(|paper| &paper.value);
    let Some(paper) = paper else { return program };
    let year = paper.year.as_ref().map(|year| year.value.to_string());
    let texts =
        [&paper.authors, &paper.title].map(|text| text.as_ref().map(|text| text.value.clone()));
    let [authors, title] = texts;
    let address = paper.url.as_ref().map(|url| url.value.clone());
    let cited: Vec<String> = [authors, title, year, address, Some(program)]
        .into_iter()
        .flatten()
        .collect();
    cited.join(", ")
}

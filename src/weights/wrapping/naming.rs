//! The namings of other libraries, by words that only they have.

use crate::weights::fit::Named;

/// A naming that is none of these: its places were found by structure and shape alone.
const OTHER: &str = "structure";

/// The naming of a file whose names were translated.
pub(super) fn of(found: &[Named]) -> &'static str {
    let names = || found.iter().map(|(name, _)| name.as_str());
    let any = |words: &str| names().any(|name| name.contains(words));
    let begins = |words: &str| names().any(|name| name.starts_with(words));
    let is_numbered = |name: &str| {
        let first = name.split('.').next().unwrap_or_default();
        first.parse::<u64>().is_ok()
    };
    if any("prelu.weight") && any("features.") {
        "insightface"
    } else if any("embedder.embedder.convolution") {
        "Hugging Face"
    } else if any("stem.conv1.norm.") || any("shortcut.norm.") {
        "detectron2"
    } else if any(".residual_function.") {
        "weiaicunzai"
    } else if begins("backbone.") && begins("head.fc.") {
        "MMPretrain"
    } else if begins("backbone.")
        && ["neck.", "bbox_head.", "rpn_head.", "roi_head."]
            .into_iter()
            .any(begins)
    {
        "MMDetection"
    } else if names().all(is_numbered)
        && begins("0.0.")
        && names().any(|name| name.starts_with("0.4."))
    {
        "fastai"
    } else if names().all(is_numbered) {
        "nn.Sequential(*net.children())"
    } else if any("linear.weight") && any(".shortcut.") {
        "kuangliu"
    } else if any("linear.weight") {
        "akamaster"
    } else {
        OTHER
    }
}

//! A key without effect in a spec is refused at its place.

use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::spec::Severity;

use super::english;

/// Keys of a child of ResNet-18 that change nothing, and what is said of them.
pub(super) const IDLE: [(&str, &str); 10] = [
    (
        "norm = { groups = 8 }",
        "`groups` has no effect: only the kinds",
    ),
    (
        "norm = { group_size = 8 }",
        "`group_size` has no effect: only the kinds",
    ),
    (
        "norm = { derived = true }",
        "`derived` has no effect: only the kinds",
    ),
    (
        "norm = { kind = \"group\", momentum = 0.3 }",
        "`momentum` has no effect: only a batch normalisation",
    ),
    (
        "norm = { kind = \"group\", groups = 8, group_size = 4 }",
        "`groups` has no effect: `group_size` decides",
    ),
    (
        "input = [1, 32, 32]\npreprocess = { mean = [0.5], std = [0.5], bgr = true }",
        "`bgr` has no effect: only an image of three channels",
    ),
    (
        "block = \"mine\"\nstrides = [1, 2, 2, 2]\n[define.blocks.mine]\nout = \"width\"\nshortcut = \"same\"\nmain = [{ conv = \"a\", kernel = 3, out = \"width\" }]\n[define.shortcuts.same]\nwhen = \"always\"\nlayers = [{ conv = \"p\", kernel = 1, out = \"out\" }]",
        "`strides` has no effect: no layer uses `stride`",
    ),
    (
        "head = { layers = [{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = 10 }] }\nclasses = 7",
        "`classes` has no effect: no layer uses it, and the network has 10 outputs",
    ),
    (
        "stem = { layers = [{ conv = \"c\", kernel = 3, out = 64, standardize = true }] }",
        "`standardize` has no effect: the network standardises no weights",
    ),
    (
        "conv = { gamma = 1.7 }",
        "`gamma` has no effect: the network standardises no weights",
    ),
];

#[test]
fn what_does_nothing_is_refused_at_its_place() {
    let child = "inherits = \"resnet18\"\n";
    for (text, notice) in IDLE {
        let model = open_text("own.toml", &format!("{child}{text}"), &Overrides::default());
        let errors: Vec<_> = model
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .collect();
        let is_reported = |problem: &&&resnet_explore::spec::Problem| {
            english(&problem.message).starts_with(notice)
        };
        let problem = errors.iter().find(is_reported);
        let problem = problem.unwrap_or_else(|| panic!("{text}: {errors:?}"));
        let place = problem.place.as_ref().expect("a place");
        assert_eq!(place.source.name, "own.toml");
        assert!(problem.help.is_some());
    }
    // A part that is not named is kept, with a warning: another file may inherit it.
    let text = format!(
        "{child}[define.shortcuts.spare]\nlayers = [{{ conv = \"p\", kernel = 1, out = \"out\", stride = \"stride\" }}]"
    );
    let model = open_text("own.toml", &text, &Overrides::default());
    let [problem] = model.problems.as_slice() else {
        panic!("{:?}", model.problems);
    };
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(
        english(&problem.message),
        "`spare` has no effect: no stage has this shortcut"
    );
}

//! Misfits, tensor by tensor.

use super::group::groups;
use super::structure::place;
use super::*;
use crate::text::Language;
use crate::weights::{Synthetic, WeightError};
use ndarray::ArrayD;

struct File(Vec<Named>);

impl WeightSource for File {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        Synthetic { seed: 0 }.tensor(name, shape)
    }
    fn names(&self) -> Option<Vec<Named>> {
        Some(self.0.clone())
    }
    fn label(&self) -> String {
        "file".to_owned()
    }
}

fn names(list: &[(&str, &[usize])]) -> Vec<Named> {
    list.iter()
        .map(|(name, shape)| ((*name).to_owned(), shape.to_vec()))
        .collect()
}

#[test]
fn what_fits_has_no_misfits() {
    let wanted = names(&[("fc.weight", &[10, 64]), ("bn.num_batches_tracked", &[])]);
    let file = File(names(&[
        ("fc.weight", &[10, 64]),
        ("bn1.num_batches_tracked", &[]),
    ]));
    assert_eq!(misfits(&wanted, &file), []);
    assert_eq!(misfits(&wanted, &Synthetic { seed: 7 }), []);
}

#[test]
fn all_misfits_are_found_at_once() {
    let wanted = names(&[
        ("conv1.weight", &[16, 3, 3, 3]),
        ("bn1.weight", &[16]),
        ("fc.weight", &[1000, 64]),
        ("fc.bias", &[1000]),
    ]);
    let file = File(names(&[
        ("conv1.weight", &[16, 1, 3, 3]),
        ("norm.scale", &[16]),
        ("fc.weight", &[10, 64]),
        ("fc.bias", &[10]),
    ]));
    let misfits = misfits(&wanted, &file);
    let english = |misfit: &Misfit| Language::ENGLISH.say(&misfit.message());
    let sentences: Vec<_> = misfits.iter().map(english).collect();
    assert_eq!(
        sentences,
        [
            "`conv1.weight` is 16×1×3×3 and should be 16×3×3×3",
            "`bn1.weight` (16) is missing",
            "`fc.weight` is 10×64 and should be 1000×64",
            "`fc.bias` is 10 and should be 1000",
            "`norm.scale` (16) does not belong to the network",
        ]
    );
}

#[test]
fn places_are_read_from_names_of_several_kinds() {
    let cases = [
        ("layer3.6.conv1.weight", "layer3", 6, "conv1.weight"),
        ("stages.2.blocks.5.norm1.bias", "stages.2", 5, "norm1.bias"),
        (
            "backbone.body.layer1.0.bn1.weight",
            "backbone.body.layer1",
            0,
            "bn1.weight",
        ),
        (
            "backbone.bottom_up.res2.0.conv1.weight",
            "backbone.bottom_up.res2",
            0,
            "conv1.weight",
        ),
    ];
    for (name, part, block, rest) in cases {
        let found = place(name).unwrap();
        assert_eq!((found.part, found.block, found.rest), (part, block, rest));
    }
    for name in [
        "conv1.0.weight",
        "fc.weight",
        "stem.conv1.weight",
        "classifier.4.weight",
    ] {
        assert_eq!(place(name), None, "{name}");
    }
}

#[test]
fn groups_count_and_name_blocks_in_runs() {
    let extra = |name: &str| Misfit::Extra {
        name: name.to_owned(),
        shape: vec![4],
    };
    let names = [
        "layer3.6.bn1.bias",
        "layer3.7.bn1.bias",
        "layer3.9.bn1.bias",
        "neck.conv.weight",
    ];
    let groups = groups(&names.map(extra));
    let notice: Vec<_> = groups
        .iter()
        .map(|group| {
            let line = message!("fit-part", part = group.title(), first = group.tally());
            Language::ENGLISH.say(&line)
        })
        .collect();
    assert_eq!(
        notice,
        [
            "layer3, blocks 6–7, 9: 3 left over",
            "neck.conv: 1 left over"
        ]
    );
}

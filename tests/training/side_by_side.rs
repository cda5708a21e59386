//! Networks that learn side by side, step by step.

use std::sync::Arc;

use resnet_explore::engine::train::{Entrant, Happened, Moment, Part, Recipe, Training};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::text::Language;
use resnet_explore::weights::Dataset;

fn entrant(name: &str) -> Entrant {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Entrant {
        name: name.to_owned(),
        steps: model.picture_steps().expect("it reads pictures"),
        network: Arc::new(model.network),
        lacks: Vec::new(),
        is_standardised: false,
    }
}

fn training(recipe: Recipe, names: &[&str]) -> Training {
    let digits = Dataset::digits().expect("in the binary");
    let entrants = names.iter().map(|name| entrant(name)).collect();
    Training::new(&digits, recipe, entrants).expect("they can learn")
}

fn small() -> Recipe {
    Recipe {
        epochs: 2,
        batch: 500,
        ..Recipe::default()
    }
}

fn loss(moment: &Moment) -> Option<f64> {
    match &moment.event {
        Happened::Learned(learned) => Some(learned.seen.mean_loss()),
        Happened::Tested(_) | Happened::Ended(_) => None,
    }
}

#[test]
fn networks_take_turns_on_the_same_batches() {
    let names = ["plain8_digits", "resnet8_digits"];
    let mut training = training(small(), &names);
    assert_eq!((training.steps(), training.counts()), (3, (1400, 397)));
    assert!(training.is_between() && training.left().is_none());
    let mut all = Vec::new();
    while let Some(moment) = training.next_moment() {
        all.push(moment);
    }
    assert!(training.is_done());
    // Two epochs, each of three steps and a test, by both.
    let order: Vec<_> = all
        .iter()
        .map(|own| (own.epoch, own.step, own.student))
        .collect();
    let wanted: Vec<_> = (0..2)
        .flat_map(|epoch| (0..4).flat_map(move |step| [(epoch, step, 0), (epoch, step, 1)]))
        .collect();
    assert_eq!(order, wanted);
    for pair in all.chunks(2) {
        let [a, b] = [&pair[0].event, &pair[1].event];
        match (a, b) {
            (Happened::Learned(a), Happened::Learned(b)) => {
                assert_eq!(a.pictures.labels, b.pictures.labels);
                assert_eq!(a.pictures.values, b.pictures.values);
                assert_eq!(a.blocks.len(), 5, "{:?}", a.blocks);
                let statistic = a.statistic.as_ref().expect("a batch normalisation");
                assert_eq!(statistic.path, "bn1");
                let kernels = a.kernels.as_ref().expect("a convolution");
                assert_eq!((kernels.size, kernels.values.len()), ([3, 3], 8 * 9));
            }
            (Happened::Tested(a), Happened::Tested(b)) => {
                assert_eq!([a.pictures, b.pictures], [397; 2]);
            }
            other => panic!("{other:?}"),
        }
    }
    // The running mean moves a tenth of the way to the batch's, from 0.
    let Happened::Learned(first) = &all[0].event else {
        panic!("{:?}", all[0]);
    };
    let [batch, running] = first.statistic.as_ref().expect("one").mean;
    assert!((running - 0.1 * batch).abs() < 1e-6, "{batch} {running}");
    assert!(training.students().iter().all(|own| own.best().is_some()));
}

#[test]
fn a_seed_decides_everything_and_each_seed_differs() {
    let seeds = |seeds: Vec<u64>| {
        let recipe = Recipe {
            seeds,
            epochs: 1,
            ..small()
        };
        let mut training = training(recipe, &["plain8_digits"]);
        let moments = std::iter::from_fn(|| training.next_moment());
        moments.filter_map(|own| loss(&own)).collect::<Vec<_>>()
    };
    let [one, two, both] = [seeds(vec![1]), seeds(vec![2]), seeds(vec![1, 2])];
    assert_ne!(one, two);
    let alternating: Vec<f64> = one.iter().zip(&two).flat_map(|(a, b)| [*a, *b]).collect();
    assert_eq!(both, alternating);
    assert_eq!(seeds(vec![1]), one);
}

#[test]
fn a_part_that_was_taken_away_is_given_back_with_its_weights() {
    let mut training = training(small(), &["resnet8_digits", "plain8_digits"]);
    let bytes = |training: &Training| training.students()[0].kept();
    let batch = |training: &mut Training| {
        let before = training.cursor();
        while training.cursor() == before || !training.is_between() {
            training.next_moment().expect("there are batches left");
        }
    };
    batch(&mut training);
    let whole = bytes(&training);
    let reason = training.give_back(0, Part::Norms).expect_err("it is there");
    assert!(Language::ENGLISH.say(&reason).contains("begin anew"));
    for part in [Part::Norms, Part::Shortcuts] {
        training.take_away(0, part).expect("it has some");
    }
    training.give_back(0, Part::Norms).expect("it was taken");
    training
        .give_back(0, Part::Shortcuts)
        .expect("it was taken");
    assert_eq!(bytes(&training), whole, "nothing was learned meanwhile");
    training.take_away(0, Part::Norms).expect("it has some");
    batch(&mut training);
    training.give_back(0, Part::Norms).expect("it was taken");
    assert_ne!(bytes(&training), whole, "what was learned meanwhile stays");
    batch(&mut training);
    assert!(training.students()[0].ended().is_none());
}

#[test]
fn a_part_is_taken_away_and_the_rest_goes_on() {
    let mut training = training(small(), &["resnet8_digits", "plain8_digits"]);
    let bytes = |training: &Training| training.students()[0].kept();
    while !(training.is_between() && training.cursor().step == 1) {
        training.next_moment();
    }
    let before = bytes(&training);
    training.take_away(0, Part::Shortcuts).expect("it has some");
    let paths = |student: usize| {
        let network = training.students()[student].network();
        let paths = network.nodes().map(|(_, node)| node.path.to_string());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(paths(0), paths(1), "what remains is the plain network");
    assert_eq!(bytes(&training), before, "these shortcuts have no weights");
    let reason = training.take_away(0, Part::Shortcuts).expect_err("once");
    assert_eq!(
        Language::ENGLISH.say(&reason),
        "this network has no shortcuts to take away"
    );
    training.take_away(0, Part::Norms).expect("it has some");
    assert!(training.take_away(0, Part::Norms).is_err());
    training.set_rate(0.01);
    let moment = training.next_moment().expect("another step");
    let Happened::Learned(learned) = moment.event else {
        panic!("{moment:?}");
    };
    assert!(
        learned.statistic.is_none(),
        "no batch normalisation is left"
    );
    assert!((learned.rate - 0.01).abs() < 1e-12);
    assert_eq!(training.cursor().epoch, 0, "it goes on where it was");
}

#[test]
fn pixels_are_read_as_they_are_or_standardised() {
    let losses = |lacks: Vec<Part>, is_standardised| {
        let digits = Dataset::digits().expect("in the binary");
        let own = Entrant {
            lacks,
            is_standardised,
            ..entrant("plain8_digits")
        };
        let mut training = Training::new(&digits, small(), vec![own]).expect("it can learn");
        loss(&training.next_moment().expect("a step")).expect("a loss")
    };
    let [raw, own, standardised] = [
        losses(vec![Part::Preprocessing], false),
        losses(Vec::new(), false),
        losses(Vec::new(), true),
    ];
    let all = [raw, own, standardised].map(f64::from).map(f64::to_bits);
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
}

#[test]
fn all_networks_together_must_fit_into_memory() {
    let digits = Dataset::digits().expect("in the binary");
    let recipe = Recipe {
        batch: 1400,
        seeds: (0..4000).collect(),
        ..Recipe::default()
    };
    // Each fits alone; refused before the first step.
    let small = Recipe {
        seeds: vec![0],
        ..recipe.clone()
    };
    let one = Training::new(&digits, small, vec![entrant("resnet56_digits")]).expect("it fits");
    let each = one.takes();
    let count = ((16_u128 << 30) / each + 1) as u64;
    assert!(count < 400, "{each} bytes for one");
    let recipe = Recipe {
        seeds: (0..count).collect(),
        ..recipe
    };
    let refused = Training::new(&digits, recipe, vec![entrant("resnet56_digits")]);
    let reason = Language::ENGLISH.say(&refused.expect_err("too much"));
    assert!(reason.contains("memory"), "{reason}");
}

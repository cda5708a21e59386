//! Refusals in words of all that has no gradient, and the memory that a pass keeps.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::analysis::memory::memory;
use resnet_explore::engine::gradient::{Backward, Batch, Direction, Options};
use resnet_explore::engine::{EngineError, GradientError, LoadedWeights, Mode};
use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::network::{Layer, LayerPath, Network, Node, Picture, Stage, check};
use resnet_explore::text::Language;
use resnet_explore::weights::Synthetic;

fn network(name: &str, size: u64) -> Arc<Network> {
    let overrides = Overrides {
        input_size: Some([size; 2]),
        ..Overrides::default()
    };
    Arc::new(open(name, &overrides).expect("a shipped network").network)
}

fn attempt(backward: &Backward, shape: [usize; 4], labels: &[usize]) -> Result<f64, GradientError> {
    let weights = LoadedWeights::load(
        &Arc::new(backward.network().clone()),
        &Synthetic { seed: 1 },
    )
    .expect("any weights");
    let input = Array4::<f32>::from_shape_fn(shape, |(n, c, y, x)| {
        ((n * 7 + c * 3 + y * 5 + x * 11) % 13) as f32 / 6.0 - 1.0
    });
    let batch = Batch {
        input: &input,
        is_prepared: true,
        labels,
    };
    let mut observer = |_, _| ControlFlow::Continue(());
    backward
        .run(
            &weights.all::<f32>(),
            batch,
            Options::default(),
            &mut observer,
        )
        .map(|gradients| gradients.loss)
}

fn notice(error: &GradientError) -> String {
    match error {
        GradientError::Refused(message) => Language::ENGLISH.say(message),
        other => other.to_string(),
    }
}

#[test]
fn what_cannot_be_is_told_before_it_begins() {
    let backward = Backward::new(network("resnet20_cifar", 32), Mode::Training).expect("legal");
    let of =
        |shape, labels: &[usize]| attempt(&backward, shape, labels).map_err(|error| notice(&error));
    assert!(of([2, 3, 32, 32], &[0, 9]).is_ok());
    let refused = [
        ([2, 3, 32, 32], vec![0], "1 label"),
        ([2, 3, 32, 32], vec![0, 10], "label 10"),
        ([2, 3, 16, 16], vec![0, 1], "3×16×16"),
    ];
    for (shape, labels, word) in refused {
        let message = of(shape, &labels).expect_err(word);
        assert!(message.contains(word), "{message}");
    }
    // One image of one pixel leaves a batch normalisation one value.
    let overrides = Overrides {
        input_size: Some([32; 2]),
        ..Overrides::default()
    };
    let small = Arc::new(open("resnet18", &overrides).expect("shipped").network);
    let lonely = Backward::new(small, Mode::Training).expect("legal");
    let error = attempt(&lonely, [1, 3, 32, 32], &[0]).expect_err("one value");
    assert!(
        matches!(error, GradientError::Engine(EngineError::OneValue(_))),
        "{error}"
    );
    let error = backward
        .admit::<f64>(1_000_000, Options::default())
        .expect_err("too much");
    assert!(
        matches!(error, GradientError::Engine(EngineError::Memory { .. })),
        "{error}"
    );
}

#[test]
fn a_network_without_classes_and_a_layer_without_derivative_are_refused_by_name() {
    let open = |layers: &str, head: &str| {
        let text = format!(
            "input = [3, 16, 16]\nclasses = 4\nblock = \"basic\"\nblocks = [1]\nwidths = [8]\nstrides = [1]\n[stem]\nlayers = [{layers}{{ conv = \"c\", kernel = 3, out = 8 }}]\n[head]\nlayers = [{head}]\n"
        );
        Arc::new(open_text("own.toml", &text, &Overrides::default()).network)
    };
    let map = open("", "{ conv = \"last\", kernel = 1, out = \"classes\" }");
    let error = Backward::new(map, Mode::Training).expect_err("a map");
    let message = notice(&error);
    assert!(message.contains("`last`"), "{message}");

    // A picture's whole numbers have no derivative where a network computes them itself.
    let mut network = Network::new();
    let shipped = open(
        "",
        "{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }",
    );
    let mut numbers = Vec::new();
    for (id, node) in shipped.nodes() {
        let inputs: Vec<_> = shipped
            .inputs(id)
            .iter()
            .map(|input| numbers[input.index()])
            .collect();
        let mut own = network.add(node.clone(), &inputs);
        if node.path.to_string() == "c" {
            let mut crop = node.clone();
            crop.layer = Layer::Picture(Picture::CenterCrop { size: [16, 16] });
            crop.path = LayerPath::parse("crop");
            own = network.add(crop, &[own]);
        }
        numbers.push(own);
    }
    let error = Backward::new(Arc::new(network), Mode::Training).expect_err("a picture's layer");
    let message = notice(&error);
    assert!(
        message.contains("CenterCrop") && message.contains("`crop`"),
        "{message}"
    );
}

#[test]
fn whoever_watches_sees_every_layer_twice_and_may_end_it() {
    let network = network("resnet20_cifar", 16);
    let backward = Backward::new(Arc::clone(&network), Mode::Training).expect("legal");
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 1 }).expect("any weights");
    let input = Array4::<f32>::zeros([2, 3, 16, 16]);
    let batch = Batch {
        input: &input,
        is_prepared: true,
        labels: &[0, 1],
    };
    let (mut forward, mut back) = (0, 0);
    let all = weights.all::<f32>();
    let whole = backward.run(&all, batch, Options::default(), &mut |direction, _| {
        match direction {
            Direction::Forward => forward += 1,
            Direction::Backward => back += 1,
        }
        ControlFlow::Continue(())
    });
    assert!(whole.is_ok());
    let is_body = |node: &Node| {
        !matches!(node.layer, Layer::Input { .. }) && node.scope.stage != Stage::Preprocess
    };
    let body = network.nodes().filter(|(_, node)| is_body(node)).count();
    assert_eq!((forward, back), (network.len(), body));
    let ended = backward.run(
        &all,
        batch,
        Options::default(),
        &mut |direction, _| match direction {
            Direction::Forward => ControlFlow::Continue(()),
            Direction::Backward => ControlFlow::Break(()),
        },
    );
    assert_eq!(ended.map(|_| ()), Err(GradientError::Stopped));
}

#[test]
fn what_is_kept_is_what_was_counted_and_no_more_than_autograd_keeps() {
    for name in [
        "resnet20_cifar",
        "resnet18",
        "seresnet18",
        "resnest14d",
        "resnetv2_18",
    ] {
        let network = network(name, 64);
        let backward = Backward::new(Arc::clone(&network), Mode::Training).expect("legal");
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 1 }).expect("any weights");
        let input = Array4::<f32>::ones([2, 3, 64, 64]);
        let batch = Batch {
            input: &input,
            is_prepared: true,
            labels: &[0, 1],
        };
        let options = Options {
            wants_input: false,
            ..Options::default()
        };
        let mut observer = |_, _| ControlFlow::Continue(());
        let gradients = backward
            .run(&weights.all::<f32>(), batch, options, &mut observer)
            .expect("a batch that fits");
        assert_eq!(gradients.kept, backward.kept::<f32>(2, options), "{name}");
        assert!(gradients.input.is_none());
        let (shapes, _) = check::shapes(&network);
        let saved = 2 * memory(&network, &shapes).training_activations;
        println!("{name:20} keeps {} bytes, autograd {saved}", gradients.kept);
        assert!(
            gradients.kept <= saved && 2 * gradients.kept > saved,
            "{name}"
        );
    }
}

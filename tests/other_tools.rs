//! Promise: exported models have the network's names, shapes and weights, and a program can read them.

#[path = "other_tools/shells.rs"]
mod shells;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use prost::Message;
use resnet_explore::analysis::Rule;
use resnet_explore::export::onnx::message::{
    F16, F32, GraphProto, I64, ModelProto, TensorProto, ValueInfoProto,
};
use resnet_explore::export::onnx::{Element, Multiple, OneSize, Onnx, OnnxError, Options};
use resnet_explore::export::pytorch;
use resnet_explore::lower::{self, Model, Overrides};
use resnet_explore::network::{ParameterKind, Shape, Stage};
use resnet_explore::report::Subject;
use resnet_explore::spec::{catalog, has_errors};
use resnet_explore::weights::{Synthetic, WeightError, WeightSource};

fn open(name: &str) -> Model {
    lower::open(name, &Overrides::default()).expect("a network of the catalogue")
}

fn onnx(model: &Model, options: Options) -> Onnx {
    Onnx::new(
        &model.network,
        &model.spec.name,
        model.title().own(),
        options,
    )
    .expect("it is whole")
}

/// The model with its weights, as a protobuf reader sees it.
fn written(model: &Model, options: Options) -> GraphProto {
    let mut bytes = Vec::new();
    onnx(model, options)
        .write(&Synthetic { seed: 7 }, &mut bytes)
        .expect("it is written");
    let read = ModelProto::decode(bytes.as_slice()).expect("protobuf");
    assert_eq!(read.opset_import[0].version, Some(17));
    read.graph.expect("a graph")
}

#[test]
fn every_network_has_its_state_dict_and_its_layers() {
    for name in catalog::names() {
        let model = open(name);
        let bytes = onnx(&model, Options::default()).without_weights();
        let graph = ModelProto::decode(bytes.as_slice())
            .expect("protobuf")
            .graph
            .expect("a graph");
        let inputs: BTreeSet<&str> = graph.input[1..]
            .iter()
            .map(|input| input.name.as_str())
            .collect();
        let state = model.network.state_dict();
        let wanted: BTreeSet<&str> = state
            .iter()
            .filter(|(_, parameter)| parameter.kind != ParameterKind::Counter)
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(inputs, wanted, "{name}");
        let nodes: BTreeSet<&str> = graph.node.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(
            nodes.len(),
            graph.node.len(),
            "{name}: names of nodes repeat"
        );
        for (_, node) in model.network.nodes() {
            let path = node.path.to_string();
            let is_left_out = node.scope.stage == Stage::Preprocess;
            assert_eq!(
                nodes.contains(path.as_str()),
                !is_left_out,
                "{name}: {path}"
            );
        }
        // Every value is computed before it is read.
        let mut known: BTreeSet<&str> = graph
            .input
            .iter()
            .map(|input| input.name.as_str())
            .chain(graph.initializer.iter().map(|tensor| tensor.name.as_str()))
            .collect();
        for node in &graph.node {
            for input in &node.input {
                assert!(
                    known.contains(input.as_str()),
                    "{name}: {} reads {input}",
                    node.name
                );
            }
            known.extend(node.output.iter().map(String::as_str));
        }
        assert!(known.contains("output"), "{name}");
    }
}

#[test]
fn the_streamed_weights_are_those_of_the_source() {
    let graph = written(&open("resnet20_cifar"), Options::default());
    let tensor = graph
        .initializer
        .iter()
        .find(|tensor| tensor.name == "layer2.0.conv1.weight")
        .expect("an initialiser");
    assert_eq!(tensor.dims, [32, 16, 3, 3]);
    let source = Synthetic { seed: 7 };
    let wanted = source
        .tensor(&tensor.name, &[32, 16, 3, 3])
        .expect("synthetic weights");
    let bytes: Vec<u8> = wanted
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    assert_eq!(tensor.raw_data, bytes);
}

#[test]
fn the_batch_may_be_free_and_the_preprocessing_inside() {
    let options = Options {
        batch: None,
        preprocess: true,
        ..Options::default()
    };
    let graph = written(&open("resnet20_cifar"), options);
    assert!(
        graph
            .node
            .iter()
            .any(|node| node.name == "preprocess.standardize")
    );
    let shape = graph.input[0]
        .r#type
        .as_ref()
        .and_then(|kind| kind.tensor_type.as_ref())
        .and_then(|tensor| tensor.shape.as_ref())
        .expect("a shape");
    assert_eq!(shape.dim[0].dim_param.as_deref(), Some("batch"));
    assert_eq!(shape.dim[1].dim_value, Some(3));
}

/// The metadata of a file by key.
fn metadata(model: &Model, options: Options) -> BTreeMap<String, String> {
    let mut onnx = onnx(model, options);
    onnx.describe(&Subject::new(model.clone(), Rule::default(), 4), options);
    let read = ModelProto::decode(onnx.without_weights().as_slice()).expect("protobuf");
    let entries = read.metadata_props.into_iter();
    entries.map(|entry| (entry.key, entry.value)).collect()
}

#[test]
fn the_metadata_states_preprocessing_classes_rule_and_source() {
    let grey = metadata(&open("resnet20_fashion"), Options::default());
    assert_eq!(grey["colors"], "grey");
    assert_eq!(grey["mean"].matches(',').count(), 0, "{}", grey["mean"]);
    assert!(
        grey["preprocessing"]
            .starts_with("The input is grey: values from 0 to 255, divided by 255")
    );
    assert_eq!(grey["classes"], "10");
    assert!(
        grey["labels"].starts_with("[\"T-shirt/top\","),
        "{}",
        grey["labels"]
    );

    let preprocess = Options {
        preprocess: true,
        ..Options::default()
    };
    let inside = metadata(&open("resnet20_fashion"), preprocess);
    assert_eq!(
        inside["preprocessing"],
        "The input is grey, from 0 to 255; the first nodes scale and standardise it."
    );

    let color = metadata(&open("resnet50"), Options::default());
    assert_eq!(color["colors"], "RGB");
    assert_eq!(color["mean"], "[0.485,0.456,0.406]");
    assert_eq!(
        color["image"],
        "shorter side to 256 (bilinear), centre crop 224×224"
    );
    assert_eq!([&color["count"], &color["macs"]], ["conv+fc", "4089184256"]);
    assert!(
        color["source"]
            .contains("2015, https://arxiv.org/abs/1512.03385, resnet50 of resnet-explore")
    );
}

#[test]
fn half_precision_halves_the_weights_and_refuses_numbers_beyond_its_range() {
    struct Huge;
    impl WeightSource for Huge {
        fn tensor(&self, name: &str, dims: &[usize]) -> Result<ndarray::ArrayD<f32>, WeightError> {
            let value = if name == "layer3.0.bn1.running_var" {
                7e4
            } else {
                1.0
            };
            Ok(ndarray::ArrayD::from_elem(dims, value))
        }
        fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
            None
        }
        fn label(&self) -> String {
            "huge".to_owned()
        }
    }
    let half = Options {
        element: Element::Half,
        ..Options::default()
    };
    let model = open("resnet20_cifar");
    let graph = written(&model, half);
    let floats = |tensor: &&TensorProto| tensor.data_type != I64;
    let mut tensors = graph.initializer.iter().filter(floats);
    assert!(tensors.all(|tensor| tensor.data_type == F16));
    let tensor = graph.initializer.last().expect("a weight");
    let count: i64 = tensor.dims.iter().product();
    assert_eq!(i64::try_from(tensor.raw_data.len()), Ok(2 * count));
    let kind = |value: &ValueInfoProto| {
        value
            .r#type
            .as_ref()?
            .tensor_type
            .as_ref()
            .map(|kind| kind.elem_type)
    };
    assert_eq!(
        [kind(&graph.input[0]), kind(&graph.output[0])],
        [Some(F32); 2]
    );
    assert!(
        graph
            .value_info
            .iter()
            .all(|value| kind(value) == Some(F16))
    );

    let mut bytes = Vec::new();
    let error = onnx(&model, half)
        .write(&Huge, &mut bytes)
        .expect_err("beyond the range");
    let OnnxError::Overflow { tensor, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(tensor, "layer3.0.bn1.running_var");
}

#[test]
fn a_graph_for_any_size_is_the_same_at_every_size_that_it_states() {
    let any = Options {
        any_size: true,
        ..Options::default()
    };
    let sizes = |name: &str| {
        let model = open(name);
        let own = model.network.reads().and_then(Shape::size).expect("a map");
        let at = |size| {
            let other = model.at_size(size);
            if has_errors(&other.problems) {
                let part = "illegal".to_owned();
                return Err(OneSize { part });
            }
            Ok(onnx(&other, any))
        };
        onnx(&model, any).sizes(own, at)
    };
    // A dilated or ceiling pool, grouped statistics and split attention fit every size; squares of pixels need whole squares.
    for name in [
        "resnet50",
        "resnet50d",
        "resnetv2_50d_gn",
        "skresnet18",
        "resnest50d",
        "ecaresnet50d",
    ] {
        assert_eq!(sizes(name), Ok(Multiple(1)), "{name}");
    }
    assert_eq!(sizes("tresnet_m"), Ok(Multiple(4)));
    // Unless the size is free, nothing changes.
    let graph = written(&open("resnet50d"), Options::default());
    assert!(
        graph
            .node
            .iter()
            .all(|node| node.attribute.iter().all(|own| own.name != "ceil_mode"))
    );
}

#[test]
fn a_model_beyond_two_gibibytes_is_refused_with_the_way_round_it() {
    let error = onnx(&open("resnetv2_152x4_bit"), Options::default())
        .write(&Synthetic { seed: 0 }, &mut std::io::sink())
        .expect_err("too large");
    assert!(matches!(error, OnnxError::TooLarge { .. }));
    assert!(
        resnet_explore::text::Language::ENGLISH
            .say(&error.message())
            .contains("--external-data"),
        "{error}"
    );
}

#[test]
fn pytorch_source_has_a_class_a_kind_of_block() {
    let source = pytorch::pytorch(&open("resnet152")).expect("it is whole");
    assert!(source.lines().count() < 120, "{source}");
    assert!(source.contains("*[Bottleneck(in_channels=1024, width=256) for _ in range(35)]"));
    assert!(
        source.contains(
            "self.conv2 = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False)"
        )
    );
    assert!(source.contains("shortcut = x if self.downsample is None else self.downsample(x)"));
}

/// Both formatters' defaults; `exports.py --style` asks the formatters themselves.
#[test]
fn pytorch_source_is_laid_out_and_named_for_readers() {
    for name in [
        "resnet50",
        "seresnet50",
        "skresnet18",
        "nf_resnet50",
        "pyramidnet110_a48",
        "res2net50_26w_4s",
        "ecaresnet50d_pruned",
        "keras_resnet50v2",
    ] {
        let source = pytorch::pytorch(&open(name)).expect("it is whole");
        let long: Vec<&str> = source
            .lines()
            .filter(|line| line.chars().count() > 88)
            .collect();
        assert!(long.is_empty(), "{name}: {long:?}");
        assert!(
            source.contains("def build(num_classes=1000):") || name.starts_with("pyramid"),
            "{name}"
        );
        assert!(source.contains("nn.init.kaiming_normal_(module.weight, mode=\"fan_out\""));
        // No argument is called by a mere number.
        let numbered = ["width_2", "channels_2", "stride_2", "padding_2"];
        assert!(
            !numbered.iter().any(|word| source.contains(word)),
            "{name}: {source}"
        );
    }
    let source = pytorch::pytorch(&open("seresnet50")).expect("it is whole");
    assert!(source.contains("def __init__(self, in_channels, squeeze_channels):"));
    assert!(source.contains("Bottleneck(in_channels=256, width=64, squeeze_channels=16)"));
    assert!(
        source.starts_with("\"\"\"SE-ResNet-50.\n\nPaper: Hu, "),
        "{source}"
    );
    assert!(source.contains("Cost: 28,088,024 parameters; "), "{source}");
    let source = pytorch::pytorch(&open("pyramidnet110_a48")).expect("it is whole");
    assert!(source.contains("for in_channels, width in [(16, 17), (17, 18), (18, 19), (19, 20)]"));
    let classes = Overrides {
        classes: Some(7),
        ..Overrides::default()
    };
    let model = lower::open("resnet18", &classes).expect("a network");
    assert!(
        pytorch::pytorch(&model)
            .expect("whole")
            .contains("def build(num_classes=7):")
    );
}

/// A network with the given stem, which may break no rule.
fn with_stem(layers: &str) -> Model {
    let text = format!("inherits = \"resnet18\"\n[stem]\nlayers = [{layers}]\n");
    let model = lower::open_text("odd.toml", &text, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    model
}

/// An export fails unless it has every tensor of its network, so a successful one is the proof: for names below a layer's,
/// and for names that Python, `nn.Module` or ONNX's graph use themselves.
#[test]
fn every_name_of_a_layer_is_kept() {
    let names = [
        "forward",
        "training",
        "half",
        "type",
        "to",
        "None",
        "class",
        "_modules",
        "__x",
        "a#2",
        "",
        "x y",
        "é",
        "width",
        "state_dict",
        "0",
        "items",
        "output",
        "weight",
    ];
    for name in names {
        for (conv, norm, pool) in [
            (name.to_owned(), format!("{name}.norm"), "p".to_owned()),
            (
                format!("s.{name}"),
                format!("s.{name}.weight"),
                "s".to_owned(),
            ),
            (format!("s.a.{name}"), format!("s.b.{name}"), "s".to_owned()),
        ] {
            let model = with_stem(&format!(
                "{{ conv = \"{conv}\", kernel = 3, out = 64 }}, {{ norm = \"{norm}\" }}, \
                 {{ max_pool = \"{pool}\", kernel = 3, stride = 2, padding = 1 }}, \
                 {{ max_pool = \"{pool}\", kernel = 2, stride = 1 }}"
            ));
            let source = pytorch::pytorch(&model).expect("whole");
            assert!(source.contains("nn.MaxPool2d(3") && source.contains("nn.MaxPool2d(2"));
            let graph = written(&model, Options::default());
            let values: Vec<&String> = graph.node.iter().flat_map(|node| &node.output).collect();
            let tensors = graph.initializer.iter().map(|tensor| &tensor.name);
            let once: BTreeSet<&String> = values.iter().copied().chain(tensors).collect();
            assert_eq!(once.len(), values.len() + graph.initializer.len(), "{conv}");
        }
    }
    let source = pytorch::pytorch(&with_stem(
        "{ conv = \"q\\u0007\\\"\\n\", kernel = 3, out = 64 }, { norm = \"\\u202e\" }, { act = \"relu\" }",
    ));
    let source = source.expect("whole");
    assert!(
        source.contains(r#"self.add_module("q\x07\"\n", "#),
        "{source}"
    );
    assert!(source.is_ascii() && !source.contains('\u{7}'));
}

#[test]
fn a_norm_below_its_convolution_comes_there_in_pytorch_too() {
    let layers = "{ conv = \"conv1\", kernel = 7, out = 64, stride = 2 }, { norm = \"conv1.norm\" }, { act = \"relu\" }";
    let source = pytorch::pytorch(&with_stem(layers)).expect("whole");
    assert!(source.contains("        self.conv1.norm = nn.BatchNorm2d(64)\n"));
    assert!(source.contains("torch.relu(self.conv1.norm(self.conv1(x)))"));
}

#[test]
fn a_title_that_python_owns_names_no_class_and_ends_no_docstring() {
    for (title, class) in [
        ("nn", "Odd"),
        ("None", "Odd"),
        ("range", "Odd"),
        ("Bottleneck", "Bottleneck2"),
        ("a\\\"\\\"\\\"\\nb", "anb"),
    ] {
        let text = format!("inherits = \"resnet50\"\ntitle = \"{title}\"\n");
        let model = lower::open_text("odd.toml", &text, &Overrides::default());
        let source = pytorch::pytorch(&model).expect("whole");
        let first = source.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("\"\"\"") && !first[3..].contains("\"\"\""),
            "{first}"
        );
        let class = if title.starts_with('a') { "ab" } else { class };
        assert!(
            source.contains(&format!("    model = {class}(num_classes)\n")),
            "{title}: {source}"
        );
    }
}

#[test]
fn weights_beyond_what_a_disk_holds_are_refused_before_a_file_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("wide.toml");
    let text = "inherits = \"resnet50\"\nwidths = [262144, 262144, 262144, 262144]\n";
    std::fs::write(&spec, text).expect("a spec");
    let to = folder.path().join("wide.onnx");
    let (spec, to) = (spec.to_str().expect("UTF-8"), to.to_str().expect("UTF-8"));
    let (code, _, notice) = run(&["export", spec, "--to", "onnx", "--external-data", "-o", to]);
    assert_eq!(code, Some(1));
    assert!(
        notice.contains("beyond the limit of 17179869184 (16 GiB)"),
        "{notice}"
    );
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count(),
        1
    );
}

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .output()
        .expect("the binary runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn a_budget_that_is_exceeded_fails_in_every_format() {
    for format in [
        "text", "json", "csv", "markdown", "junit", "sarif", "github",
    ] {
        let over = run(&[
            "check",
            "resnet18",
            "--max-params",
            "11M",
            "--format",
            format,
        ]);
        assert_eq!(over.0, Some(1), "{format}");
        assert!(over.1.contains("budget-params"), "{format}: {}", over.1);
        let within = run(&[
            "check",
            "resnet18",
            "--max-params",
            "12M",
            "--format",
            format,
        ]);
        assert_eq!(within.0, Some(0), "{format}");
    }
    // fvcore counts 1.82 G for ResNet-18, conv+fc 1.81 G.
    let by = |rule| {
        run(&[
            "check",
            "resnet18",
            "--max-macs",
            "1.8145G",
            "--count",
            rule,
        ])
        .0
    };
    assert_eq!((by("conv+fc"), by("fvcore")), (Some(0), Some(1)));
    assert_eq!(
        run(&["check", "resnet18", "--max-params", "many"]).0,
        Some(2)
    );
}

#[test]
fn a_picture_is_coloured_by_the_time_of_a_pass() {
    for form in ["svg", "dot"] {
        let (code, picture, _) = run(&[
            "export",
            "resnet20_fashion",
            "--to",
            form,
            "--color-by",
            "time",
        ]);
        assert_eq!(code, Some(0));
        assert!(
            picture.contains(" ms") && picture.contains("median of 5 passes, "),
            "{form}"
        );
        // One layer took the longest, and none took everything.
        let darkest = if form == "svg" {
            "class=\"b q7\""
        } else {
            "#084594"
        };
        let lightest = if form == "svg" {
            "class=\"b q0\""
        } else {
            "#f7fbff"
        };
        assert!(
            picture.contains(darkest) && picture.contains(lightest),
            "{form}"
        );
    }
}

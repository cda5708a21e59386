//! Data of the page: the edges that its program draws are the network's, equal blocks are stored once, and nothing is lost.

use std::collections::BTreeMap;

use resnet_explore::export::html;
use resnet_explore::export::style::Theme;
use resnet_explore::report::{Subject, network::formula, network::json};
use resnet_explore::text::Language;
use serde_json::Value;

use super::drawing::{Drawing, Line, Rect};
use super::edges::{every_subject, of_text};
use super::subject;

/// Data of a page.
fn data(subject: &Subject) -> Value {
    let page = html::html(subject, None, Theme::Auto, Language::ENGLISH).expect("a page");
    let data = page
        .split_once("id=\"data\">")
        .and_then(|(_, rest)| rest.split_once("</script>"));
    serde_json::from_str(data.expect("the data").0).expect("JSON")
}

fn list(value: &Value) -> &Vec<Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("no list: {value}"))
}

fn rect(sign: &Value) -> Rect {
    let at: Vec<f64> = list(&sign["at"]).iter().filter_map(Value::as_f64).collect();
    Rect {
        x: at[0],
        y: at[1],
        width: at[2],
        height: at[3],
        round: sign["round"] == true,
    }
}

fn line(corners: &Value) -> Line {
    let numbers: Vec<f64> = list(corners).iter().filter_map(Value::as_f64).collect();
    numbers
        .chunks(2)
        .map(|corner| (corner[0], corner[1]))
        .collect()
}

/// Edges between the layers of each piece, and from the layer before it, which is `None`.
fn edges_of_pieces(net: &Value, name: &str) -> Vec<Vec<(Option<usize>, usize)>> {
    let edges = |piece: &Value| {
        let picture = &piece["picture"];
        let drawing = Drawing {
            entry: picture
                .get("entry")
                .filter(|entry| !entry.is_null())
                .map(rect),
            boxes: list(&picture["boxes"]).iter().map(rect).collect(),
            lines: list(&picture["edges"])
                .iter()
                .map(|edge| line(&edge[1]))
                .collect(),
        };
        assert_eq!(drawing.boxes.len(), list(&piece["layers"]).len(), "{name}");
        let exit = drawing.at(line(&picture["exit"])[0]);
        assert_eq!(exit, Ok(Some(drawing.boxes.len() - 1)), "{name}");
        let mut edges = drawing
            .edges()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        edges.sort_unstable();
        edges
    };
    list(&net["pieces"]).iter().map(edges).collect()
}

#[test]
fn every_line_of_the_page_is_an_edge_and_every_edge_a_line() {
    let mut replayed = 0;
    for subject in every_subject() {
        let name = &subject.model.spec.name;
        let network = &subject.model.network;
        let data = data(&subject);
        let net = &data["networks"][0];
        let pieces = edges_of_pieces(net, name);
        let mut start = 0;
        for part in list(&net["parts"]) {
            let number = part["piece"].as_u64().expect("a number") as usize;
            let count = list(&net["pieces"][number]["layers"]).len();
            // An arrow connects two parts: the second reads the last layer of the first, and nothing further back.
            let mut expected: Vec<(Option<usize>, usize)> = Vec::new();
            for id in network.ids_at(start..start + count) {
                for from in network.inputs(id) {
                    assert!(from.index() + 1 >= start, "{name}: {}", network[id].path);
                    expected.push((from.index().checked_sub(start), id.index() - start));
                }
            }
            expected.sort_unstable();
            assert_eq!(pieces[number], expected, "{name} {part}");
            assert_eq!(
                start > 0,
                expected.iter().any(|(from, _)| from.is_none()),
                "{name} {part}"
            );
            replayed += expected.len();
            start += count;
        }
        assert_eq!(start, network.len(), "{name}");
    }
    assert!(replayed > 75_000, "{replayed}");
}

/// A layer of a page: its name, the layer of its piece, and its operands and receptive field in absolute terms.
type Spread<'n> = (String, &'n Value, Vec<usize>, Option<[[i128; 3]; 2]>);

/// Layers of a page's network, expanded as by its program.
fn spread(net: &Value) -> Vec<Spread<'_>> {
    let whole = |value: &Value| -> i128 {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        text.parse().expect("a whole number")
    };
    let mut layers = Vec::new();
    for part in list(&net["parts"]) {
        let start = layers.len();
        for layer in
            list(&net["pieces"][part["piece"].as_u64().expect("a number") as usize]["layers"])
        {
            let module = layer["module"].as_str().expect("a path");
            let group = part["group"].as_str().filter(|_| module.starts_with('.'));
            let call = layer
                .get("call")
                .map_or_else(String::new, |call| format!("#{call}"));
            let reads = list(&layer["reads"]).iter().filter_map(Value::as_i64);
            let id = |from: i64| start.checked_add_signed(from.try_into().ok()?);
            let sees = layer["sees"].as_array().map(|axes| {
                let fields = list(&part["field"]);
                let spans = axes.iter().enumerate().map(|(axis, sees)| {
                    let field = &fields[axis.min(fields.len() - 1)];
                    [
                        whole(&field[0]) + whole(&sees[0]),
                        whole(&field[1]) + whole(&sees[1]),
                        whole(&sees[2]),
                    ]
                });
                let spans: Vec<[i128; 3]> = spans.collect();
                // A square field is stored once.
                [spans[0], spans[spans.len() - 1]]
            });
            layers.push((
                format!("{}{module}{call}", group.unwrap_or_default()),
                layer,
                reads.map(|from| id(from).expect("a layer")).collect(),
                sees,
            ));
        }
    }
    layers
}

#[test]
fn the_page_stores_equal_blocks_once_and_loses_nothing() {
    for name in [
        "resnet152",
        "res2net50_26w_4s",
        "preact_resnet164_cifar",
        "ecaresnet101d_pruned",
        "resnet1202_cifar",
    ] {
        let subject = subject(name);
        let network = &subject.model.network;
        let data = data(&subject);
        let net = &data["networks"][0];
        let layers = spread(net);
        assert_eq!(layers.len(), network.len());
        for (id, (path, layer, reads, sees)) in network.ids().zip(layers) {
            let (node, row) = (&network[id], json::layer(&subject, id));
            assert_eq!(path, node.path.to_string());
            assert_eq!(
                layer["summary"],
                Language::ENGLISH.say(&node.layer.summary())
            );
            assert_eq!(layer["op"], row.op);
            assert_eq!(layer["kind"], node.layer.category().name());
            assert_eq!(layer["output"], serde_json::json!(row.output));
            assert_eq!(layer["params"].as_u64().map(u128::from), Some(row.params));
            assert_eq!(layer["macs"].as_u64().map(u128::from), Some(row.macs));
            let inputs: Vec<usize> = network.inputs(id).iter().map(|from| from.index()).collect();
            assert_eq!(reads, inputs);
            let field = subject.analysis.receptive_field[id];
            assert_eq!(
                sees,
                field.map(|field| field.axes.map(|span| [span.start, span.end, span.stride]))
            );
            let parameters: Vec<(String, Value)> = list(&layer["parameters"])
                .iter()
                .map(|parameter| {
                    let name = parameter[0].as_str().expect("a name");
                    (node.path.parameter(name), parameter[1].clone())
                })
                .collect();
            let expected: Vec<(String, Value)> = row
                .parameters
                .into_iter()
                .map(|row| (row.name, serde_json::json!(row.shape)))
                .collect();
            assert_eq!(parameters, expected);
            let mut notice: BTreeMap<String, String> = list(&layer["formulas"])
                .iter()
                .map(|text| &net["texts"][text.as_u64().expect("a number") as usize])
                .map(|text| {
                    (
                        text[0].as_str().expect("a label").to_owned(),
                        text[1].as_str().expect("a text").to_owned(),
                    )
                })
                .collect();
            if let Some([[start, end, stride], _]) = sees {
                let form = usize::from(end == start) + 2 * usize::from(stride == 1);
                let sentence = data["field"][1][form].as_str().expect("a sentence");
                let numbers = [
                    ("{size}", end - start + 1),
                    ("{stride}", stride),
                    ("{start}", start),
                    ("{end}", end),
                ];
                let sentence = numbers
                    .into_iter()
                    .fold(sentence.to_owned(), |text, (place, number)| {
                        text.replace(place, &number.to_string())
                    });
                let label = data["field"][0][0].as_str().expect("a label");
                notice.insert(label.to_owned(), sentence);
            }
            let formulas = formula::formulas(&subject, id);
            let expected: BTreeMap<String, String> = formulas
                .into_iter()
                .filter(|line| line.label.id != "label-rule")
                .map(|line| [line.label, line.text].map(|text| Language::ENGLISH.say(&text)))
                .map(|[label, text]| (label, text))
                .collect();
            assert_eq!(notice, expected, "{path}");
        }
    }
    // The first block of a stage, its other blocks, and the layers outside blocks; the field grows from the second block to
    // the third as from the first to the second.
    let data = data(&subject("resnet1202_cifar"));
    assert!(list(&data["networks"][0]["pieces"]).len() < 12);
}

/// Size of a page in bytes, which must not grow faster than its content.
fn bytes(text: &str) -> usize {
    let subject = of_text(text);
    let page = html::html(&subject, None, Theme::Auto, Language::ENGLISH);
    page.unwrap_or_else(|error| panic!("{error}")).len()
}

#[test]
fn a_page_of_very_many_blocks_is_small() {
    let deep = |blocks: &str| {
        bytes(&format!(
            "inherits = \"resnet20_cifar\"\nblocks = {blocks}\n"
        ))
    };
    let (one, two, four) = (
        deep("[2000, 2000, 96]"),
        deep("[4000, 4000, 96]"),
        deep("[8000, 8192, 192]"),
    );
    // A block equal to others adds its name and the field of its first layer, and no layer, box or line.
    let a_block = (four - two) / (8000 + 8192 + 192 - 8096);
    assert!(a_block < 120, "{a_block} bytes for a block");
    assert!(two < 2 * one && four < 1_600_000, "{one}, {two}, {four}");
}

#[test]
fn a_page_of_very_many_unlike_layers_grows_as_they_do() {
    // No two consecutive layers are equal, and all are in one part.
    let long = |count: usize| {
        let layers: Vec<String> = (0..count)
            .map(|i| format!("{{ conv = \"c{i}\", kernel = 1, out = {} }}", 8 + i % 57))
            .collect();
        bytes(&format!(
            "inherits = \"resnet20_cifar\"\n[stem]\nlayers = [{}, {{ conv = \"conv1\", kernel = 3, out = 16 }}]\n",
            layers.join(", ")
        ))
    };
    let (one, two) = (long(4000), long(8000));
    let a_layer = (two - one) / 4000;
    assert!(a_layer < 900, "{a_layer} bytes for a layer");
    assert!(two < 2 * one, "{one} and {two} bytes");
}

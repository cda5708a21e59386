//! Random networks of every unit and every block: the compiled pass on every kind of kernel, with one thread and two, and the
//! stepped one, against the plain pass in double precision, each map in memory of its own between numbers that are none.
//!
//! `RESNET_EXPLORE_NETWORKS` says how many, `RESNET_EXPLORE_SEED` from which on, and `RESNET_EXPLORE_APART` how many numbers stand
//! at each side of a map (0 where a tool watches the memory itself).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Precision, Session, Tensor,
};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{Layer, LayerId, Network, check};
use resnet_explore::weights::{Synthetic, synthetic_input};

/// A generator of numbers that are the same on every machine (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// One time in so many.
    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Channels: tiny, odd, of whole blocks and beside them.
    fn channels(&mut self) -> u64 {
        match self.below(4) {
            0 => 1 + self.below(5),
            1 => self.of(&[8, 12, 16, 24, 32, 48]),
            2 => self.of(&[15, 17, 31, 33, 34, 47]),
            _ => 1 + self.below(40),
        }
    }

    fn side(&mut self) -> u64 {
        match self.below(8) {
            0 => 1,
            1 => 1 + self.below(4),
            2 => 7,
            _ => 1 + self.below(34),
        }
    }
}

/// A spec under construction.
struct Spec<'a> {
    numbers: &'a mut Numbers,
    names: usize,
}

impl Spec<'_> {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    /// A convolution that puts out `out`, a number or a calculation; `shape` is whether it may change the map's size.
    fn conv(&mut self, out: &str, shape: bool) -> String {
        let name = self.name();
        let n = &mut *self.numbers;
        let kernel = n.of(&[1, 1, 1, 2, 3, 3, 3, 4, 5, 6, 7]);
        let mut text = format!("{{ conv = \"{name}\", kernel = {kernel}, out = {out}");
        let dilation = n.of(&[1, 1, 1, 2, 3]);
        if shape {
            if n.one_in(3) {
                text += ", padding = \"same\"";
            } else if n.one_in(2) {
                let _ = write!(text, ", padding = {}", n.below(kernel / 2 + 2));
            } else if kernel % 2 == 0 {
                let _ = write!(text, ", padding = {}", kernel / 2);
            }
            let _ = write!(text, ", stride = {}", n.of(&[1, 1, 2, 2, 3, 4]));
        } else if kernel % 2 == 0 {
            text += ", padding = \"same\"";
        }
        if dilation > 1 {
            let _ = write!(text, ", dilation = {dilation}");
        }
        if n.one_in(4) {
            text += ", bias = true";
        }
        text + " }"
    }

    /// A layer that keeps the number of channels, and the map's size unless `shape` says that it may change.
    fn layer(&mut self, shape: bool) -> String {
        let name = self.name();
        let n = &mut *self.numbers;
        let kernel = n.of(&[1, 2, 3, 4, 5]);
        let stride = if shape { n.of(&[1, 2, 3]) } else { 1 };
        let padding = if shape {
            n.below(kernel / 2 + 1).to_string()
        } else {
            "\"same\"".to_owned()
        };
        let rounding = if padding != "\"same\"" && n.one_in(3) {
            ", rounding = \"ceil\""
        } else {
            ""
        };
        match n.below(if shape { 16 } else { 12 }) {
            0 => format!("{{ norm = \"{name}\" }}"),
            1 | 2 => format!("{{ act = \"{name}\" }}"),
            3 => format!("{{ norm_act = \"{name}\" }}"),
            4 => format!("{{ sigmoid = \"{name}\" }}"),
            5 => format!("{{ attention = \"{name}\" }}"),
            6 => format!(
                "{{ channel_conv = \"{name}\", kernel = {} }}",
                n.of(&[1, 3, 5])
            ),
            7 => {
                let reduced = n.channels();
                format!(
                    "{{ gate = \"{name}\", layers = [{{ global_avg_pool = \"p\" }}, {{ conv = \"a\", kernel = 1, out = {reduced}, bias = true }}, {{ act = \"r\" }}, {{ conv = \"b\", kernel = 1, out = \"in\" }}, {{ sigmoid = \"s\" }}] }}"
                )
            }
            8 => format!(
                "{{ conv = \"{name}\", kernel = {}, out = \"in\", groups = \"in\" }}",
                n.of(&[1, 3, 5])
            ),
            9 => self.conv("\"in\"", shape),
            10 => format!(
                "{{ max_pool = \"{name}\", kernel = {kernel}, stride = {stride}, padding = {padding}{rounding} }}"
            ),
            11 => format!(
                "{{ avg_pool = \"{name}\", kernel = {kernel}, stride = {stride}, padding = {padding}{rounding} }}"
            ),
            12 => format!(
                "{{ blur_pool = \"{name}\", kernel = {}, stride = {stride} }}",
                n.of(&[2, 3, 4, 5])
            ),
            13 => format!("{{ constant_pad = \"{name}\", padding = {} }}", n.below(4)),
            14 => {
                let out = n.channels();
                format!("{{ pad_shortcut = \"{name}\", out = \"in + {out}\", stride = {stride} }}")
            }
            _ => format!(
                "{{ avg_pool = \"{name}\", kernel = {kernel}, stride = {stride}, padding = {}, count_include_pad = false }}",
                n.below(kernel / 2 + 1)
            ),
        }
    }

    /// A layer with structure of its own, which puts out `out`.
    fn unit(&mut self, out: u64, stride: &str) -> String {
        let name = self.name();
        let n = &mut *self.numbers;
        let reduced = n.channels();
        match n.below(4) {
            0 => format!(
                "{{ split_attention = \"{name}\", out = {out}, reduced = {reduced}, radix = {}, stride = {stride} }}",
                n.of(&[1, 2, 2, 3])
            ),
            1 => format!(
                "{{ selective_kernel = \"{name}\", out = {out}, reduced = {reduced}, stride = {stride} }}"
            ),
            2 => format!(
                "{{ conv = \"{name}e\", kernel = 1, out = {} }}, {{ res2net = \"{name}\", norms = \"{name}n\", scale = {}, stride = {stride}, first = \"(stride > 1) + (in != out)\" }}, {{ conv = \"{name}c\", kernel = 1, out = {out} }}",
                12 * (1 + n.below(4)),
                n.of(&[2, 3, 4])
            ),
            _ => {
                let groups = n.of(&[2, 3, 4, 8, 32]);
                let (a, b) = (groups * (1 + n.below(5)), groups * (1 + n.below(5)));
                format!(
                    "{{ conv = \"{name}\", kernel = 1, out = {a} }}, {{ conv = \"{name}g\", kernel = 3, out = {b}, groups = {groups}, stride = {stride} }}, {{ conv = \"{name}c\", kernel = 1, out = {out} }}"
                )
            }
        }
    }

    fn list(&mut self, most: u64, shape: bool) -> String {
        let count = self.numbers.below(most + 1);
        (0..count).map(|_| self.layer(shape) + ", ").collect()
    }

    /// A block of its own, and its name.
    fn own_block(&mut self) -> String {
        let out = self.numbers.channels();
        let mut main = self.list(1, false);
        main += &if self.numbers.one_in(2) {
            self.unit(out, "\"stride\"")
        } else {
            let name = self.name();
            let kernel = self.numbers.of(&[1, 3, 5]);
            format!("{{ conv = \"{name}\", kernel = {kernel}, out = {out}, stride = \"stride\" }}")
        };
        main += ", ";
        main += &self.list(2, false);
        let (before, after) = (self.list(1, false), self.list(1, false));
        let shortcut = self.numbers.of(&[
            "projection",
            "bare_projection",
            "preact_projection",
            "average_pool_projection",
            "projection_everywhere",
        ]);
        format!(
            "[define.blocks.own]\nout = {out}\nbefore = [{before}]\nmain = [{main}]\nshortcut = \"{shortcut}\"\nafter_add = [{after}]\n"
        )
    }

    fn text(&mut self) -> String {
        const BLOCKS: [&str; 18] = [
            "basic",
            "basic_average_pool",
            "basic_blur",
            "basic_senet",
            "bottleneck",
            "bottleneck_average_pool",
            "bottleneck_blur",
            "bottleneck_pruned",
            "bottleneck_senet",
            "bottleneck_v1",
            "norm_act_basic",
            "norm_act_bottleneck",
            "preact_basic",
            "preact_bottleneck",
            "res2net_bottleneck",
            "resnest_bottleneck",
            "selective_kernel_basic",
            "selective_kernel_bottleneck",
        ];
        let n = &mut *self.numbers;
        let input = [n.channels().min(20), n.side(), n.side()];
        let stages = 1 + n.below(2);
        let per_stage = |n: &mut Numbers, one: &dyn Fn(&mut Numbers) -> u64| {
            (0..stages)
                .map(|_| one(n).to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let blocks = per_stage(n, &|n| 1 + n.below(2));
        let widths = per_stage(n, &|n| match n.below(2) {
            0 => n.of(&[4, 8, 16, 32, 64]),
            _ => n.channels(),
        });
        let strides = per_stage(n, &|n| n.of(&[1, 2, 2, 3]));
        let own = n.one_in(2);
        let block = if own { "own" } else { n.of(&BLOCKS) };
        let norm = n.of(&[
            "",
            "",
            "kind = \"group\"\ngroups = 1",
            "kind = \"evo_s0\"\ngroups = 1",
            "kind = \"filter_response\"",
        ]);
        let attention = n.of(&[
            "",
            "",
            "attention = \"squeeze_excite\"",
            "attention = \"efficient_channel\"",
            "attention = \"squeeze_excite_senet\"",
        ]);
        let standardize = if n.one_in(8) {
            "[conv]\nstandardize = 0.00001\n"
        } else {
            ""
        };
        let mut stem = String::new();
        for _ in 0..1 + self.numbers.below(2) {
            let out = self.numbers.channels().to_string();
            stem += &(self.conv(&out, true) + ", ");
            stem += &self.list(2, true);
        }
        let defined = if own { self.own_block() } else { String::new() };
        let head = match self.numbers.below(4) {
            0 => self.conv("\"classes\"", false) + ", { global_avg_pool = \"p\" }, { flatten = \"f\" }",
            1 => "{ flatten = \"f\" }, { linear = \"a\", out = 21 }, { act = \"r\" }, { linear = \"b\", out = \"classes\" }, { sigmoid = \"s\" }".to_owned(),
            2 => "{ mean = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\", bias = false }".to_owned(),
            _ => "{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }".to_owned(),
        };
        let classes = 1 + self.numbers.below(40);
        format!(
            "input = {input:?}\nclasses = {classes}\nblock = \"{block}\"\nblocks = [{blocks}]\nwidths = [{widths}]\nstrides = [{strides}]\n{attention}\n[stem]\nlayers = [{stem}]\n[head]\nlayers = [{head}]\n[norm]\n{norm}\n{standardize}{defined}"
        )
    }
}

/// The largest difference of a number from the right one, in parts of the layer's rms; infinite where one is no number.
fn apart(found: &Tensor, right: &Tensor) -> f64 {
    assert_eq!(found.shape(), right.shape());
    let squares: f64 = right.iter().map(|&y| f64::from(y).powi(2)).sum();
    let rms = (squares / right.len() as f64).sqrt().max(1e-3);
    let differences = found.iter().zip(right).map(|(a, b)| f64::from(a - b).abs());
    let worst = differences.fold(0.0, |most: f64, each| {
        if each.is_nan() {
            f64::INFINITY
        } else {
            most.max(each)
        }
    });
    worst / rms
}

fn values(network: &Network, session: &mut Session) -> Vec<Tensor> {
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    let of = |id: LayerId| session.value(id).expect("it ran").clone();
    network.ids().map(of).collect()
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().expect("a number"))
}

/// A network is right on one kind of kernel where no number of it is more than this many times as far off as the plain kernels'
/// worst in single precision, or than 2e-5 of its layer's rms.
const TIMES: f64 = 16.0;

/// Passes in single precision whose worst is taken, the input of each but the first an ulp beside itself.
const ROUNDINGS: usize = 6;

fn holds(seed: u64, text: &str, network: &Arc<Network>, largest: &mut BTreeMap<String, f64>) {
    let mut numbers = Numbers(seed ^ 0x5EED);
    let images = 1 + numbers.below(3) as usize;
    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, node)| &node.layer)
    else {
        panic!("no input");
    };
    let shape = [images as u64, *channels, size[0], size[1]].map(|n| n as usize);
    let input: Array4<f32> = synthetic_input(seed, &shape)
        .into_dimensionality()
        .expect("maps");
    let input = Input::Prepared(input);
    let weights = LoadedWeights::load(network, &Synthetic { seed }).expect("any weights");
    let begun = |input: &Input| {
        Session::new(
            Arc::clone(network),
            Arc::clone(&weights),
            input.clone(),
            Mode::Inference,
            Keep::Everything,
        )
        .expect("a legal network")
    };
    let session = || begun(&input);
    let precise = |input: &Input, precision| {
        let mut session = begun(input).in_precision(precision).expect("room");
        values(network, &mut session)
    };
    let right = precise(&input, Precision::Double);
    if right
        .iter()
        .any(|value| value.iter().any(|x| !x.is_finite()))
    {
        return;
    }
    // One pass may be right by luck: several round in different places.
    let mut off = vec![0.0_f64; right.len()];
    for turn in 0..ROUNDINGS {
        let own = match &input {
            Input::Prepared(array) if turn > 0 => Input::Prepared(array.mapv(|x| {
                let up = numbers.one_in(2);
                x * if up {
                    1.0 + f32::EPSILON
                } else {
                    1.0 - f32::EPSILON
                }
            })),
            _ => input.clone(),
        };
        for ((off, single), right) in off
            .iter_mut()
            .zip(precise(&own, Precision::Single))
            .zip(&right)
        {
            *off = off.max(apart(&single, right));
        }
    }
    let mut bounds = Vec::new();
    let mut worst = 0.0_f64;
    for off in off {
        worst = worst.max(off);
        bounds.push((TIMES * worst).max(2e-5));
    }
    let mut held = |way: &str, id: LayerId, found: &Tensor| {
        let off = apart(found, &right[id.index()]);
        let most = largest.entry(way.to_owned()).or_default();
        if bounds[id.index()] <= 2e-5 {
            *most = most.max(off);
        }
        assert!(
            off <= bounds[id.index()],
            "network {seed} of {images} images, {way}: `{}` is {off:e} off, beyond {:e}\n{text}",
            network[id].path,
            bounds[id.index()]
        );
    };
    let border = number("RESNET_EXPLORE_APART", 64) as usize;
    let sink = network.sink().expect("a whole network");
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        for threads in [1, 2] {
            for (way, winograd, each_layer) in [
                ("fused", true, false),
                ("direct", false, false),
                ("each layer", true, true),
            ] {
                let options = Options {
                    batch: images,
                    threads,
                    isa,
                    winograd,
                    each_layer,
                    apart: Some(border),
                };
                let mut compiled = match Compiled::new(Arc::clone(network), &*weights, options) {
                    Ok(compiled) => compiled,
                    Err(error) => panic!("network {seed}, {isa} {way}: {error}\n{text}"),
                };
                let way = format!("{isa} {way}");
                if each_layer {
                    let watched = compiled.watch(&input, &mut |id, value| {
                        held(&way, id, value);
                        ControlFlow::Continue(())
                    });
                    assert_eq!(watched, Ok(ControlFlow::Continue(())));
                } else {
                    held(
                        &way,
                        sink,
                        &compiled.run(&input).expect("an input that fits"),
                    );
                }
            }
            let way = format!("{isa} stepped");
            let mut stepped = session().with_kernels(isa, threads);
            for (id, value) in network.ids().zip(values(network, &mut stepped)) {
                held(&way, id, &value);
            }
        }
        // In one memory, twice: the second pass finds what the first left there.
        let options = Options {
            batch: images,
            threads: 1,
            isa,
            ..Options::default()
        };
        let mut compiled =
            Compiled::new(Arc::clone(network), &*weights, options).expect("as above");
        for _ in 0..2 {
            held(
                &format!("{isa} shared"),
                sink,
                &compiled.run(&input).expect("an input that fits"),
            );
        }
    }
}

#[test]
fn random_networks_are_what_the_plain_kernels_make_them() {
    let (wanted, mut seed) = (
        number("RESNET_EXPLORE_NETWORKS", 200),
        number("RESNET_EXPLORE_SEED", 0),
    );
    let mut largest = BTreeMap::new();
    let mut units: BTreeMap<String, u64> = BTreeMap::new();
    let (mut made, mut refused) = (0, 0);
    while made < wanted {
        let text = Spec {
            numbers: &mut Numbers(seed),
            names: 0,
        }
        .text();
        let model = open_text("random.toml", &text, &Overrides::default());
        let network = Arc::new(model.network.clone());
        let small = network.ids().count() > 0 && {
            let (shapes, _) = check::shapes(&network);
            network
                .ids()
                .all(|id| shapes[id].is_some_and(|shape| shape.elements() < 200_000))
        };
        if check::check(&network).is_empty() && network.sink().is_some() && small {
            holds(seed, &text, &network, &mut largest);
            made += 1;
            for (_, node) in network.nodes() {
                let name = format!("{:?}", node.layer);
                let end = name
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(name.len());
                *units.entry(name[..end].to_owned()).or_default() += 1;
            }
        } else {
            refused += 1;
        }
        seed += 1;
        assert!(
            refused < 20 * (made + 20),
            "the generator makes hardly a legal network: {refused} refused, {made} made\n{text}"
        );
    }
    println!("{made} networks, {refused} refused by `check`; layers: {units:?}");
    for (way, off) in &largest {
        println!("{way:24} {off:.1e}");
    }
}

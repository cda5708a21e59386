//! Random specs of every unit, every block and every kind of normalisation.

use std::fmt::Write as _;

/// A generator of numbers that are the same on every machine (splitmix64).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// True with a probability of one in `times`.
    pub(super) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Channels: tiny, odd, of whole blocks and near them.
    fn channels(&mut self) -> u64 {
        match self.below(4) {
            0 => 1 + self.below(5),
            1 => self.of(&[8, 12, 16, 24, 32, 48]),
            2 => self.of(&[15, 17, 31, 33, 34, 47]),
            _ => 1 + self.below(40),
        }
    }

    /// Two numbers, which differ in one case of three.
    pub(super) fn pair(&mut self, one: impl Fn(&mut Self) -> u64) -> [u64; 2] {
        let height = one(self);
        let width = if self.one_in(3) { one(self) } else { height };
        [height, width]
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

/// Kinds of activations with their settings.
const KINDS: [&str; 11] = [
    "",
    ", kind = \"relu6\"",
    ", kind = \"leaky_relu\", slope = 0.3",
    ", kind = \"prelu\"",
    ", kind = \"prelu\", weights = \"channels\"",
    ", kind = \"elu\", alpha = 0.8",
    ", kind = \"silu\"",
    ", kind = \"gelu\"",
    ", kind = \"gelu\", approximate = \"tanh\"",
    ", kind = \"hard_swish\"",
    ", kind = \"tanh\"",
];

/// A pair as written in a spec.
fn written([height, width]: [u64; 2]) -> String {
    if height == width {
        height.to_string()
    } else {
        format!("[{height}, {width}]")
    }
}

/// A spec under construction.
pub(super) struct Spec<'a> {
    numbers: &'a mut Numbers,
    names: usize,
}

impl Spec<'_> {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    /// A convolution with `out` output channels, a number or a calculation; `shape` is whether it may change the map's size.
    fn conv(&mut self, out: &str, shape: bool) -> String {
        let name = self.name();
        let n = &mut *self.numbers;
        let kernel = n.pair(|n| n.of(&[1, 1, 1, 2, 3, 3, 3, 4, 5, 6, 7]));
        let mut text = format!(
            "{{ conv = \"{name}\", kernel = {}, out = {out}",
            written(kernel)
        );
        let dilation = n.pair(|n| n.of(&[1, 1, 1, 2, 3]));
        let is_even = kernel.iter().any(|side| side.is_multiple_of(2));
        if shape {
            if n.one_in(3) {
                text += ", padding = \"same\"";
            } else if n.one_in(2) {
                let padding = kernel.map(|side| n.below(side / 2 + 2));
                let _ = write!(text, ", padding = {}", written(padding));
            } else if is_even {
                let _ = write!(text, ", padding = {}", written(kernel.map(|side| side / 2)));
            }
            let stride = n.pair(|n| n.of(&[1, 1, 2, 2, 3, 4]));
            let _ = write!(text, ", stride = {}", written(stride));
        } else if is_even {
            text += ", padding = \"same\"";
        }
        if dilation != [1; 2] {
            let _ = write!(text, ", dilation = {}", written(dilation));
        }
        if n.one_in(4) {
            text += ", bias = true";
        }
        text + " }"
    }

    /// A layer that keeps the number of channels, and the map's size unless `shape` allows a change.
    #[expect(clippy::too_many_lines, reason = "one arm for each unit")]
    fn layer(&mut self, shape: bool) -> String {
        let name = self.name();
        let n = &mut *self.numbers;
        let sides = n.pair(|n| n.of(&[1, 2, 3, 4, 5]));
        let kernel = written(sides);
        let steps = n.pair(|n| n.of(&[1, 2, 3]));
        let (stride, one) = if shape {
            (written(steps), steps[0])
        } else {
            ("1".to_owned(), 1)
        };
        let padding = if shape {
            written(sides.map(|side| n.below(side / 2 + 1)))
        } else {
            "\"same\"".to_owned()
        };
        let rounding = if padding != "\"same\"" && n.one_in(3) {
            ", rounding = \"ceil\""
        } else {
            ""
        };
        match n.below(if shape { 23 } else { 13 }) {
            0 => format!("{{ norm = \"{name}\" }}"),
            12 => format!(
                "{{ norm = \"{name}\", kind = {} }}",
                n.of(&[
                    "\"instance\"",
                    "\"instance\", affine = true",
                    "\"split\"",
                    "\"split\", instance = 1",
                    "\"batch\"",
                    "\"none\"",
                ])
            ),
            16 => format!(
                "{{ mean = \"{name}\", axis = \"{}\" }}",
                n.of(&["height", "width"])
            ),
            17 => format!(
                "{{ mean_deviation = \"{name}\", axis = \"{}\" }}",
                n.of(&["height", "width"])
            ),
            18 | 19 => format!(
                "{{ space_to_depth = \"{name}\", block = {}, order = \"{}\" }}",
                n.of(&[2, 2, 3]),
                n.of(&["by channel", "by pixel"])
            ),
            20 => format!(
                "{{ pixel_shuffle = \"{name}\", block = {} }}",
                n.of(&[2, 2, 3])
            ),
            21 => format!(
                "{{ max_pool = \"{name}\", kernel = {kernel}, stride = {stride}, padding = {padding}, dilation = {}{rounding} }}",
                n.of(&["2", "[1, 2]", "3"])
            ),
            1 => format!("{{ act = \"{name}\"{} }}", n.of(&KINDS)),
            2 => {
                let unit = n.of(&["act", "act", "dropout", "scale", "bias"]);
                format!("{{ {unit} = \"{name}\" }}")
            }
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
            22 => format!(
                "{{ blur_pool = \"{name}\", kernel = {}, stride = {one} }}",
                n.of(&[2, 3, 4, 5])
            ),
            13 => {
                let padding = written(n.pair(|n| n.below(4)));
                format!("{{ constant_pad = \"{name}\", padding = {padding} }}")
            }
            14 => {
                let out = n.channels();
                let zeros = n.of(&["both ends", "end"]);
                format!(
                    "{{ pad_shortcut = \"{name}\", out = \"in + {out}\", stride = {stride}, zeros = \"{zeros}\" }}"
                )
            }
            _ => format!(
                "{{ avg_pool = \"{name}\", kernel = {kernel}, stride = {stride}, padding = {}, count_include_pad = false }}",
                written(sides.map(|side| n.below(side / 2 + 1)))
            ),
        }
    }

    /// A layer with internal structure and `out` output channels.
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

    /// Defines a new block, and returns its name.
    fn own_block(&mut self) -> String {
        let out = self.numbers.channels();
        let mut main = self.list(1, false);
        main += &if self.numbers.one_in(2) {
            self.unit(out, "\"stride\"")
        } else {
            let name = self.name();
            let kernel = written(self.numbers.pair(|n| n.of(&[1, 3, 5])));
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
            "none",
        ]);
        format!(
            "[define.blocks.own]\nout = {out}\nbefore = [{before}]\nmain = [{main}]\nshortcut = \"{shortcut}\"\nafter_add = [{after}]\n"
        )
    }

    /// A whole spec.
    pub(super) fn random(numbers: &mut Numbers) -> String {
        Spec { numbers, names: 0 }.text()
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
        let per_stage = |n: &mut Numbers, one: &dyn Fn(&mut Numbers) -> String| {
            (0..stages).map(|_| one(n)).collect::<Vec<_>>().join(", ")
        };
        let blocks = per_stage(n, &|n| (1 + n.below(2)).to_string());
        let widths = per_stage(n, &|n| match n.below(2) {
            0 => n.of(&[4, 8, 16, 32, 64]).to_string(),
            _ => n.channels().to_string(),
        });
        let steps: Vec<[u64; 2]> = (0..stages)
            .map(|_| n.pair(|n| n.of(&[1, 2, 2, 3])))
            .collect();
        let strides: Vec<String> = steps.iter().map(|step| written(*step)).collect();
        let strides = strides.join(", ");
        let own = n.one_in(2);
        let block = if own { "own" } else { n.of(&BLOCKS) };
        let norm = n.of(&[
            "",
            "",
            "kind = \"group\"\ngroups = 1",
            "kind = \"evo_s0\"\ngroups = 1",
            "kind = \"filter_response\"",
            "kind = \"instance\"\naffine = true",
            "kind = \"instance\"",
            "kind = \"split\"",
            "kind = \"none\"",
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
        for _ in 0..=self.numbers.below(2) {
            let out = self.numbers.channels().to_string();
            stem += &(self.conv(&out, true) + ", ");
            stem += &self.list(2, true);
        }
        let defined = if own { self.own_block() } else { String::new() };
        let head = match self.numbers.below(6) {
            4 => "{ mean_deviation = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }".to_owned(),
            5 => "{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"a\", out = 19 }, { norm = \"features\", kind = \"batch\" }, { act = \"r\" }, { linear = \"fc\", out = \"classes\" }".to_owned(),
            0 => self.conv("\"classes\"", false) + ", { global_avg_pool = \"p\" }, { flatten = \"f\" }",
            1 => "{ flatten = \"f\" }, { linear = \"a\", out = 21 }, { act = \"r\" }, { linear = \"b\", out = \"classes\" }, { sigmoid = \"s\" }".to_owned(),
            2 => "{ mean = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\", bias = false }".to_owned(),
            _ => "{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }".to_owned(),
        };
        let classes = 1 + self.numbers.below(40);
        let skip = if self.numbers.one_in(3) {
            let all = [0, 1].map(|axis| steps.iter().map(|step| step[axis]).product());
            let stride = written(all);
            format!(
                "[skip]\nmain = [{{ conv = \"skip_main\", kernel = 1, out = 24 }}]\nshortcut = [{{ conv = \"skip_conv\", kernel = 1, out = 24, stride = {stride} }}]\nafter_add = [{{ act = \"skip_relu\" }}]\n"
            )
        } else {
            String::new()
        };
        let act = self.numbers.of(&[
            "",
            "",
            "act = \"silu\"",
            "act = { kind = \"leaky_relu\", slope = 0.1 }",
        ]);
        format!(
            "{act}\ninput = {input:?}\nclasses = {classes}\nblock = \"{block}\"\nblocks = [{blocks}]\nwidths = [{widths}]\nstrides = [{strides}]\n{attention}\n[stem]\nlayers = [{stem}]\n[head]\nlayers = [{head}]\n[norm]\n{norm}\n{standardize}{skip}{defined}"
        )
    }
}

/// Each unit with its settings, as a list of layers that reads 24 channels, and the rest of the spec that it needs.
pub(super) const UNITS: [(&str, &str); 60] = [
    ("{ norm = \"u\" }", ""),
    ("{ norm = \"u\" }", "[norm]\nkind = \"group\"\ngroups = 2"),
    ("{ norm = \"u\" }", "[norm]\nkind = \"evo_s0\"\ngroups = 2"),
    ("{ norm = \"u\" }", "[norm]\nkind = \"filter_response\""),
    ("{ norm = \"u\", kind = \"instance\" }", ""),
    ("{ norm = \"u\", kind = \"instance\", affine = true }", ""),
    ("{ norm = \"u\", kind = \"split\", instance = 5 }", ""),
    ("{ norm_act = \"u\" }", ""),
    ("{ act = \"u\" }", ""),
    ("{ act = \"u\", kind = \"relu6\" }", ""),
    ("{ act = \"u\", kind = \"leaky_relu\", slope = 0.3 }", ""),
    ("{ act = \"u\", kind = \"prelu\" }", ""),
    (
        "{ act = \"u\", kind = \"prelu\", weights = \"channels\" }",
        "",
    ),
    ("{ act = \"u\", kind = \"elu\", alpha = 0.8 }", ""),
    ("{ act = \"u\", kind = \"silu\" }", ""),
    ("{ act = \"u\", kind = \"gelu\" }", ""),
    (
        "{ act = \"u\", kind = \"gelu\", approximate = \"tanh\" }",
        "",
    ),
    ("{ act = \"u\", kind = \"hard_swish\" }", ""),
    ("{ act = \"u\", kind = \"tanh\" }", ""),
    ("{ sigmoid = \"u\" }", ""),
    ("{ dropout = \"u\" }", ""),
    ("{ scale = \"u\" }", ""),
    ("{ bias = \"u\" }", ""),
    ("{ attention = \"u\" }", "attention = \"squeeze_excite\""),
    ("{ attention = \"u\" }", "attention = \"efficient_channel\""),
    ("{ channel_conv = \"u\", kernel = 5 }", ""),
    ("{ conv = \"u\", kernel = 3, out = 9, bias = true }", ""),
    (
        "{ conv = \"u\", kernel = [3, 2], stride = [2, 1], padding = [1, 0], out = 10 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 4, padding = \"same\", stride = 2, out = 8 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 3, dilation = [2, 1], padding = [2, 1], out = 8 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 3, out = 12, groups = 4, bias = true }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 5, out = 24, groups = 24, stride = 2 }",
        "",
    ),
    ("{ conv = \"u\", kernel = 3, out = 48, groups = 24 }", ""),
    ("{ conv = \"u\", kernel = 1, out = 7, stride = 2 }", ""),
    ("{ conv = \"u\", kernel = 1, out = 7, padding = 1 }", ""),
    (
        "{ conv = \"u\", kernel = 3, out = 8 }",
        "[conv]\nstandardize = 0.00001",
    ),
    (
        "{ conv = \"u\", kernel = 3, out = 8, bias = true }",
        "[conv]\nstandardize = 0.00001\ngamma = 1.7",
    ),
    ("{ multiply = \"u\", by = 0.3 }", ""),
    (
        "{ max_pool = \"u\", kernel = 3, stride = 2, padding = 1 }",
        "",
    ),
    (
        "{ max_pool = \"u\", kernel = 2, stride = 2, padding = 0, rounding = \"ceil\" }",
        "",
    ),
    (
        "{ max_pool = \"u\", kernel = 2, stride = 1, padding = 1, dilation = 2 }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = 3, stride = 2, padding = 1 }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = 3, stride = 2, padding = 1, count_include_pad = false }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = [2, 3], stride = 2, padding = 1, rounding = \"ceil\" }",
        "",
    ),
    ("{ blur_pool = \"u\", kernel = 3, stride = 2 }", ""),
    ("{ blur_pool = \"u\", kernel = 4, stride = 1 }", ""),
    ("{ mean = \"u\", axis = \"height\" }", ""),
    ("{ mean = \"u\", axis = \"width\" }", ""),
    ("{ mean_deviation = \"u\", axis = \"height\" }", ""),
    ("{ mean_deviation = \"u\", axis = \"width\" }", ""),
    (
        "{ space_to_depth = \"u\", block = 2, order = \"by channel\" }",
        "",
    ),
    (
        "{ space_to_depth = \"u\", block = 2, order = \"by pixel\" }",
        "",
    ),
    ("{ pixel_shuffle = \"u\", block = 2 }", ""),
    ("{ constant_pad = \"u\", padding = [1, 2] }", ""),
    (
        "{ pad_shortcut = \"u\", out = 29, stride = [2, 1], zeros = \"both ends\" }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 1, stride = 1 }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 2, stride = 2 }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 3, stride = 1 }",
        "",
    ),
    (
        "{ selective_kernel = \"u\", out = 24, reduced = 6, stride = 1 }",
        "",
    ),
    (
        "{ res2net = \"u\", norms = \"un\", scale = 3, stride = 1, first = 0 }",
        "",
    ),
];

/// Spec with a unit alone between two convolutions of one pixel, for maps of `size`.
pub(super) fn alone((unit, rest): (&str, &str), [height, width]: [u64; 2]) -> String {
    let [settings, tables] = if rest.starts_with('[') {
        ["", rest]
    } else {
        [rest, ""]
    };
    format!(
        "input = [3, {height}, {width}]\nclasses = 5\nblock = \"basic\"\nblocks = [1]\nwidths = [6]\nstrides = [1]\n{settings}\n[stem]\nlayers = [{{ conv = \"c\", kernel = 1, out = 24 }}, {unit}, {{ conv = \"d\", kernel = 1, out = 6 }}]\n[head]\nlayers = [{{ global_avg_pool = \"p\" }}, {{ flatten = \"f\" }}, {{ linear = \"fc\", out = \"classes\" }}]\n{tables}\n"
    )
}

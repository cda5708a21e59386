//! Names of a spec in Python: the check for valid attributes, and the escaping of texts.

/// Reserved words of Python's grammar.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Methods and attributes of the modules and containers in a file, PyTorch's and its own: `dir()` of each, without those that
/// begin with an underscore.
#[rustfmt::skip]
const OWNED: [&str; 101] = [
    "T_destination", "add_module", "affine", "append", "apply", "bfloat16", "bias", "buffers", "call_super_init", "ceil_mode",
    "children", "clear", "compile", "count_include_pad", "cpu", "cuda", "dilation", "divisor_override", "double",
    "dump_patches", "end_dim", "eps", "eval", "extend", "extra_repr", "filt", "float", "forward", "get_buffer",
    "get_extra_state", "get_parameter", "get_submodule", "groups", "half", "in_channels", "in_features", "inplace", "insert",
    "ipu", "items", "kernel_size", "keys", "load_state_dict", "modules", "momentum", "mtia", "named_buffers",
    "named_children", "named_modules", "named_parameters", "num_batches_tracked", "num_channels", "num_features",
    "num_groups", "out_channels", "out_features", "output_padding", "output_size", "padding", "padding_mode", "parameters",
    "pop", "register_backward_hook", "register_buffer", "register_forward_hook", "register_forward_pre_hook",
    "register_full_backward_hook", "register_full_backward_pre_hook", "register_load_state_dict_post_hook",
    "register_load_state_dict_pre_hook", "register_module", "register_parameter", "register_state_dict_post_hook",
    "register_state_dict_pre_hook", "requires_grad_", "reset_parameters", "reset_running_stats", "return_indices",
    "running_mean", "running_var", "set_extra_state", "set_submodule", "share_memory", "start_dim", "state_dict", "stride",
    "tau", "to", "to_empty", "track_running_stats", "train", "training", "transposed", "type", "update", "v", "value",
    "values", "weight", "xpu", "zero_grad",
];

/// Names of the numbers that a class keeps for `forward`, alone, after a module's name or before a number: see
/// `template::Role`.
const ARGUMENTS: [&str; 7] = [
    "channels", "width", "groups", "stride", "padding", "dilation", "scale",
];

/// Names in a file's own statements, which no class and no argument may have.
const USED: [&str; 21] = [
    "F",
    "OrderedDict",
    "adopt",
    "build",
    "isinstance",
    "model",
    "module",
    "nn",
    "num_classes",
    "radix_softmax",
    "range",
    "self",
    "super",
    "torch",
    "x",
    "zip",
    "BlurPool2d",
    "ChannelConv",
    "EvoNorm2dS0",
    "FilterResponseNormTlu2d",
    "PadShortcut",
];

/// The other classes that a file may begin with.
const STANDARDIZED: [&str; 2] = ["StdConv2d", "ScaledStdConv2d"];

/// Whether `name` can be a child of any module by `add_module`: no attribute of a module has that name.
pub(super) fn is_free(name: &str) -> bool {
    let number = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let argument = number.strip_suffix('_').unwrap_or(number);
    !name.is_empty()
        && !name.starts_with('_')
        && !name.contains('.')
        && !OWNED.contains(&name)
        && !is_number(argument)
}

/// Whether `name` is that of a number, such as `conv2_channels`.
fn is_number(name: &str) -> bool {
    let ending = name.rsplit('_').next().unwrap_or(name);
    ARGUMENTS.contains(&ending)
}

/// Whether `name`, made of a module's name, can be an argument of a class.
pub(super) fn is_own_argument(name: &str) -> bool {
    is_identifier(name) && !is_used(name)
}

/// Whether `name` can be a module's attribute: `self.name`.
pub(super) fn is_attribute(name: &str) -> bool {
    is_free(name) && is_identifier(name)
}

/// Whether `name` can be a constructor argument for a module.
pub(super) fn is_argument(name: &str) -> bool {
    is_attribute(name) && !is_used(name)
}

/// Whether the file or Python itself already uses `name`.
pub(super) fn is_used(name: &str) -> bool {
    USED.contains(&name) || STANDARDIZED.contains(&name) || KEYWORDS.contains(&name)
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
}

/// A text as Python's string literal.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// The text between the quotes of a literal, with quotes and non-printable characters escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            '\n' => escaped += "\\n",
            '\r' => escaped += "\\r",
            '\t' => escaped += "\\t",
            // Rust leaves printable characters unescaped.
            _ if c.escape_debug().len() == 1 || c == '\'' => escaped.push(c),
            _ => match u32::from(c) {
                code @ ..=0xff => escaped += &format!("\\x{code:02x}"),
                code @ ..=0xffff => escaped += &format!("\\u{code:04x}"),
                code => escaped += &format!("\\U{code:08x}"),
            },
        }
    }
    escaped
}

/// `pre_basic` as `PreBasic`; characters that a name cannot contain are left out.
pub(super) fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let joined: String = words
        .filter_map(|word| {
            let first = word.chars().next()?;
            Some(format!("{}{}", first.to_ascii_uppercase(), &word[1..]))
        })
        .collect();
    if joined.starts_with(|c: char| c.is_ascii_alphabetic()) {
        joined
    } else {
        format!("Net{joined}")
    }
}

/// `ResNet50` for the title `ResNet-50`; derived from `name` if the title yields no class name.
pub(super) fn class(title: &str, name: &str) -> String {
    let short = title.split(['(', ',']).next().unwrap_or(title);
    let plain: String = short
        .chars()
        .map(|c| if c == '.' { '_' } else { c })
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_used(&plain) {
        plain
    } else {
        camel(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_module_has_is_no_attribute() {
        for name in [
            "forward", "training", "half", "type", "to", "None", "_modules", "__x", "width",
            "width_2", "stride3", "0", "", "a b", "a.b", "é",
        ] {
            assert!(!is_attribute(name), "{name}");
        }
        for name in ["conv1", "downsample", "norm", "width_of", "nn", "self"] {
            assert!(is_attribute(name), "{name}");
        }
        assert!(!is_argument("nn") && !is_argument("self") && is_argument("downsample"));
    }

    #[test]
    fn a_text_is_escaped_so_that_python_reads_it_back() {
        let text = "a\"b\\c'\n\r\t\0\u{202e}é–字\u{2028}\u{e0001}";
        let python = r#""a\"b\\c'\n\r\t\x00\u202eé–字\u2028\U000e0001""#;
        assert_eq!(literal(text), python);
    }

    #[test]
    fn a_title_that_python_owns_is_no_class() {
        for title in [
            "nn",
            "torch",
            "None",
            "class",
            "range",
            "StdConv2d",
            "ScaledStdConv2d",
            "5 layers",
            "",
        ] {
            assert_eq!(class(title, "my_net"), "MyNet", "{title}");
        }
        assert_eq!(class("ResNet-50 (v1.5)", "x"), "ResNet50");
    }
}

//! Help and wrong calls are in the reader's language: every command's help, each kind of wrong call, files that cannot be used.

use std::process::Command;

/// Names that are the same in every language: of programs, formats, methods and their letters.
const NAMES: &[&str] = &[
    "CPython",
    "calflops",
    "LaTeX",
    "pdflatex",
    "booktabs",
    "gradient",
    "evaluate",
    "lesions",
    "field",
    "cam",
    "Grad-CAM",
    "grad-cam",
    "occlusion",
    "gradient-input",
    "train",
    "weights",
    "show",
    "diff",
    "infer",
    "FLOP",
    "GFLOP",
    "GFLOPs",
    "GiB",
    "GitHub",
    "Actions",
    "Face",
    "Graphviz",
    "Hugging",
    "HDF",
    "JAX",
    "JSON",
    "JavaScript",
    "Keras",
    "KiB",
    "LFS",
    "MACs",
    "Markdown",
    "Mermaid",
    "MiB",
    "NaN",
    "NumPy",
    "ONNX",
    "PyTorch",
    "Python",
    "ReLU",
    "Schema",
    "TensorFlow",
    "TorchScript",
    "UTF",
    "ZIP",
    "head",
    "imagenet-1k",
    "pickle",
    "protobuf",
    "resnet-explore",
    "roofline",
    "safetensors",
    "shell",
    "stem",
    "tar",
    // Formats of pictures and files.
    "BMP",
    "GIF",
    "JPEG",
    "PNG",
    "WebP",
    "GGUF",
    "ASCII",
    "WebP",
];

/// Words of options and their values, commands, and what is typed for a file: as they are typed, in every language.
const TYPED: &[&str] = &[
    "WxH",
    "pdf",
    "png",
    "tikz",
    "latex",
    "points",
    "train-log",
    "weights-diff",
    "weights-fetch",
    "weights-infer",
    "weights-list",
    "weights-show",
    "neurips-column",
    "cvpr-wide",
    "ieee-column",
    "readme",
    "norms",
    "shortcuts",
    "preprocessing",
    "reads",
    "activations",
    "all",
    "always",
    "and",
    "auto",
    "avx",
    "bash",
    "bench",
    "bicubic",
    "bilinear",
    "block",
    "blocks",
    "branch",
    "buffers",
    "catalogue",
    "constant",
    "cosine",
    "digits",
    "fetch",
    "hub",
    "remove",
    "steps",
    "check",
    "column",
    "compare",
    "completions",
    "contrast",
    "conv+fc",
    "convnet-burden",
    "csv",
    "dark",
    "depth",
    "dilation",
    "dot",
    "down",
    "elvish",
    "explain",
    "explore",
    "export",
    "fish",
    "fvcore",
    "github",
    "groups",
    "help",
    "html",
    "input",
    "iterm",
    "json",
    "junit",
    "kernel",
    "kind",
    "kitty",
    "layer",
    "lesson",
    "light",
    "list",
    "macs",
    "man",
    "markdown",
    "mermaid",
    "name",
    "nearest",
    "neon",
    "never",
    "none",
    "onnx",
    "output",
    "padding",
    "params",
    "path",
    "portable",
    "powershell",
    "ptflops",
    "ptflops-aten",
    "pytorch",
    "right",
    "run",
    "sarif",
    "schema",
    "shipped",
    "sixel",
    "stage",
    "stats",
    "stride",
    "summary",
    "synthetic",
    "svg",
    "table",
    "text",
    "tf-profiler",
    "thop",
    "time",
    "top",
    "torch",
    "torchinfo",
    "volumes",
    "weights",
    "worst",
    "year",
    "zsh",
];

/// Words in a text that are neither Chinese nor names: runs of three letters or more, outside of backquotes, options, paths, numbers with
/// units, words in capitals, and the words above.
fn left(text: &str) -> Vec<String> {
    let plain: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_./:+=\\".contains(letter);
    let words = plain.split(|letter: char| !is_part(letter));
    let is_english = |word: &&str| {
        let bare = word.trim_end_matches(['.', ':', '/', '=', '-', '+']);
        let is_code = bare.contains(['_', '.', ':', '/', '=', '\\'])
            || bare.starts_with('-')
            || bare.bytes().any(|byte| byte.is_ascii_digit())
            || bare
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        let longest = bare.split(|letter: char| !letter.is_ascii_alphabetic());
        let is_word = longest.map(str::len).max().unwrap_or_default() >= 3;
        is_word && !is_code && !NAMES.contains(&bare) && !TYPED.contains(&bare)
    };
    words.filter(is_english).map(str::to_owned).collect()
}

/// Output of a call in Chinese, and its exit code.
fn printed(words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(["--lang", "zh"])
        .args(words)
        .env("LC_ALL", "C")
        .env("COLUMNS", "100")
        .output()
        .expect("the binary runs");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8(text).expect("UTF-8"),
    )
}

const COMMANDS: [&str; 20] = [
    "explore",
    "list",
    "stats",
    "table",
    "check",
    "compare",
    "explain",
    "run",
    "bench",
    "gradient",
    "train",
    "evaluate",
    "lesions",
    "field",
    "weights",
    "export",
    "lesson",
    "schema",
    "completions",
    "man",
];

#[test]
fn the_help_of_every_command_is_chinese() {
    let mut found = Vec::new();
    let root = [vec!["--help"], vec!["-h"], vec!["help"]];
    let each = COMMANDS.iter().flat_map(|command| {
        [
            vec![*command, "--help"],
            vec![*command, "-h"],
            vec!["help", *command],
        ]
    });
    for call in root.into_iter().chain(each) {
        let (code, text) = printed(&call);
        assert_eq!(code, Some(0), "{call:?}: {text}");
        assert!(text.contains("用法：") && text.contains("选项"), "{text}");
        // An example is a command as it is typed.
        let lines = text.lines().filter(|line| !line.contains("resnet-explore"));
        found.extend(lines.flat_map(|line| {
            left(line)
                .into_iter()
                .map(|word| format!("{call:?} {word}: {line}"))
                .collect::<Vec<_>>()
        }));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Wrong calls of each kind that the parser knows, with a word of what is said.
const WRONG: [(&str, &str); 32] = [
    ("stats --nope", "没有 `--nope` 这个选项或参数"),
    ("stats resnet50 --formt json", "是不是 `--format`"),
    ("stats", "缺少：<名称>"),
    ("stats resnet50 --format", "需要一个值"),
    (
        "stats resnet50 --format xml",
        "请写 text、json、csv 或 markdown",
    ),
    ("stats resnet50 --format json --format csv", "不能给出多次"),
    ("stats resnet50 --input-size 0", "例如 224x320"),
    ("stats resnet50 --batch 0", "请写 1 到 65536 的整数"),
    ("stats resnet50 --batch many", "的整数"),
    ("stats resnet50 --count flops", "或 all"),
    ("table resnet18 --count all", "并列显示全部"),
    ("table resnet18 --columns wide", "请写"),
    ("table resnet18 --level wide", "请写 stage、block 或 layer"),
    ("table resnet18 --picture 640", "例如 640x480"),
    ("list --sort size", "请写 catalogue"),
    ("list --accuracy imagenet", "请写 imagenet-1k 或 all"),
    ("check resnet18 --max-macs ten", "例如 26M"),
    ("explain 4.11G --top many", "请写"),
    ("explore --theme pink", "请写"),
    ("explore --graphics pink", "请写"),
    ("explore resnet18 --lesson stem", "不能与"),
    ("run resnet18 --value conv1", "请写 路径:"),
    ("run resnet18 --plain --threads 2", "不能与"),
    ("run resnet18 --batches 3", "缺少"),
    ("run resnet18 --mean x", "请写数"),
    ("run resnet18 --std 0", "请写大于 0 的数"),
    ("run resnet18 --interpolation cubic", "请写 bilinear"),
    ("run resnet18 --kernel fast", "请写"),
    ("bench resnet18 --runs 0", "的整数"),
    ("export resnet18", "缺少：--to"),
    ("completions tcsh", "请写 bash"),
    ("man nowhere", "没有命令 `nowhere`"),
];

#[test]
fn wrong_calls_are_told_in_chinese() {
    let mut found = Vec::new();
    for (call, notice) in WRONG {
        let words: Vec<&str> = call.split(' ').collect();
        let (code, text) = printed(&words);
        assert_eq!(code, Some(2), "{call}: {text}");
        assert!(text.contains(notice), "{call}: {text}");
        // The usage repeats what is typed.
        let lines = text.lines().filter(|line| !line.contains("resnet-explore"));
        let words = lines.flat_map(left);
        found.extend(words.map(|word| format!("{call}: {word}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_option_before_the_command_is_one_of_the_command() {
    let (code, text) = printed(&["stats", "resnet18"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("参数量"), "{text}");
    let (code, text) = printed(&["explore", "resnet50"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("浏览界面需要终端"), "{text}");
}

/// A file of `tests/data/checkpoints`, unpacked.
fn checkpoint(name: &str) -> Vec<u8> {
    let packed = std::fs::File::open(format!("tests/data/checkpoints/{name}.gz")).expect("a file");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(packed);
    std::io::Read::read_to_end(&mut unpacked, &mut bytes).expect("a whole file");
    bytes
}

/// Damaged and hostile checkpoints, with a word of what is said.
const DAMAGED: [(&str, &str); 9] = [
    ("hostile_system.pth", "要求 `posix.system`，已拒绝"),
    ("hostile_eval.pth", "已拒绝"),
    ("whole_model.pth", "只读取张量和普通容器"),
    ("torchscript.pth", "TorchScript 程序"),
    ("sparse.pth", "不读取稀疏张量"),
    ("quantised.pth", "不读取量化的张量"),
    ("optimizer.pth", "条目 `optimizer` 是优化器的状态"),
    ("optimizer_alone.pth", "这是优化器的状态"),
    ("one_tensor.pth", "只有一个没有名称的张量"),
];

#[test]
fn damaged_checkpoints_are_told_in_chinese() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut found = Vec::new();
    let mut check = |name: &str, bytes: &[u8], notice: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let path = path.to_string_lossy();
        let (code, text) = printed(&["run", "resnet18", "--weights", &path]);
        assert_eq!(code, Some(1), "{name}: {text}");
        assert!(text.contains(notice), "{name}: {text}");
        found.extend(
            left(&text.replace(&*path, ""))
                .into_iter()
                .map(|word| format!("{name}: {word}: {text}")),
        );
    };
    for (name, notice) in DAMAGED {
        check(name, &checkpoint(name), notice);
    }
    // Cut short at some places of each format.
    for name in ["small_legacy.pth", "small.pth"] {
        let whole = checkpoint(name);
        for part in 1..8 {
            let cut = &whole[..whole.len() * part / 8];
            check(&format!("cut_{part}_{name}"), cut, "不能用");
        }
    }
    let other = checkpoint("small.pth");
    check("fits_not.pth", &other, "与 resnet18 不匹配");
    assert!(found.is_empty(), "{found:#?}");
}

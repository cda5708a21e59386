//! Refusals have a Chinese message too, with the reason and the fix.

use std::process::Command;

use super::english::left;

/// Calls that are refused, with a word of each message.
const CALLS: [(&str, &str); 37] = [
    (
        "export resnet18 --to svg --with resnet34",
        "有 --to svg 时，--with 不起作用；可用于 html",
    ),
    ("export resnet18 --to csv --dynamic-batch", "可用于 onnx"),
    (
        "export resnet18 --to dot --level stage --picture 300x200",
        "流程图|图只有用",
    ),
    ("table resnet18 --resize 256 --format csv", "没有 --picture"),
    (
        "table resnet18 --mean 0.5",
        "在 `table` 中，--mean 不起作用",
    ),
    (
        "table resnet18 --columns path --batch 2 --format csv",
        "有 --columns path、有 --format csv 时",
    ),
    ("list --families --accuracy all", "系列没有准确率"),
    (
        "run resnet20_fashion --train --plain",
        "训练本来就用普通内核",
    ),
    (
        "run resnet20_fashion --until conv1 --top 3",
        "有 --until conv1 时",
    ),
    (
        "run resnet20_fashion --input synthetic:1 --resize 40",
        "不是图片",
    ),
    (
        "run resnet20_cifar --train --bn bn1 --mean 0.3",
        "实验的图片此时是合成的",
    ),
    ("run resnet18 --weights /dev/zero", "这是设备"),
    ("run resnet18 --weights nowhere.pth", "没有这个文件"),
    ("run resnet18 --weights tests", "这是文件夹"),
    ("run resnet18 --input /dev/zero", "这是设备"),
    ("run resnet18 --input nowhere.png", "没有这个文件"),
    ("run resnet18 --input Cargo.toml", "不是图片"),
    ("stats /dev/null.toml", "无法读取"),
    ("run nowhere.ckpt", "而且权重文件不是网络"),
    ("run resnet50 --batch 65536 --weights synthetic:0", "内存"),
    (
        "run resnet50 --batch 65536 --weights synthetic:0 --plain",
        "内存",
    ),
    (
        "run resnet18 --weights FOREIGN/net.pt2",
        "`torch.export` 的程序",
    ),
    ("run resnet18 --weights FOREIGN/net.npz", "NumPy 数组的归档"),
    ("run resnet18 --weights FOREIGN/net.npy", "NumPy 的单个数组"),
    ("run resnet18 --weights FOREIGN/net.onnx", "ONNX 模型"),
    ("run resnet18 --weights FOREIGN/net.h5", "HDF5"),
    (
        "run resnet18 --weights FOREIGN/dcp",
        "torch.distributed.checkpoint 的文件夹",
    ),
    (
        "run resnet18 --weights FOREIGN/model.safetensors.index.json",
        "索引列出",
    ),
    ("run resnet18 --weights FOREIGN/config.json", "这是 JSON"),
    (
        "run resnet18 --weights FOREIGN/pointer.safetensors",
        "Git LFS 指针",
    ),
    ("run resnet18 --weights FOREIGN/page.pth", "这是网页"),
    (
        "run resnet18 --weights FOREIGN/qint8.pth",
        "不读取量化的张量",
    ),
    ("run FOREIGN/net.pt2", "`torch.export` 的程序"),
    ("check FOREIGN/dcp", "torch.distributed.checkpoint 的文件夹"),
    (
        "run resnet20_fashion --weights FOLDER/nan.safetensors",
        "是第一个输出非有限数的层",
    ),
    (
        "check resnet20_fashion --weights FOLDER/nan.safetensors",
        "不是数（NaN）",
    ),
    (
        "check FOLDER/idle.toml",
        "`momentum` 不起作用：只有批归一化",
    ),
];

/// Built-in weights whose first numbers are NaN.
fn broken_weights() -> Vec<u8> {
    let path = "architectures/fashion/resnet20_fashion.safetensors";
    let mut bytes = std::fs::read(path).expect("weights");
    let header = u64::from_le_bytes(bytes[..8].try_into().expect("a length"));
    let header = usize::try_from(header).expect("a length");
    let text = std::str::from_utf8(&bytes[8..8 + header]).expect("JSON");
    let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let begin = json["bn1.running_var"]["data_offsets"][0]
        .as_u64()
        .expect("a place");
    let begin = 8 + header + usize::try_from(begin).expect("a place");
    let is_half = json["bn1.running_var"]["dtype"] != "F32";
    let nan: &[u8] = if is_half {
        &[0xFF, 0x7F]
    } else {
        &[0, 0, 0xC0, 0x7F]
    };
    bytes[begin..begin + nan.len()].copy_from_slice(nan);
    bytes
}

#[test]
fn refusals_have_no_english_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("nan.safetensors"), broken_weights()).expect("written");
    let idle = "inherits = \"resnet18\"\nactivation = \"mish\"\nnorm = { kind = \"group\", momentum = 0.3 }\n";
    std::fs::write(
        folder.path().join("idle.toml"),
        idle.replace("activation = \"mish\"\n", ""),
    )
    .expect("written");
    std::fs::write(folder.path().join("act.toml"), idle).expect("written");
    let own = folder.path().to_string_lossy().into_owned();
    let calls = CALLS
        .iter()
        .chain(&[("check FOLDER/act.toml", "不支持激活函数 `mish`")]);
    let mut found = Vec::new();
    for (call, notice) in calls {
        let call = call
            .replace("FOLDER", &own)
            .replace("FOREIGN", "tests/data/checkpoints/foreign");
        let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .args(call.split(' '))
            .args(["--lang", "zh"])
            .env("LC_ALL", "C")
            .output()
            .expect("the binary runs");
        assert_ne!(output.status.code(), Some(0), "{call}");
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(
            notice.split('|').any(|notice| text.contains(notice)),
            "{call}: {text}"
        );
        found.extend(
            text.lines()
                .filter_map(left)
                .map(|line| format!("{call}: {line}")),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}

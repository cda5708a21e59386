//! What is said of a pass, of one value, of changes, and of networks side by side or as points.

/// English and Chinese.
#[rustfmt::skip]
pub const PASSES: &[(&str, &str)] = &[
    ("channel {#} of {#}", "通道 {}，共 {}"),
    // A batch normalisation in both modes.
    ("would put out…", "另一模式会输出…"),
    ("channel {#}: γ {#}, β {#}", "通道 {}：γ {}，β {}"),
    ("out μ", "输出 μ"),
    ("out σ²", "输出 σ²"),
    // Networks side by side.
    ("input {#}", "输入 {}"),
    ("{}: {#} MACs, {}", "{}：乘加 {}，{}"),
    ("{#} parameters", "参数量 {}"),
    ("{#} activations", "激活量 {}"),
    ("{#} RF", "感受野 {}"),
    ("subtract mean, divide by std → {#}", "减均值，除以标准差 → {}"),
    ("{#} differences, n goes to the next", "{} 处差异，n 到下一处"),
    ("… {#} more", "… 还有 {}"),
    ("what changed", "有何改变"),
    ("{w} in {w} at {w}", "{2} 中的 {1}，在 {3}"),
    ("{w} in {w} at {w} and {#} more", "{2} 中的 {1}，在 {3}，另有 {4} 处"),
    ("stride {#} from {w} to {w} at {w}", "步幅 {} 从 {} 移到 {}，在 {}"),
    ("stride {#} from {w} to {w} at {w} and {#} more", "步幅 {} 从 {} 移到 {}，在 {}，另有 {} 处"),
    ("differences only", "只看差异"),
    // Networks as points.
    ("{#} networks: published top-1 accuracy against {}", "{} 个网络：公布的 top-1 准确率与 {}"),
    ("{#} networks: top-1 against {}", "{} 个网络：top-1 与 {}"),
    ("{#} without one are not drawn", "{} 个没有准确率，未画出"),
    ("{#} not drawn", "{} 个未画出"),
];

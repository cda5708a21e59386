//! What `run` and changes of a pass say with numbers in it.

/// English and Chinese.
#[rustfmt::skip]
pub const SCREENS: &[(&str, &str)] = &[
    // `run`.
    ("weights: {} (choose others with --weights)", "权重：{}（用 --weights 另选）"),
    ("input: {} (choose another with --input)", "输入：{}（用 --input 另选）"),
    ("training (statistics of this batch)", "训练（用本批的统计量）"),
    ("{}, shows: {}", "{}，内容：{}"),
    ("image {}  {}", "第 {} 张  {}"),
    ("{} running statistics moved; `--format json` has them", "{} 个移动平均已更新；`--format json` 列出"),
    // Changes of a pass.
    ("{w} off: main path zeroed", "关闭 {}：主路置零"),
    ("{w}: shortcut zeroed", "{}：捷径置零"),
    ("{w} left out", "跳过 {}"),
    ("{w}: channel {#} zeroed", "{}：通道 {} 置零"),
    ("stride of {w} moved to {w}", "{} 的步幅移到 {}"),
    ("channels reversed: blue, green, red", "通道倒序：蓝、绿、红"),
    ("{w}: mean and std of ImageNet", "{}：ImageNet 的均值和标准差"),
    ("{w}: mean {}, std {}", "{}：均值 {}，标准差 {}"),
    ("statistics of this batch", "用本批的统计量"),
];

//! The interface's words: English, which is a word's name in the code, and Chinese.

use std::collections::HashMap;
use std::sync::OnceLock;

/// English and Chinese; holes `{}` stand in the same order.
#[rustfmt::skip]
pub const WORDS: &[(&str, &str)] = &[
    // Lessons, on the command line and beside the views.
    ("your answer> ", "你的回答> "),
    ("Right.", "正确。"),
    ("Not so.", "不对。"),
    ("Nothing was typed. An answer, ? for the hint, s to see, q to leave.", "没有输入内容。请输入答案；? 看提示，s 看答案，q 离开。"),
    ("This cannot be read as", "无法识别，这里需要"),
    ("Hint:", "提示："),
    ("The tool finds", "工具算得"),
    ("Look:", "查看："),
    ("? hint · s see the answer · q leave; answers so far are kept", "? 提示 · s 看答案 · q 离开；已答的会保留"),
    ("Right answers:", "答对："),
    ("Left; answers so far are kept.", "已离开，答过的都已保留。"),
    ("Question", "问题"),
    ("question {} of {}", "第 {} / {} 题"),
    ("a letter: a, b, …", "一个字母：a、b……"),
    ("a number, such as 36864 or 4.09G", "一个数，例如 36864 或 4.09G"),
    ("a shape, such as 64×56×56", "一个形状，例如 64×56×56"),
    ("a layer's path, such as layer1.0.conv1", "一层的路径，例如 layer1.0.conv1"),
    ("id", "编号"),
    ("lesson", "课程"),
    ("right", "答对"),
    ("The next lesson: {}", "下一课：{}"),
    ("This was the last lesson.", "这是最后一课。"),
    ("Enter begins it", "Enter 开始"),
    ("Enter ends the course", "Enter 结束课程"),
    ("Summary", "小结"),
    ("Your answer: {}", "你的回答：{}"),
    ("You saw the answer without one of your own.", "你没有作答，直接看了答案。"),
    ("r tries again, Enter goes on", "r 重试，Enter 继续"),
    ("Enter begins with the first question", "Enter 开始第一题"),
    ("Enter types the answer", "Enter 输入答案"),
    ("choose with ↑ ↓, Enter answers", "用 ↑ ↓ 选择，Enter 作答"),
    ("Esc goes to the view; select the layer there, then a answers", "Esc 转到视图，选中那一层，再按 a 作答"),
    ("select the layer in the view, then a answers", "在视图中选中那一层，再按 a 作答"),
    ("the tool is computing …", "正在计算……"),
    ("select a layer: this row is a whole block or stage", "请选一层：这一行是整个块或阶段"),
    ("no layer is selected here", "这里没有选中任何层"),
    ("Nothing was typed.", "没有输入内容。"),
    ("{} of {} right", "答对 {} / {}"),
    ("{} tries", "{} 次"),
    ("with the hint", "看过提示"),
    ("not answered", "未作答"),
    ("the lesson hides this until it is answered", "回答之后才显示"),
    ("Lessons", "课程"),
    ("the lessons cannot be read", "课程无法读取"),
    ("there is no room for the lesson beside the view: {}×{} cells are needed, or f for the lesson alone", "屏幕放不下课程和视图：需要 {}×{} 格，或按 f 只看课程"),
];

/// The Chinese text for an English one.
pub fn chinese(english: &str) -> Option<&'static str> {
    static TABLE: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let table = TABLE.get_or_init(|| WORDS.iter().copied().collect());
    table.get(english).copied()
}

//! What the program itself says in a lesson, in both languages.

use super::Language;
use super::value::Kind;

/// The interface's words in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Before what is typed.
    pub prompt: &'static str,
    /// After a right answer.
    pub right: &'static str,
    /// After a wrong one.
    pub wrong: &'static str,
    /// After an empty one.
    pub empty: &'static str,
    /// After one that cannot be read.
    pub unreadable: &'static str,
    /// Before the hint.
    pub hint: &'static str,
    /// Before what the tool found.
    pub found: &'static str,
    /// Where to look in the program.
    pub look: &'static str,
    /// What may be typed besides answers.
    pub keys: &'static str,
    /// Before the count of right answers.
    pub summary: &'static str,
    /// When somebody leaves.
    pub left: &'static str,
    /// Question.
    pub question: &'static str,
}

impl Words {
    /// Of a language.
    pub const fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                prompt: "your answer> ",
                right: "Right.",
                wrong: "Not so.",
                empty: "Nothing was typed. An answer, ? for the hint, s to see, q to leave.",
                unreadable: "This cannot be read as",
                hint: "Hint:",
                found: "The tool finds",
                look: "Look:",
                keys: "? hint · s see the answer · q leave; answers so far are kept",
                summary: "Right answers:",
                left: "Left; answers so far are kept.",
                question: "Question",
            },
            Language::Chinese => Self {
                prompt: "你的回答> ",
                right: "正确。",
                wrong: "不对。",
                empty: "没有输入内容。请输入答案；? 看提示，s 看答案，q 离开。",
                unreadable: "无法识别，这里需要",
                hint: "提示：",
                found: "工具算得",
                look: "查看：",
                keys: "? 提示 · s 看答案 · q 离开；已答的会保留",
                summary: "答对：",
                left: "已离开，答过的都已保留。",
                question: "问题",
            },
        }
    }

    /// What kind of answer a question wants.
    pub const fn kind(language: Language, kind: Kind) -> &'static str {
        match (language, kind) {
            (Language::English, Kind::Choice) => "a letter: a, b, …",
            (Language::English, Kind::Number) => "a number, such as 36864 or 4.09G",
            (Language::English, Kind::Shape) => "a shape, such as 64×56×56",
            (Language::English, Kind::Place) => "a layer's path, such as layer1.0.conv1",
            (Language::Chinese, Kind::Choice) => "一个字母：a、b……",
            (Language::Chinese, Kind::Number) => "一个数，例如 36864 或 4.09G",
            (Language::Chinese, Kind::Shape) => "一个形状，例如 64×56×56",
            (Language::Chinese, Kind::Place) => "一层的路径，例如 layer1.0.conv1",
        }
    }
}

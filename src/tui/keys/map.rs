//! Keys as they hold in a run: those of the table, or of a user's file instead.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Binding, Scope, TABLE};
use crate::message;
use crate::spec::problem::{did_you_mean, nearest};
use crate::spec::value::{Value, parse};
use crate::spec::{Located, Place, Problem, Source, user};
use crate::text::{Joint, Message};
use crate::tui::input::Key;
use crate::tui::message::Command;

/// Keys of every row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap(Vec<Cow<'static, [Key]>>);

/// Row of the table with its keys in a run.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'k> {
    /// Row of the table.
    pub binding: &'static Binding,
    /// Its keys, all equivalent.
    pub keys: &'k [Key],
}

impl Default for Keymap {
    fn default() -> Self {
        Self(TABLE.iter().map(|row| Cow::Borrowed(row.keys)).collect())
    }
}

impl Bound<'_> {
    /// Names of its keys: `↑ k`.
    pub fn names(&self) -> String {
        let names: Vec<_> = self.keys.iter().map(|key| key.name()).collect();
        names.join(" ")
    }

    /// Name of its first key; empty if a user gave it none.
    pub fn first(&self) -> String {
        self.keys.first().map_or_else(String::new, |key| key.name())
    }
}

impl Keymap {
    /// Keys of the user: the table's, with the changes in `keys.toml` in the folder for configuration, if there is that file.
    ///
    /// # Errors
    /// The file cannot be read, or asks for something impossible: its problems, each with its place and what to do.
    pub fn of_user() -> Result<Self, Vec<Problem>> {
        let Some(path) = user::keys().filter(|path| path.exists()) else {
            return Ok(Self::default());
        };
        if std::fs::metadata(&path).is_ok_and(|file| file.len() == 0) {
            return Ok(Self::default());
        }
        let source = crate::spec::read::read(&path).map_err(|problem| vec![*problem])?;
        Self::read(&source)
    }

    /// Keys with the changes of a text: tables by scopes, in them commands with a key or a list of keys.
    ///
    /// # Errors
    /// It asks for something impossible: its problems, each with its place and what to do.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Problem>> {
        let (document, mut problems) = parse(source);
        let mut keymap = Self::default();
        let mut places: Vec<Option<Place>> = vec![None; TABLE.len()];
        let Value::Table(scopes) = document.value else {
            return Err(problems);
        };
        for (name, commands) in &scopes {
            match scope(name) {
                Ok(scope) => keymap.take(scope, commands, &mut places, &mut problems),
                Err(problem) => problems.push(*problem),
            }
        }
        problems.extend(keymap.doubles(&places));
        if problems.is_empty() {
            Ok(keymap)
        } else {
            Err(problems)
        }
    }

    /// Takes the keys of a scope.
    fn take(
        &mut self,
        scope: Scope,
        commands: &Located<Value>,
        places: &mut [Option<Place>],
        problems: &mut Vec<Problem>,
    ) {
        let Value::Table(commands) = &commands.value else {
            let message = message!("keys-no-table", scope = scope.name());
            let help = message!("keys-no-table-help", scope = scope.name());
            problems.push(wrong(message, &commands.place, help));
            return;
        };
        for (name, keys) in commands {
            let row = TABLE
                .iter()
                .position(|row| row.scope == scope && row.name() == name.value);
            let Some(row) = row else {
                problems.push(unknown_command(scope, name));
                continue;
            };
            match keys_of(scope, keys) {
                Ok(keys) => {
                    self.0[row] = Cow::Owned(keys);
                    places[row] = Some(name.place.clone());
                }
                Err(problem) => problems.push(*problem),
            }
        }
    }

    /// Problems of keys that two commands of one scope have.
    fn doubles(&self, places: &[Option<Place>]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (at, row) in TABLE.iter().enumerate() {
            for (other_at, other) in TABLE.iter().enumerate().take(at) {
                let place = places[at].as_ref().or(places[other_at].as_ref());
                let (Some(place), true) = (place, row.scope == other.scope) else {
                    continue;
                };
                for key in self.0[at]
                    .iter()
                    .filter(|key| self.0[other_at].contains(key))
                {
                    let (here, there) = if places[at].is_some() {
                        (row, other)
                    } else {
                        (other, row)
                    };
                    let message = message!(
                        "keys-double",
                        key = key.name(),
                        command = here.name(),
                        other = there.name(),
                        scope = row.scope.name(),
                    );
                    let help = message!("keys-double-help", other = there.name());
                    problems.push(wrong(message, place, help));
                }
            }
        }
        problems
    }

    /// Rows of one scope, in the table's order.
    pub fn bindings(&self, scope: Scope) -> impl Iterator<Item = Bound<'_>> {
        TABLE
            .iter()
            .zip(&self.0)
            .filter(move |(binding, _)| binding.scope == scope)
            .map(|(binding, keys)| Bound { binding, keys })
    }

    /// Row of `key` in the active `scopes`, given from the innermost.
    pub fn binding(&self, scopes: &[Scope], key: Key) -> Option<&'static Binding> {
        scopes
            .iter()
            .flat_map(|&scope| self.bindings(scope))
            .find(|bound| bound.keys.contains(&key))
            .map(|bound| bound.binding)
    }

    /// Command of `key` in the active `scopes`, given from the innermost.
    pub fn command(&self, scopes: &[Scope], key: Key) -> Option<Command> {
        self.binding(scopes, key).map(|binding| binding.command)
    }

    /// Name of the first key of a command in a scope.
    pub fn key(&self, scope: Scope, command: Command) -> String {
        self.bindings(scope)
            .find(|bound| bound.binding.command == command)
            .map_or_else(String::new, |bound| bound.first())
    }
}

/// Name of these problems; they are none of a network, so no page of rules is about them.
const KIND: &str = "keys";

fn wrong(message: Message, place: &Place, help: Message) -> Problem {
    Problem::error(KIND, message).at(place).help(help)
}

/// Scope of a table's name.
fn scope(name: &Located<String>) -> Result<Scope, Box<Problem>> {
    let known = || {
        Scope::ALL
            .into_iter()
            .filter(|scope| *scope != Scope::Always)
    };
    if let Some(scope) = known().find(|scope| scope.name() == name.value) {
        return Ok(scope);
    }
    let help = match nearest(&name.value, known().map(Scope::name)) {
        Some(near) => did_you_mean(near),
        None => message!(
            "keys-scopes",
            scopes = Joint::Comma.of(known().map(Scope::name))
        ),
    };
    let message = message!("keys-unknown-scope", scope = &name.value);
    Err(Box::new(wrong(message, &name.place, help)))
}

fn unknown_command(scope: Scope, name: &Located<String>) -> Problem {
    let known = || {
        TABLE
            .iter()
            .filter(|row| row.scope == scope)
            .map(Binding::name)
    };
    let help = match nearest(&name.value, known()) {
        Some(near) => did_you_mean(near),
        None => message!("keys-commands", commands = Joint::Comma.of(known())),
    };
    let message = message!(
        "keys-unknown-command",
        command = &name.value,
        scope = scope.name()
    );
    wrong(message, &name.place, help)
}

/// Keys of a value: a text, or a list of texts.
fn keys_of(scope: Scope, value: &Located<Value>) -> Result<Vec<Key>, Box<Problem>> {
    match &value.value {
        Value::Array(items) => items.iter().map(|item| key_of(scope, item)).collect(),
        _ => Ok(vec![key_of(scope, value)?]),
    }
}

fn key_of(scope: Scope, value: &Located<Value>) -> Result<Key, Box<Problem>> {
    let Value::Text(text) = &value.value else {
        let (message, help) = (message!("keys-no-text"), message!("keys-no-text-help"));
        return Err(Box::new(wrong(message, &value.place, help)));
    };
    let mut letters = text.chars();
    let key = match (letters.next(), letters.next()) {
        (Some(letter), None) if !letter.is_control() => Some(Key::Char(letter)),
        _ => Key::NAMED
            .into_iter()
            .find(|key| key.name() == *text)
            .or_else(|| Key::parse(text)),
    };
    let Some(key) = key else {
        return Err(Box::new(unknown_key(text, &value.place)));
    };
    if scope.takes_text() && matches!(key, Key::Char(_)) {
        let message = message!("keys-typed", key = key.name(), scope = scope.name());
        return Err(Box::new(wrong(
            message,
            &value.place,
            message!("keys-typed-help"),
        )));
    }
    Ok(key)
}

fn unknown_key(text: &str, place: &Place) -> Problem {
    let is_chord = ["Ctrl-", "Alt-", "Shift-", "Super-", "Cmd-", "Meta-", "Fn-"]
        .iter()
        .any(|begin| text.to_lowercase().starts_with(&begin.to_lowercase()));
    let is_function = text
        .strip_prefix(['F', 'f'])
        .is_some_and(|number| number.parse::<u8>().is_ok());
    let names = || Key::NAMED.into_iter().map(Key::name).collect::<Vec<_>>();
    let known = names();
    let near = nearest(text, known.iter().map(String::as_str));
    let help = match near {
        Some(near) => did_you_mean(near),
        None => message!("keys-known", keys = Joint::Comma.of(names())),
    };
    let message = if is_chord || is_function {
        message!("keys-not-sent", key = text)
    } else {
        message!("keys-unknown-key", key = text)
    };
    wrong(message, place, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn read(text: &str) -> Result<Keymap, Vec<String>> {
        let source = Arc::new(Source {
            name: "keys.toml".to_owned(),
            text: text.to_owned(),
        });
        Keymap::read(&source).map_err(|problems| {
            let line = |problem: &Problem| {
                let place = problem.place.as_ref().expect("a place").line_column();
                let help = problem.help.as_ref().expect("a way out");
                let said = [&problem.message, help].map(|part| Language::ENGLISH.say(part));
                format!("{}:{} {} {}", place.0, place.1, said[0], said[1])
            };
            problems.iter().map(line).collect()
        })
    }

    #[test]
    fn keys_of_a_file_take_the_place_of_the_tables() {
        let keymap = read("[layers]\nfilter = \"ä\"\ndetail = [\"Space\", \"PgUp\"]\n").unwrap();
        let scopes = [Scope::Layers];
        assert_eq!(
            keymap.command(&scopes, Key::Char('ä')),
            Some(Command::Filter)
        );
        assert_eq!(keymap.command(&scopes, Key::Char('&')), None);
        assert_eq!(
            keymap.command(&scopes, Key::Char(' ')),
            Some(Command::Detail)
        );
        assert_eq!(keymap.key(Scope::Layers, Command::Filter), "ä");
        assert_eq!(read(""), Ok(Keymap::default()));
    }

    #[test]
    fn a_wrong_entry_is_reported_with_its_place_and_a_fix() {
        for (text, place, words) in [
            ("[layer]\n", "1:2", "layers"),
            ("[layers]\nfiltre = \"x\"\n", "2:1", "filter"),
            ("[layers]\nfilter = \"Ctrl-F\"\n", "2:10", "Ctrl-F"),
            ("[layers]\nfilter = \"F5\"\n", "2:10", "F5"),
            ("[layers]\nfilter = \"Entr\"\n", "2:10", "Enter"),
            ("[layers]\nfilter = 5\n", "2:10", "\"f\""),
            ("[layers]\nfilter = \"d\"\n", "2:1", "detail"),
            ("[search]\naccept = \"a\"\n", "2:10", "typed"),
            ("layers = 3\n", "1:10", "[layers]"),
            ("[always]\nquit = \"q\"\n", "1:2", "always"),
        ] {
            let problems = read(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert!(problems[0].starts_with(place), "{text}: {problems:?}");
            assert!(problems[0].contains(words), "{text}: {problems:?}");
        }
    }
}

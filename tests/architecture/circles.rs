//! Cycles among files: the references between files, with names followed through re-exports to the file that defines them.

use std::collections::{BTreeMap, BTreeSet};

/// Segments of a path: of a module below the crate, or of a name in code.
type Segments = Vec<String>;

/// Files of a crate by their modules.
#[derive(Default)]
pub(crate) struct Files(BTreeMap<Segments, File>);

/// References of a file.
struct File {
    /// Names that it imports or re-exports, with their full paths.
    imports: BTreeMap<String, Segments>,
    /// Paths that it names, without re-exports.
    named: Vec<Segments>,
}

impl Files {
    /// Reads the text of the module `path`, such as `network/shape`; its unit tests, which end a file, are ignored.
    pub(crate) fn add(&mut self, path: &str, text: &str) {
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let (imports, named) = read(&blank(code.unwrap_or_default()));
        let module = path.split('/').map(str::to_owned).collect();
        self.0.insert(module, File { imports, named });
    }

    /// Cycles of files that reach each other. The file of a module is available to the files below it, so these may name it.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let mut edges: BTreeMap<Segments, BTreeSet<Segments>> = BTreeMap::new();
        for (own, other) in self.arrows() {
            if !own.starts_with(&other) {
                edges.entry(own).or_default().insert(other);
            }
        }
        round(&edges)
    }

    /// Cycles of the parts of a module: its direct children, each with all files below it.
    pub(crate) fn circles_of_parts(&self) -> Vec<Vec<String>> {
        let mut edges: BTreeMap<Segments, BTreeMap<Segments, BTreeSet<Segments>>> = BTreeMap::new();
        for (own, other) in self.arrows() {
            let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
            let (Some(_), Some(_)) = (own.get(shared), other.get(shared)) else {
                continue;
            };
            let part = |of: &Segments| of[..=shared].to_vec();
            let module = edges.entry(own[..shared].to_vec()).or_default();
            module.entry(part(&own)).or_default().insert(part(&other));
        }
        edges.values().flat_map(round).collect()
    }

    /// Files with each file that they name.
    pub(crate) fn arrows(&self) -> BTreeSet<(Segments, Segments)> {
        let of = |(own, file): (&Segments, &File)| -> Vec<(Segments, Segments)> {
            let named = file.named.iter();
            let files = named.filter_map(|path| self.file_of(own, path, 0));
            let others = files.filter(|other| other != own);
            others.map(|other| (own.clone(), other)).collect()
        };
        self.0.iter().flat_map(of).collect()
    }

    /// The file that defines the `path` used in `own`; `None` for names of other crates, or of no file.
    fn file_of(&self, own: &Segments, path: &[String], depth: usize) -> Option<Segments> {
        // An import that refers to itself, as one of another crate, is not followed further.
        if depth > 9 {
            return None;
        }
        let first = path.first()?;
        let supers = path.iter().take_while(|word| *word == "super").count();
        let (mut at, mut rest) = match first.as_str() {
            "crate" => (Segments::new(), &path[1..]),
            "self" => (own.clone(), &path[1..]),
            "super" => (
                own[..own.len().checked_sub(supers)?].to_vec(),
                &path[supers..],
            ),
            _ if self.below(own, first).is_some() => (own.clone(), path),
            _ => {
                let import = self.0.get(own)?.imports.get(first)?;
                let path = [import, &path[1..]].concat();
                return self.file_of(own, &path, depth + 1);
            }
        };
        while let Some((next, after)) = rest.split_first()
            && let Some(module) = self.below(&at, next)
        {
            (at, rest) = (module, after);
        }
        let file = self.0.get(&at)?;
        let import = rest.first().and_then(|name| file.imports.get(name));
        let defined = import.and_then(|import| {
            let path = [import, &rest[1..]].concat();
            self.file_of(&at, &path, depth + 1)
        });
        Some(defined.unwrap_or(at))
    }

    fn below(&self, module: &Segments, name: &str) -> Option<Segments> {
        let path = [module.as_slice(), &[name.to_owned()]].concat();
        self.0.contains_key(&path).then_some(path)
    }
}

/// Cycles of a graph, each as the names of its nodes.
fn round(edges: &BTreeMap<Segments, BTreeSet<Segments>>) -> Vec<Vec<String>> {
    let reach: BTreeMap<&Segments, BTreeSet<&Segments>> = edges
        .keys()
        .map(|own| {
            let (mut found, mut open) = (BTreeSet::new(), vec![own]);
            while let Some(at) = open.pop() {
                let next = edges.get(at).into_iter().flatten();
                open.extend(next.filter(|other| found.insert(*other)));
            }
            (own, found)
        })
        .collect();
    let circles: BTreeSet<Vec<String>> = reach
        .iter()
        .filter(|(own, found)| found.contains(*own))
        .map(|(own, found)| {
            let back = found.iter();
            let back =
                back.filter(|other| reach.get(*other).is_some_and(|there| there.contains(own)));
            back.map(|module| module.join("/")).collect()
        })
        .collect();
    circles.into_iter().collect()
}

/// The code with blanks for comments and quoted text.
fn blank(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let starts = |at: usize, word: &str| {
        word.chars()
            .enumerate()
            .all(|(offset, letter)| letters.get(at + offset) == Some(&letter))
    };
    let find = |from: usize, end: &str| {
        let found = (from..letters.len()).find(|&at| starts(at, end));
        found.map_or(letters.len(), |at| at + end.chars().count())
    };
    let mut code = String::new();
    let mut at = 0;
    while at < letters.len() {
        let end = match letters[at] {
            '/' if starts(at, "//") => find(at, "\n"),
            'r' if starts(at, "r#\"") => find(at + 3, "\"#"),
            '"' => {
                let mut end = at + 1;
                while end < letters.len() && letters[end] != '"' {
                    end += if letters[end] == '\\' { 2 } else { 1 };
                }
                end + 1
            }
            '\'' if starts(at + 1, "\\") => find(at + 3, "'"),
            '\'' if letters.get(at + 2) == Some(&'\'') => at + 3,
            letter => {
                code.push(letter);
                at += 1;
                continue;
            }
        };
        code.push(' ');
        at = end;
    }
    code
}

/// Imports and named paths of code without comments.
fn read(code: &str) -> (BTreeMap<String, Segments>, Vec<Segments>) {
    let (mut imports, mut named) = (BTreeMap::new(), Vec::new());
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut rest = code;
    let mut is_public = false;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|letter| !is_part(letter));
        let end = end.map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        // A method of a value, or the rest of a path after a `>`, is not a separate path.
        let is_method = rest[..start].ends_with('.') && !rest[..start].ends_with("..");
        let is_own = !is_method && !word.starts_with(':');
        rest = &rest[end..];
        if word == "use" {
            let (tree, after) = rest.split_once(';').unwrap_or((rest, ""));
            for (name, path) in tree_of(tree.trim()) {
                if !is_public {
                    named.push(path.clone());
                }
                imports.insert(name, path);
            }
            (rest, is_public) = (after, false);
            continue;
        }
        if word == "pub" {
            // The parentheses after it do not contain a path of code.
            is_public = true;
            if let Some(inner) = rest.strip_prefix('(') {
                rest = inner.split_once(')').map_or("", |(_, after)| after);
            }
            continue;
        }
        is_public = false;
        let segments: Segments = word
            .trim_end_matches(':')
            .split("::")
            .map(str::to_owned)
            .collect();
        if is_own && segments.len() > 1 {
            named.push(segments);
        }
    }
    (imports, named)
}

/// Names that a tree of `use` imports, with their paths.
fn tree_of(tree: &str) -> Vec<(String, Segments)> {
    let split = |path: &str| -> Segments {
        path.split("::")
            .map(str::trim)
            .filter(|segment| !segment.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let Some((prefix, list)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path = split(path);
        let name = match name.trim() {
            "" => path.last().cloned().unwrap_or_default(),
            name => name.to_owned(),
        };
        return vec![(name, path)];
    };
    let prefix = split(prefix);
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    let (mut items, mut depth) = (vec![String::new()], 0);
    for letter in list.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth == 0 {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(letter);
        }
    }
    let items = items.iter().map(|item| item.trim());
    items
        .filter(|item| !item.is_empty())
        .flat_map(tree_of)
        .map(|(name, path)| {
            if path == ["self"] {
                let own = prefix.last().cloned().unwrap_or_default();
                let name = if name == "self" { own } else { name };
                return (name, prefix.clone());
            }
            (name, [prefix.as_slice(), &path].concat())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Files;

    fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let mut all = Files::default();
        for (path, text) in files {
            all.add(path, text);
        }
        all.circles()
    }

    #[test]
    fn two_files_that_name_each_other_are_a_circle() {
        let files = [
            ("a", "mod b;\nmod c;"),
            ("a/b", "use super::c::C;\npub struct B;"),
            ("a/c", "pub struct C;\nfn of(b: &super::b::B) {}"),
        ];
        assert_eq!(circles(&files), [["a/b", "a/c"]]);
    }

    #[test]
    fn a_name_is_followed_through_re_exports() {
        let files = [
            (
                "a",
                "mod b;\nmod c;\npub use b::B;\npub(crate) use c::{C as D, self};",
            ),
            ("a/b", "use crate::a::D;\npub struct B(D);"),
            ("a/c", "use super::{B, other};\npub struct C(B);"),
        ];
        assert_eq!(circles(&files), [["a/b", "a/c"]]);
    }

    #[test]
    fn a_module_is_called_by_its_imported_name() {
        let files = [
            ("a", "mod b;\nmod c;"),
            ("a/b", "use super::c;\nfn one() { c::two() }"),
            ("a/c", "fn two() { super::b::one() }"),
        ];
        assert_eq!(circles(&files), [["a/b", "a/c"]]);
    }

    #[test]
    fn parts_of_a_module_are_distinguished_by_their_folders() {
        let files = [
            ("a", "mod b;\nmod c;"),
            ("a/b", "mod x;\npub mod y;"),
            ("a/b/x", "use crate::a::c::C;"),
            ("a/b/y", "pub struct Y;"),
            ("a/c", "use super::b::y::Y;\npub struct C;"),
        ];
        let mut all = Files::default();
        for (path, text) in files {
            all.add(path, text);
        }
        assert!(all.circles().is_empty());
        assert_eq!(all.circles_of_parts(), [["a/b", "a/c"]]);
    }

    #[test]
    fn what_comes_above_is_for_those_below_and_comments_and_texts_say_nothing() {
        let files = [
            ("a", "mod b;\nmod c;\npub struct A;\nfn make() { b::of() }"),
            (
                "a/b",
                "use super::A;\nuse super::c::C;\npub fn of() -> A {}",
            ),
            (
                "a/c",
                "//! See super::b::of.\npub struct C; // super::b\nconst T: &str = \"super::b::of\";\n\
                 const Q: char = '\"';\n#[cfg(test)]\nmod tests {\n use super::super::b::of;\n}",
            ),
        ];
        assert!(circles(&files).is_empty());
    }
}

//! Stack machine of the pickle opcodes.

use super::globals::{Known, is_refused};
use super::reader::Reader;
use super::storage::{storage, storage_of_text};
use super::{Id, Object, Objects, PickleError, Result, damaged, numpy};
use crate::message;
use std::borrow::Cow;
use std::collections::HashMap;

/// So many marks may be open at once; a real description has as many as its containers are deep.
const MAX_MARKS: usize = 100_000;

/// So many objects may be on the stack at once; a real description has the items of one container.
const MAX_STACK: usize = 4_000_000;

/// The longest name of a class that is kept.
const MAX_NAME: usize = 512;

/// Parses one pickle at the start of `bytes`: returns its objects, the root object, and the number of bytes read.
///
/// # Errors
/// A name that is refused at sight, an opcode that checkpoints do not use, or damage.
pub(in crate::weights) fn read(bytes: &[u8]) -> Result<(Objects<'_>, Id, usize)> {
    let mut machine = Machine {
        input: Reader::new(bytes),
        stack: Vec::new(),
        marks: Vec::new(),
        memo: HashMap::new(),
        objects: Objects::default(),
    };
    let root = machine.run()?;
    Ok((machine.objects, root, machine.input.at()))
}

struct Machine<'a> {
    input: Reader<'a>,
    stack: Vec<Id>,
    /// Height of the stack at each open MARK.
    marks: Vec<usize>,
    memo: HashMap<u64, Id>,
    objects: Objects<'a>,
}

impl<'a> Machine<'a> {
    fn run(&mut self) -> Result<Id> {
        loop {
            let opcode = self.input.byte()?;
            if opcode == b'.' {
                return self.pop();
            }
            self.step(opcode)?;
        }
    }

    #[allow(clippy::too_many_lines, reason = "one line an opcode")]
    fn step(&mut self, opcode: u8) -> Result<()> {
        match opcode {
            // PROTO and FRAME: framing is a hint for readers of a stream.
            0x80 => self.input.take(1).map(|_| ()),
            0x95 => self.input.take(8).map(|_| ()),
            // MARK, POP, POP_MARK, DUP.
            b'(' => {
                // A mark takes memory as an object does, and a description in place may be as long as the file.
                if self.marks.len() > MAX_MARKS {
                    return damaged(message!("pickle-many-marks", limit = MAX_MARKS));
                }
                self.marks.push(self.stack.len());
                Ok(())
            }
            b'0' => {
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                    return Ok(());
                }
                self.pop().map(|_| ())
            }
            b'1' => self.pop_mark().map(|_| ()),
            b'2' => {
                let top = self.top()?;
                self.push_again(top)
            }
            // NONE (and EMPTY_SET), NEWTRUE, NEWFALSE.
            b'N' | 0x8f => self.push(Object::Inert),
            0x88 => self.push(Object::Bool(true)),
            0x89 => self.push(Object::Bool(false)),
            // INT and LONG as text; BININT, BININT1, BININT2, LONG1, LONG4.
            b'I' | b'L' => {
                let line = self.input.line()?;
                let object = match line {
                    "00" => Object::Bool(false),
                    "01" => Object::Bool(true),
                    _ => line
                        .trim_end_matches('L')
                        .parse()
                        .map_or(Object::Inert, Object::Int),
                };
                self.push(object)
            }
            b'J' => {
                let value = i32::from_le_bytes(self.input.array()?);
                self.push(Object::Int(i64::from(value)))
            }
            b'K' => {
                let value = self.input.byte()?;
                self.push(Object::Int(i64::from(value)))
            }
            b'M' => {
                let value = u16::from_le_bytes(self.input.array()?);
                self.push(Object::Int(i64::from(value)))
            }
            0x8a => {
                let length = u64::from(self.input.byte()?);
                self.long(length)
            }
            0x8b => {
                let length = u64::from(u32::from_le_bytes(self.input.array()?));
                self.long(length)
            }
            // FLOAT, BINFLOAT.
            b'F' => {
                self.input.line()?;
                self.push(Object::Inert)
            }
            b'G' => {
                self.input.take(8)?;
                self.push(Object::Inert)
            }
            // Text: UNICODE, SHORT_BINUNICODE, BINUNICODE, BINUNICODE8; and of Python 2: STRING, SHORT_BINSTRING, BINSTRING.
            b'V' => {
                let line = self.input.line()?;
                self.push(Object::Text(Cow::Borrowed(line)))
            }
            b'S' => {
                let line = self.input.line()?.trim_matches(['\'', '"']);
                self.push(Object::Text(Cow::Borrowed(line)))
            }
            0x8c | b'U' => {
                let length = u64::from(self.input.byte()?);
                self.text(length)
            }
            b'X' | b'T' => {
                let length = u64::from(u32::from_le_bytes(self.input.array()?));
                self.text(length)
            }
            0x8d => {
                let length = u64::from_le_bytes(self.input.array()?);
                self.text(length)
            }
            // Bytes: SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8.
            b'C' => {
                let length = u64::from(self.input.byte()?);
                self.bytes(length)
            }
            b'B' => {
                let length = u64::from(u32::from_le_bytes(self.input.array()?));
                self.bytes(length)
            }
            0x8e | 0x96 => {
                let length = u64::from_le_bytes(self.input.array()?);
                self.bytes(length)
            }
            // Empty containers, and those that take the items above the mark.
            b')' => self.push(Object::Tuple(Vec::new())),
            b']' => self.push(Object::List(Vec::new())),
            b'}' => self.push(Object::Dict(Vec::new())),
            b't' => {
                let items = self.pop_mark()?;
                self.push(Object::Tuple(items))
            }
            b'l' => {
                let items = self.pop_mark()?;
                self.push(Object::List(items))
            }
            b'd' => {
                let items = self.pop_mark()?;
                self.push(Object::Dict(in_pairs(&items)?))
            }
            0x85 => self.tuple(1),
            0x86 => self.tuple(2),
            0x87 => self.tuple(3),
            // FROZENSET, ADDITEMS: no checkpoint keeps tensors in a set.
            0x91 => {
                self.pop_mark()?;
                self.push(Object::Inert)
            }
            0x90 => self.pop_mark().map(|_| ()),
            // APPEND, APPENDS, SETITEM, SETITEMS.
            b'a' => {
                let item = self.pop()?;
                self.extend(&[item])
            }
            b'e' => {
                let items = self.pop_mark()?;
                self.extend(&items)
            }
            b's' => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.insert(&[key, value])
            }
            b'u' => {
                let items = self.pop_mark()?;
                self.insert(&items)
            }
            // The memo: PUT, BINPUT, LONG_BINPUT, MEMOIZE, GET, BINGET, LONG_BINGET.
            b'p' => {
                let place = self.input.line()?.parse();
                self.put(place.map_err(|_| out_of_place())?)
            }
            b'q' => {
                let place = u64::from(self.input.byte()?);
                self.put(place)
            }
            b'r' => {
                let place = u64::from(u32::from_le_bytes(self.input.array()?));
                self.put(place)
            }
            0x94 => self.put(self.memo.len() as u64),
            b'g' => {
                let place = self.input.line()?.parse();
                self.fetch(place.map_err(|_| out_of_place())?)
            }
            b'h' => {
                let place = u64::from(self.input.byte()?);
                self.fetch(place)
            }
            b'j' => {
                let place = u64::from(u32::from_le_bytes(self.input.array()?));
                self.fetch(place)
            }
            // Imports: GLOBAL, STACK_GLOBAL.
            b'c' => {
                let (module, name) = (self.input.line()?, self.input.line()?);
                self.global(module, name)
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                let words = self.objects.text(module).zip(self.objects.text(name));
                let Some((module, name)) = words else {
                    return damaged(message!("pickle-import-name"));
                };
                let (module, name) = (module.to_owned(), name.to_owned());
                self.global(&module, &name)
            }
            // Calls: REDUCE, NEWOBJ, NEWOBJ_EX.
            b'R' | 0x81 => {
                let args = self.pop()?;
                self.call(args)
            }
            0x92 => {
                self.pop()?;
                let args = self.pop()?;
                self.call(args)
            }
            // BUILD: attributes such as `_metadata`, which no one reads, and what an array of numpy holds.
            b'b' => {
                let state = self.pop()?;
                let object = self.top()?;
                numpy::fill(&mut self.objects, object, state)
            }
            // BINPERSID.
            b'Q' => self.persistent(),
            // PERSID: the same as Python's text for it.
            b'P' => {
                let storage = storage_of_text(self.input.line()?)?;
                self.push(Object::Storage(storage))
            }
            b'i' | b'o' => damaged(message!("pickle-python-1")),
            0x82..=0x84 => damaged(message!("pickle-registry")),
            0x97 | 0x98 => damaged(message!("pickle-outside")),
            _ => damaged(message!(
                "pickle-opcode",
                byte = self.input.last(),
                code = format!("{opcode:#04x}")
            )),
        }
    }

    fn text(&mut self, length: u64) -> Result<()> {
        let text = String::from_utf8_lossy(self.input.counted(length)?);
        self.push(Object::Text(text))
    }

    fn bytes(&mut self, length: u64) -> Result<()> {
        let bytes = self.input.counted(length)?;
        self.push(Object::Bytes(bytes))
    }

    /// A little-endian integer of any length; values beyond 64 bits are not needed.
    fn long(&mut self, length: u64) -> Result<()> {
        let bytes = self.input.counted(length)?;
        let object = if bytes.len() <= 8 {
            let fill = if bytes.last().is_some_and(|last| last & 0x80 != 0) {
                0xFF
            } else {
                0
            };
            let mut eight = [fill; 8];
            eight[..bytes.len()].copy_from_slice(bytes);
            Object::Int(i64::from_le_bytes(eight))
        } else {
            Object::Inert
        };
        self.push(object)
    }

    fn push(&mut self, object: Object<'a>) -> Result<()> {
        let id = self.objects.add(object)?;
        self.stack.push(id);
        Ok(())
    }

    /// Pushes what is there already, which takes a place on the stack alone.
    fn push_again(&mut self, id: Id) -> Result<()> {
        if self.stack.len() > MAX_STACK {
            return damaged(message!("pickle-many-at-hand", limit = MAX_STACK));
        }
        self.stack.push(id);
        Ok(())
    }

    fn top(&self) -> Result<Id> {
        let floor = self.marks.last().copied().unwrap_or(0);
        match self.stack.last() {
            Some(top) if self.stack.len() > floor => Ok(*top),
            _ => damaged(message!("pickle-stack", byte = self.input.last())),
        }
    }

    fn pop(&mut self) -> Result<Id> {
        let top = self.top()?;
        self.stack.pop();
        Ok(top)
    }

    fn pop_mark(&mut self) -> Result<Vec<Id>> {
        match self.marks.pop() {
            Some(mark) => Ok(self.stack.split_off(mark)),
            None => damaged(message!("pickle-mark", byte = self.input.last())),
        }
    }

    fn tuple(&mut self, count: usize) -> Result<()> {
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(self.pop()?);
        }
        items.reverse();
        self.push(Object::Tuple(items))
    }

    fn extend(&mut self, items: &[Id]) -> Result<()> {
        let top = self.top()?;
        match self.objects.get_mut(top) {
            Object::List(list) => list.extend(items),
            Object::Inert | Object::Stranger(_) => {}
            _ => return damaged(message!("pickle-append")),
        }
        Ok(())
    }

    fn insert(&mut self, items: &[Id]) -> Result<()> {
        let top = self.top()?;
        let added = in_pairs(items)?;
        match self.objects.get_mut(top) {
            Object::Dict(pairs) => pairs.extend(added),
            Object::Inert | Object::Stranger(_) => {}
            _ => return damaged(message!("pickle-insert")),
        }
        Ok(())
    }

    fn put(&mut self, place: u64) -> Result<()> {
        let top = self.top()?;
        self.objects.spend(1)?;
        self.memo.insert(place, top);
        Ok(())
    }

    fn fetch(&mut self, place: u64) -> Result<()> {
        match self.memo.get(&place) {
            Some(id) => self.push_again(*id),
            None => damaged(message!("pickle-reference", number = place)),
        }
    }

    fn global(&mut self, module: &str, name: &str) -> Result<()> {
        if let Some(known) = Known::find(module, name) {
            return self.push(Object::Known(known));
        }
        // A long one that is fetched again and again would be a way to fill the memory.
        if module.len() + name.len() > MAX_NAME {
            return damaged(message!("pickle-long-name"));
        }
        let whole = format!("{module}.{name}");
        if is_refused(module, name) {
            return Err(PickleError::Refused(whole));
        }
        self.objects.spend(whole.len() / 64)?;
        self.push(Object::Stranger(whole.into()))
    }

    fn call(&mut self, args: Id) -> Result<()> {
        let function = self.pop()?;
        match *self.objects.get(function) {
            Object::Known(known) => {
                let made = known.call(&mut self.objects, args, 0)?;
                self.stack.push(made);
                Ok(())
            }
            // Nothing is called: its place is taken by the name.
            Object::Stranger(_) => {
                self.stack.push(function);
                Ok(())
            }
            _ => damaged(message!("pickle-function")),
        }
    }

    fn persistent(&mut self) -> Result<()> {
        let id = self.pop()?;
        let storage = storage(&self.objects, id)?;
        self.push(Object::Storage(storage))
    }
}

fn out_of_place() -> PickleError {
    PickleError::Damaged(message!("pickle-reference-number"))
}

fn in_pairs(items: &[Id]) -> Result<Vec<(Id, Id)>> {
    let (pairs, rest) = items.as_chunks::<2>();
    if !rest.is_empty() {
        return damaged(message!("pickle-pair"));
    }
    Ok(pairs.iter().map(|[key, value]| (*key, *value)).collect())
}

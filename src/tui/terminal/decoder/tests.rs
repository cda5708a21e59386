//! Tests of decoding bytes, all at once and one by one.

use crate::tui::terminal::decoder::*;

fn all(decoder: &mut Decoder) -> Vec<Event> {
    std::iter::from_fn(|| decoder.next()).collect()
}

/// Events of these bytes and a long silence, the same for all at once and one by one.
fn decoded(bytes: &[u8]) -> Vec<Event> {
    let now = Instant::now();
    let mut whole = Decoder::default();
    whole.feed(bytes, now);
    whole.wait_until(now + STILL);
    let mut single = Decoder::default();
    for byte in bytes {
        single.feed(&[*byte], now);
    }
    single.wait_until(now + STILL);
    let events = all(&mut whole);
    assert_eq!(events, all(&mut single), "{}", bytes.escape_ascii());
    assert_eq!(whole.state, State::Ground);
    events
}

fn keys(keys: &[Key]) -> Vec<Event> {
    keys.iter()
        .map(|&key| Event::Input(Input::Key(key)))
        .collect()
}

#[test]
fn keys_come_as_terminals_send_them() {
    use Key::Char;
    for (bytes, wanted) in [
        ("aZ ~", vec![Char('a'), Char('Z'), Char(' '), Char('~')]),
        ("é中😀", vec![Char('é'), Char('中'), Char('😀')]),
        (
            "\r\t\x7f\x08",
            vec![Key::Enter, Key::Tab, Key::Backspace, Key::Backspace],
        ),
        ("\x03\x1a", vec![Key::Interrupt, Key::Suspend]),
        (
            "\x1b[A\x1bOB\x1b[C\x1b[D",
            vec![Key::Up, Key::Down, Key::Right, Key::Left],
        ),
        (
            "\x1b[H\x1b[F\x1b[1~\x1b[8~",
            vec![Key::Home, Key::End, Key::Home, Key::End],
        ),
        (
            "\x1b[5~\x1b[6~\x1b[Z",
            vec![Key::PageUp, Key::PageDown, Key::BackTab],
        ),
        ("\x1b", vec![Key::Esc]),
        ("\x1b\x1b", vec![Key::Esc, Key::Esc]),
        ("\x1b[1;2A", vec![Key::Up]),
        ("\x1b\x03", vec![Key::Interrupt]),
        // Function keys with Control or Alt, and sequences that were not asked for, give no input.
        ("\x1b[1;5A\x1b[5;3~\x1ba\x1bé\x1b[[Aq", vec![Char('q')]),
        ("\x1bOP\x1b[15~\x1b[I\x1b[?62;4c\x01\x1cq", vec![Char('q')]),
        ("\x1b]11;rgb:0/0/0\x07\x1b_Gi=1;OK\x1b\\q", vec![Char('q')]),
    ] {
        assert_eq!(decoded(bytes.as_bytes()), keys(&wanted), "{bytes:?}");
    }
    // An incomplete character takes no other with it.
    assert_eq!(
        decoded(b"\xe4\xb8q\xff\xc0r"),
        keys(&[Char('q'), Char('r')])
    );
}

#[test]
fn the_mouse_comes_in_three_forms() {
    let click = Event::Input(Input::Click(104, 0));
    let wheel = |way| Event::Input(Input::Wheel(2, 3, way));
    for bytes in ["\x1b[<0;105;1M\x1b[<0;105;1m", "\x1b[32;105;1M"] {
        assert_eq!(decoded(bytes.as_bytes()).first(), Some(&click));
        assert_eq!(decoded(bytes.as_bytes()).len(), 1);
    }
    assert_eq!(decoded(b"\x1b[M\x60\x23\x24"), [wheel(Wheel::Up)]);
    assert_eq!(decoded(b"\x1b[<65;3;4M\x1b[<35;3;4M"), [wheel(Wheel::Down)]);
}

#[test]
fn a_terminal_says_its_name() {
    let name = Event::Name("kitty(0.42.1)".to_owned());
    assert_eq!(decoded(b"\x1bP>|kitty(0.42.1)\x1b\\"), [name]);
}

#[test]
fn a_paste_is_one_text_and_one_without_an_end_takes_no_key() {
    let paste = |text: &str| Event::Input(Input::Paste(text.to_owned()));
    let interrupt = keys(&[Key::Interrupt]).remove(0);
    assert_eq!(decoded(b"\x1b[200~a\x1b[b\x1b[201~"), [paste("a\x1b[b")]);
    assert_eq!(decoded(b"\x1b[200~ab"), [paste("ab")]);
    let whole = [paste("ab\x03"), interrupt.clone()];
    assert_eq!(decoded(b"\x1b[200~ab\x03"), whole);
    let now = Instant::now();
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~ab", now);
    assert_eq!(decoder.deadline(), Some(now + STILL));
    decoder.feed(b"\x03", now + ALONE);
    assert_eq!(all(&mut decoder), [paste("ab"), interrupt]);
    // Only the beginning of a long one is kept, and its end is recognised.
    let long = [b"\x1b[200~", "x".repeat(200_000).as_bytes(), PASTED, b"q"].concat();
    let events = decoded(&long);
    assert_eq!(events[0], paste(&"x".repeat(LONGEST_PASTE)));
    assert_eq!(events[1..], keys(&[Key::Char('q')]));
}

#[test]
fn an_answer_is_no_key_however_long_it_is() {
    let long = "x".repeat(1 << 20);
    let events = decoded(format!("\x1b]52;c;{long}\x07q").as_bytes());
    assert_eq!(events, keys(&[Key::Char('q')]));
    // One that stops is given up, and Ctrl-C ends it at once.
    assert_eq!(decoded(b"\x1b]52;c;xx"), []);
    let now = Instant::now();
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1bPxx", now);
    decoder.feed(b"\x03", now + ALONE);
    assert_eq!(all(&mut decoder), keys(&[Key::Interrupt]));
    // A letter with Alt may look like the beginning of one, but takes no key with it.
    decoder.feed(b"\x1b]", now);
    decoder.wait_until(now + ESCAPE);
    decoder.feed(b"q", now + ESCAPE);
    assert_eq!(all(&mut decoder), keys(&[Key::Char('q')]));
}

#[test]
fn no_bytes_are_a_panic() {
    let mut seed = 1_u64;
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..40)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let byte = (seed >> 33) as u8;
                *b"\x1b[]P<M;~O200\x03\x9b"
                    .get(usize::from(byte % 40))
                    .unwrap_or(&byte)
            })
            .collect();
        decoded(&bytes);
    }
}

//! The start screen: its doors, the film that time and keys move, and files of one's own.

use std::time::Duration;

use resnet_explore::text::Language;
use resnet_explore::tui::begin_at_doors;
use resnet_explore::tui::context::Around;
use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::message::{Message, Tab};
use resnet_explore::tui::screen::Screen;
use resnet_explore::tui::update::update;
use resnet_explore::tui::worker::{Moment, NETWORK};
use resnet_explore::weights::disk::Places;

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture};
use ratatui::style::Color;
use resnet_explore::tui::kit::theme::Depth;

fn doors(size: (u16, u16)) -> Explorer {
    let mut explorer = Explorer::new(None, size);
    begin_at_doors(&mut explorer.app);
    explorer
}

fn in_chinese(size: (u16, u16)) -> Explorer {
    let mut explorer = Explorer::new(None, size);
    let chinese = Language::parse("zh").expect("a language");
    explorer.app.speak(chinese);
    begin_at_doors(&mut explorer.app);
    explorer
}

/// Lets time pass until the film is at a moment of this kind.
fn until(mut explorer: Explorer, moment: Moment) -> Explorer {
    for _ in 0..4_000 {
        let start = &explorer.app.start;
        let film = start.film.as_ref().expect("a film");
        let watch = start.watch.expect("a film that plays");
        if watch.frame(film).and_then(|frame| frame.moment) == Some(moment) {
            return explorer;
        }
        update(&mut explorer.app, Message::Tick(Duration::from_millis(20)));
    }
    panic!("no {moment:?}");
}

#[test]
fn three_doors_lead_into_the_explorer() {
    assert_picture!("start_80x24", doors(SMALL));
    assert_picture!("start_120x40", doors(LARGE).press("Right"));
    assert_picture!("start_zh_80x24", in_chinese(SMALL));
    let learn = doors(SMALL).press("2");
    assert!(learn.app.overlay.is_some());
    let mut mine = doors(SMALL).press("Right Right Enter");
    assert!(mine.picture().contains("Open a spec"), "{}", mine.picture());
    let catalogue = doors(SMALL).press("Esc");
    assert!(matches!(catalogue.app.screen, Screen::Catalogue));
    let again = catalogue.press("0");
    assert!(matches!(again.app.screen, Screen::Start));
    let wrapped = again.press("Left");
    assert_eq!(wrapped.app.start.door as usize, 2);
}

#[test]
fn a_door_can_be_clicked() {
    let mut explorer = doors(LARGE);
    let picture = explorer.picture();
    let (row, line) = (0..)
        .zip(picture.lines())
        .find(|(_, line)| line.contains("Watch"))
        .expect("a door");
    let column = line
        .chars()
        .position(|sign| sign == 'W')
        .expect("it is there");
    let watched = explorer.input(Input::Click(column as u16, row));
    assert!(watched.app.start.watch.is_some());
}

#[test]
fn the_film_goes_by_time_from_the_picture_to_the_answer() {
    let mut film = doors(SMALL).press("1");
    assert_picture!("film_picture_80x24", film);
    for (name, moment) in [
        ("film_kernels_80x24", Moment::Kernels),
        ("film_addition_80x24", Moment::Addition),
        ("film_stage_80x24", Moment::Stage),
        ("film_pooled_80x24", Moment::Pooled),
        ("film_answer_80x24", Moment::Answer),
    ] {
        film = until(film, moment);
        assert_picture!(name, film);
    }
    let mut large = until(doors(LARGE).press("1"), Moment::Addition);
    assert_picture!("film_addition_120x40", large);
    let mut chinese = until(in_chinese(SMALL).press("1"), Moment::Addition);
    assert_picture!("film_addition_zh_80x24", chinese);
}

#[test]
fn the_film_lasts_twenty_seconds_and_shows_every_layer() {
    let mut explorer = doors(SMALL).press("1");
    let mut seen = Vec::new();
    let mut passed = Duration::ZERO;
    while let Some(left) = explorer.app.start.until_next_frame() {
        seen.extend(explorer.app.start.frame());
        update(&mut explorer.app, Message::Tick(left));
        passed += left;
    }
    assert!((15..20).contains(&passed.as_secs()), "{passed:?}");
    let layers = explorer
        .app
        .start
        .film
        .as_ref()
        .expect("a film")
        .frames
        .len();
    assert_eq!(seen, (0..layers - 1).collect::<Vec<_>>());
    // At the end nothing moves any more.
    update(&mut explorer.app, Message::Tick(Duration::from_secs(60)));
    assert_eq!(explorer.app.start.frame(), Some(layers - 1));
}

#[test]
fn the_film_pauses_goes_on_and_ends_at_any_key() {
    let mut paused = doors(SMALL).press("1 Space");
    update(&mut paused.app, Message::Tick(Duration::from_secs(9)));
    assert_eq!(paused.app.start.frame(), Some(0));
    let mut goes_on = paused.press("Space");
    update(&mut goes_on.app, Message::Tick(Duration::from_secs(9)));
    assert!(goes_on.app.start.frame() > Some(10));
    let back = goes_on.press("0");
    assert_eq!(back.app.start.frame(), Some(0));
    let next = back.press("Right Right");
    let watch = next.app.start.watch.expect("a film");
    let film = next.app.start.film.as_ref().expect("a film");
    let moment = watch.frame(film).and_then(|frame| frame.moment);
    assert_eq!(moment, Some(Moment::Addition));
    for key in [
        Key::Char('x'),
        Key::Esc,
        Key::Up,
        Key::Char('?'),
        Key::Char('q'),
    ] {
        let ended = doors(SMALL).press("1").input(Input::Key(key));
        assert!(ended.app.start.watch.is_none(), "{key:?}");
        assert!(matches!(ended.app.screen, Screen::Start), "{key:?}");
        assert!(ended.app.overlay.is_none(), "{key:?}");
    }
}

#[test]
fn the_film_leads_into_its_network() {
    let explorer = doors(SMALL).press("1 Enter");
    let opened = explorer.app.opened().expect("a network");
    assert_eq!(
        (opened.name().as_str(), opened.tab),
        (NETWORK, Tab::Forward)
    );
    let back = explorer.press("Esc");
    assert!(matches!(back.app.screen, Screen::Start));
}

#[test]
fn the_film_needs_neither_colours_nor_more_than_ascii() {
    let mut explorer = Explorer::with_colours(None, SMALL, Depth::Mono);
    explorer.app.ascii = true;
    begin_at_doors(&mut explorer.app);
    let start = explorer.picture();
    assert!(start.is_ascii(), "{start}");
    let mut film = until(explorer.press("1"), Moment::Addition);
    let picture = film.picture();
    assert!(picture.is_ascii(), "{picture}");
    assert_picture!("film_ascii_80x24", film);
    let buffer = film.terminal.backend().buffer();
    let has_colour = |colour: Color| colour != Color::Reset;
    assert!(
        !buffer
            .content()
            .iter()
            .any(|cell| has_colour(cell.fg) || has_colour(cell.bg))
    );
}

#[test]
fn files_of_ones_own_are_listed_and_a_path_can_be_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("mine.toml");
    std::fs::write(&spec, "inherits = \"resnet18\"\n").expect("a file");
    std::fs::write(folder.path().join("other.toml"), "[package]\n").expect("a file");
    let mut explorer = doors(SMALL);
    explorer.app.look_around(Around {
        weights: Places::default(),
        pictures: Some(folder.path().to_owned()),
        free: None,
    });
    let mut list = explorer.press("3");
    let picture = list.picture();
    assert!(
        picture.contains("mine.toml") && !picture.contains("other.toml"),
        "{picture}"
    );
    let opened = list.press("Enter");
    let name = opened.app.opened().expect("a network").name();
    assert!(name.ends_with("mine.toml"), "{name}");
    assert_eq!(opened.app.saved_state().recent.len(), 1);
    let mut again = opened.press("Esc 3");
    assert!(
        again.picture().contains("opened before"),
        "{}",
        again.picture()
    );
    // By another path it is the same file.
    again.app.look_around(Around {
        weights: Places::default(),
        pictures: Some(folder.path().join(".")),
        free: None,
    });
    let mut again = again.press("Esc 3");
    let picture = again.picture();
    assert_eq!(picture.matches("mine.toml").count(), 1, "{picture}");
    let other = folder.path().join("typed.toml");
    std::fs::write(&other, "inherits = \"resnet34\"\nblocks = [1, 1, 1, 1]\n").expect("a file");
    let typed = again.press(&other.display().to_string()).press("Enter");
    let name = typed.app.opened().expect("a network").name();
    assert!(name.ends_with("typed.toml"), "{name}");
    let mut none = doors(SMALL).press("3 /nowhere/at-all.toml Enter");
    assert!(none.app.opened().is_none());
    assert!(none.picture().contains("nowhere"), "{}", none.picture());
}

#[test]
fn the_doors_cut_no_word_at_the_smallest_size() {
    for mut explorer in [doors(SMALL), in_chinese(SMALL)] {
        let picture = explorer.picture();
        assert!(!picture.contains('…'), "{picture}");
        assert!(picture.contains("⊕──────╯"), "{picture}");
    }
}

#[test]
fn lessons_have_the_numbers_that_quizzes_call_them_by() {
    let mut lessons = doors(LARGE).press("2");
    let picture = lessons.picture();
    for (number, title) in [
        (" 4", "BasicBlock"),
        (" 5", "The bottleneck"),
        ("  ", "Quiz: lessons 5 to 8"),
    ] {
        let line = format!("{number}  {title}");
        assert!(picture.contains(&line), "{line}: {picture}");
    }
}

#[test]
fn commands_are_found_by_the_words_of_those_who_do_not_know_them() {
    for (word, found) in [
        ("picture", "watch a picture"),
        ("museum", "museum:"),
        ("broken", "museum:"),
    ] {
        let mut palette = Explorer::new(None, SMALL).press(&format!(": {word}"));
        assert!(
            palette.picture().contains(found),
            "{word}: {}",
            palette.picture()
        );
    }
    // The search leads there too: by Enter where no network has the word, by Tab where some have.
    for keys in ["/museum Enter", "/picture Tab"] {
        let searched = Explorer::new(None, SMALL).press(keys);
        assert!(searched.app.overlay.is_some(), "{keys}");
    }
    let museum = Explorer::new(None, SMALL).press(": museum Enter");
    assert!(
        museum
            .app
            .opened()
            .expect("a piece")
            .name()
            .starts_with("museum:")
    );
    let watched = Explorer::new(None, SMALL).press(": watch Space a Space picture Enter");
    assert!(watched.app.start.watch.is_some());
}

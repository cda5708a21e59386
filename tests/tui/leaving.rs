//! Way back: a lesson leads back to where it was begun, and a comparison comes back as it was left.

use resnet_explore::tui::begin_at_doors;
use resnet_explore::tui::screen::Screen;

use crate::explorer::{Explorer, LARGE, model};

#[test]
fn a_lesson_leads_back_to_where_it_was_begun() {
    let mut doors = Explorer::new(None, LARGE);
    begin_at_doors(&mut doors.app);
    let lesson = doors.press("2 Enter");
    assert!(lesson.app.opened().is_some(), "the lesson's network");
    // The lesson gives the keys to the view; then the view is left.
    let back = lesson.press("Esc Esc");
    assert!(matches!(back.app.screen, Screen::Start));
    assert!(back.app.course.open.is_none(), "it ends with its network");
    // A network of one's own is there again, after any number of the lesson's.
    let own = Explorer::at_start(model("resnet18"), LARGE).press("t Enter n n n n");
    assert_ne!(own.app.opened().expect("a network").name(), "resnet18");
    let back = own.press("Esc Esc");
    assert_eq!(back.app.opened().expect("a network").name(), "resnet18");
}

#[test]
fn a_comparison_that_is_opened_again_keeps_its_place_and_its_filter() {
    let compared = || Explorer::new(None, LARGE).press("/ resnet18 Enter Enter");
    let first = compared().press("D resnet34 Enter & End");
    let at = |explorer: &Explorer| {
        let compare = explorer.app.compared().expect("a comparison");
        let row = compare.tree.selected().expect("a row").row.clone();
        (compare.only_differences, compare.tree.list().cursor.at, row)
    };
    let was = at(&first);
    assert!(was.1 > 0);
    let again = first.press("Esc D resnet34 Enter");
    assert_eq!(at(&again), was);
    let turned = again.press("&");
    assert_ne!(at(&turned).0, was.0);
    let again = turned.press("Esc D resnet34 Enter");
    assert_ne!(at(&again).0, was.0, "the filter stays as it was left");
}

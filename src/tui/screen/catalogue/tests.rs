//! Tests of the list of networks.

use crate::report::catalogue::entry::entries;
use crate::tui::screen::catalogue::*;

fn names(catalogue: &Catalogue) -> Vec<&str> {
    catalogue.shown().map(|entry| entry.name.as_str()).collect()
}

fn search(text: &str) -> Catalogue {
    let mut catalogue = Catalogue::load();
    catalogue.type_text(text);
    catalogue
}

#[test]
fn a_search_takes_names_as_people_write_them() {
    let catalogue = search("ResNet-152");
    let found = names(&catalogue);
    assert_eq!(found[..2], ["resnet152", "resnet152_v1"]);
    assert!(found.iter().all(|name| name.contains("152")), "{found:?}");
    assert!(names(&search("cifar 110")).contains(&"resnet110_cifar"));
    assert_eq!(names(&search("rn152v1")), ["resnet152_v1"]);
    assert!(names(&search("transformer")).is_empty());
    assert!(search("transformer").selected().is_none());
}

#[test]
fn families_fold_and_a_search_unfolds_what_it_finds() {
    let mut catalogue = Catalogue::load();
    assert_eq!(catalogue.selected().unwrap().name, "resnet18");
    let all = catalogue.len();
    catalogue.fold(FoldTree::close);
    catalogue.fold(FoldTree::close);
    assert!(catalogue.selected().is_none());
    let family = catalogue.selected_family().unwrap();
    assert!(family.iter().all(|entry| entry.family.own() == "ResNet"));
    assert_eq!(catalogue.len(), all - family.len());
    assert_eq!(catalogue.found(), catalogue.entries().len());
    catalogue.type_text("152");
    assert_eq!(catalogue.selected().unwrap().name, "resnet152");
    catalogue.show_all();
    assert!(catalogue.folded().contains("ResNet"));
    assert_eq!(catalogue.len(), all - 11, "its family stays folded");
    catalogue.select_name(Some("resnet152"));
    assert_eq!(catalogue.selected().unwrap().name, "resnet152");
    assert!(catalogue.folded().is_empty());
}

#[test]
fn two_networks_are_marked_at_most() {
    let mut catalogue = Catalogue::load();
    for _ in 0..3 {
        catalogue.mark();
        catalogue.go(Motion::Down, 10);
    }
    assert_eq!(catalogue.marked(), ["resnet26", "resnet34"]);
    catalogue.go(Motion::Up, 10);
    catalogue.mark();
    assert_eq!(catalogue.marked(), ["resnet26"]);
}

#[test]
fn an_order_can_be_turned_round() {
    let mut catalogue = Catalogue::load();
    catalogue.count_all();
    catalogue.sort_by(SortKey::Depth, true);
    assert_eq!(names(&catalogue)[0], "resnet1202_cifar");
    catalogue.sort_by(SortKey::Depth, false);
    assert_eq!(names(&catalogue).last(), Some(&"resnet1202_cifar"));
}

#[test]
fn the_first_picture_needs_the_figures_of_its_lines_alone() {
    let mut catalogue = Catalogue::load();
    let counted = |catalogue: &Catalogue| {
        let entries = catalogue.entries().iter();
        entries.filter(|entry| entry.figures.is_some()).count()
    };
    assert_eq!(counted(&catalogue), 0);
    let Some(Task::Count(left)) = catalogue.job(20) else {
        panic!("the others are left");
    };
    let (seen, all) = (counted(&catalogue), catalogue.entries().len());
    assert!((15..=20).contains(&seen), "{seen}");
    assert_eq!((left.len(), catalogue.is_counting()), (all - seen, true));
    assert!(catalogue.job(20).is_none(), "once");

    // An order by figures holds when the last ones are there.
    catalogue.sort_by(SortKey::Depth, true);
    let of = |name: &String| (name.clone(), figures(name).expect("a shipped network"));
    let (some, rest) = left.split_at(100);
    catalogue.take(some.iter().map(of).collect());
    assert!(catalogue.is_counting() && !catalogue.is_counted());
    catalogue.take(rest.iter().map(of).collect());
    assert!(!catalogue.is_counting() && catalogue.is_counted());
    assert_eq!(names(&catalogue)[0], "resnet1202_cifar");
    assert_eq!(catalogue.entries(), entries().expect("all are sound"));
}

#[test]
fn the_found_network_stays_selected_among_all() {
    let mut catalogue = search("152");
    catalogue.show_all();
    assert_eq!(catalogue.selected().unwrap().name, "resnet152");
    assert_eq!(catalogue.found(), catalogue.entries().len());
}

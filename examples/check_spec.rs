//! Checks a spec and prints every problem with its place: `cargo run --release --example check_spec -- mine.toml`. Without a
//! file, it checks a ResNet-50 without projections.
#![allow(clippy::print_stdout)] // a program for people, not the library

use resnet_explore::lower::{Model, Overrides, open, open_text};
use resnet_explore::report::checks::check;
use resnet_explore::spec::has_errors;
use resnet_explore::text::Language;

const BROKEN: &str = "inherits = \"resnet50\"\nshortcut = \"identity\"\n";

fn main() {
    let model: Model = match std::env::args().nth(1) {
        None => open_text("no_projections.toml", BROKEN, &Overrides::default()),
        Some(path) => match open(&path, &Overrides::default()) {
            Ok(model) => model,
            Err(problems) => {
                for problem in problems {
                    println!("{}", Language::ENGLISH.say(&problem.headline()));
                }
                std::process::exit(1);
            }
        },
    };
    let problems = check(&model);
    for problem in &problems {
        if let Some(place) = &problem.place {
            print!("{place}: ");
        }
        println!(
            "{}[{}]: {}",
            problem.severity.name(),
            problem.rule,
            Language::ENGLISH.say(&problem.headline())
        );
        if let Some(help) = &problem.help {
            println!("  help: {}", Language::ENGLISH.say(help));
        }
    }
    if has_errors(&problems) {
        std::process::exit(1);
    }
    println!("no errors");
}

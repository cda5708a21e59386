//! Counts a network: `cargo run --release --example count -- resnet101`.
#![allow(clippy::print_stdout)] // a program for people, not the library

use resnet_explore::analysis::{Macs, Params, Rule, analyze};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::text::Language;

fn main() {
    let name = std::env::args().nth(1).unwrap_or("resnet50".to_owned());
    let model = match open(&name, &Overrides::default()) {
        Ok(model) => model,
        Err(problems) => {
            for problem in problems {
                println!("{}", Language::ENGLISH.say(&problem.headline()));
            }
            std::process::exit(1);
        }
    };
    let analysis = analyze(&model.network, Rule::ConvFc);
    for (id, node) in model.network.nodes() {
        let shape = analysis.shapes[id].map_or_else(|| "?".to_owned(), |shape| shape.to_string());
        println!("{:<28} {:<16} {}", node.path, shape, analysis.params[id].0);
    }
    println!(
        "{}: {} parameters, {} multiply-adds (convolutions and linear layers)",
        model.title().own(),
        analysis.params.iter().sum::<Params>().0,
        analysis.macs.iter().sum::<Macs>().0,
    );
}

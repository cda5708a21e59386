//! One way to what a name or a path opens: a network, a checkpoint with its weights, or an image to classify.

use std::path::PathBuf;
use std::sync::Arc;

use crate::lower::{Model, Overrides, open};
use crate::message;
use crate::spec::{Problem, named};
use crate::text::Message;
use crate::tui::app::{App, Effect};
use crate::tui::message::Tab;
use crate::tui::overlay::chooser::List;
use crate::tui::worker::{FileKind, Job, Preview};
use crate::weights::infer::identify;
use crate::weights::{checkpoint, published};

/// Opens a spec, a checkpoint, an image, or a network with published weights that are on this disk; `preview` is what is known of it.
pub(super) fn file(app: &mut App, text: &str, preview: Option<Box<Preview>>) -> Option<Effect> {
    let path = named::path(text);
    let on_disk = published::named(text, None)
        .and_then(|weights| Some((weights, app.around.weights.find(weights)?.path)));
    if let Some((weights, path)) = on_disk {
        network(app, weights.net);
        with_weights(app, path);
        return None;
    }
    match FileKind::of(&path) {
        FileKind::Picture if path.exists() => return classify(app, path),
        FileKind::Checkpoint if path.exists() => match found(text, preview) {
            Ok(model) => {
                let screen = app.screen_of(model);
                app.enter(screen);
                with_weights(app, path);
            }
            Err(reason) => app.notice = Some(reason),
        },
        _ => network(app, text),
    }
    None
}

/// Takes a checkpoint's weights into the network that was just opened.
fn with_weights(app: &mut App, path: PathBuf) {
    app.remember(&path);
    app.load(path);
}

/// Network of a checkpoint.
fn found(text: &str, preview: Option<Box<Preview>>) -> Result<Arc<Model>, Message> {
    let nothing = || message!("infer-nothing-alike", file = text);
    if let Some(preview) = preview {
        let problem = preview.problem.unwrap_or_else(nothing);
        return preview.model.ok_or(problem);
    }
    let source = checkpoint::open(named::path(text)).map_err(|error| error.message())?;
    let names = source.names().unwrap_or_default();
    let model = identify(&names, text, &Overrides::default()).ok_or_else(nothing)?;
    Ok(Arc::new(model))
}

/// Classes of ImageNet-1k, whose pictures are everyday things.
const EVERYDAY: u64 = 1_000;

/// Classifies a picture with the most accurate weights on this disk.
fn classify(app: &mut App, picture: PathBuf) -> Option<Effect> {
    let places = &app.around.weights;
    let all = published::all().iter();
    let here: Vec<_> = all.filter(|row| places.find(row).is_some()).collect();
    let Some(best) = published::best(&here, Some(EVERYDAY)) else {
        app.notice = Some(message!("notice-no-weights-here"));
        return None;
    };
    let model = open(best.net, &Overrides::default()).ok()?;
    let screen = app.screen_of(model);
    app.enter(screen);
    let opened = app.screen.opened_mut()?;
    opened.show(Tab::Forward);
    let chooser = &mut opened.forward.chooser;
    chooser.select(best);
    chooser.list = List::Inputs;
    chooser.add_file(picture);
    let last = opened.subject.model.network.sink()?;
    let task = opened.forward.bring_to(&opened.subject, last)?;
    let ticket = opened.ticket;
    Some(Effect::Start(Job { ticket, task }))
}

/// Opens a network on top of the screen.
pub(super) fn network(app: &mut App, name: &str) {
    if let Some(screen) = app.kept(name, None) {
        app.enter(screen);
        return;
    }
    match open(name, &Overrides::default()) {
        Ok(model) => {
            let screen = app.screen_of(model);
            app.enter(screen);
        }
        Err(problems) => app.notice = problems.first().map(Problem::headline),
    }
}

//! Service of what screens, views, boxes and lessons request.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{do_command, lesson};
use crate::engine::WeightsChoice;
use crate::lesson::course::Study;
use crate::lower::{Overrides, open};
use crate::message;
use crate::report::format::percent;
use crate::spec::{Fix, Place, Problem, named};
use crate::tui::app::{App, Effect, Overlay};
use crate::tui::fix::FileFix;
use crate::tui::message::{Field, Side, Tab};
use crate::tui::overlay::chooser::List;
use crate::tui::overlay::confirm::Confirm;
use crate::tui::overlay::files::Files;
use crate::tui::request::{Asks, Request};
use crate::tui::screen::Screen;
use crate::tui::screen::compare::Compare;
use crate::tui::setup::Setup;
use crate::tui::worker::{FileKind, Fit, Job, Lane, Preview, Task, Wanted};
use crate::weights::disk::Places;
use crate::weights::fetch::{AVAILABLE, FetchError, Fetched, Progress};
use crate::weights::published::{self, PublishedWeights};

/// Serves requests in their order; returns an effect to perform outside the state.
pub(super) fn serve(app: &mut App, asks: Asks) -> Option<Effect> {
    let mut effect = None;
    for request in asks {
        effect = match (effect, one(app, request)) {
            // A job that starts stops the one before it in its lane.
            (Some(before), None | Some(Effect::CancelBnLab)) => Some(before),
            (_, after) => after,
        };
    }
    effect
}

fn one(app: &mut App, request: Request) -> Option<Effect> {
    match request {
        Request::Notify(notice) => app.notice = Some(notice),
        Request::Do(command) => return do_command(app, command),
        Request::Run(task) => {
            let ticket = app.opened()?.ticket;
            return Some(Effect::Start(Job { ticket, task }));
        }
        Request::PickFile(wanted, from) => pick_file(app, wanted, from),
        Request::TakeFile(wanted, path, preview) => return take_file(app, wanted, path, preview),
        Request::Fetch(weights) => return fetch(app, weights),
        Request::Measure(task) => return measure(app, task),
        Request::Weigh(task) => {
            app.tickets += 1;
            let ticket = app.tickets;
            app.screen.opened_mut()?.gradients.ticket = ticket;
            return Some(Effect::Start(Job { ticket, task }));
        }
        Request::Inquire(task) => {
            app.tickets += 1;
            let ticket = app.tickets;
            app.screen.opened_mut()?.answers.as_mut()?.ticket = ticket;
            return Some(Effect::Start(Job { ticket, task }));
        }
        Request::Teach(task) => {
            app.tickets += 1;
            let ticket = app.tickets;
            app.train.ticket = ticket;
            return Some(Effect::Start(Job { ticket, task }));
        }
        Request::Film(task) => {
            app.tickets += 1;
            let ticket = app.tickets;
            app.start.ticket = ticket;
            return Some(Effect::Start(Job { ticket, task }));
        }
        Request::Keep(folder, files) => return Some(Effect::Keep(folder, files)),
        Request::Answer(job) => return Some(Effect::Start(job)),
        Request::Stop => return Some(Effect::Cancel),
        Request::StopLane(lane) => return Some(Effect::CancelLane(lane)),
        Request::StopMeasuring => return Some(Effect::CancelBnLab),
        Request::Layer(tab, id) => app.screen.opened_mut()?.show_layer(tab, id),
        Request::Place(place) => show_place(app, &place),
        Request::Left(layer) => {
            let mut place = app.place();
            place.layer = layer;
            app.history.leave(place);
        }
        Request::Open(name) => open_network(app, &name),
        Request::Compare(names) => compare(app, names, Setup::default()),
        Request::OpenSide(side) => open_side(app, side),
        Request::Fix(fix) => propose_fix(app, fix),
        Request::OpenFit(advice, weights) => return open_fit(app, &advice, &weights),
        Request::Look => {
            let asks = lesson::look(app);
            return serve(app, asks);
        }
        Request::Reveal => {
            let asks = lesson::reveal(app);
            return serve(app, asks);
        }
        Request::Unveil => lesson::unveil(app),
        Request::Study(study) => return begin(app, study),
        Request::KeepProgress => return Some(Effect::KeepProgress),
    }
    None
}

/// Shows the file picker in the folder that it was left in, or else in this one.
pub(super) fn pick_file(app: &mut App, wanted: Wanted, from: Option<PathBuf>) {
    // A pass that runs would be left without its worker.
    if wanted == Wanted::Networks && app.is_busy() {
        app.notice = Some(message!("notice-pass-runs"));
        return;
    }
    let left = app.folders.of(wanted).map(Path::to_owned);
    let folder = left.or(from).unwrap_or_else(|| PathBuf::from("."));
    app.overlay = Some(Overlay::Files(Box::new(Files::of(wanted, &folder))));
}

/// Takes a file from the picker: for the view that asked for it, or as a network.
fn take_file(
    app: &mut App,
    wanted: Wanted,
    path: PathBuf,
    preview: Option<Box<Preview>>,
) -> Option<Effect> {
    app.overlay = None;
    app.folders.leave(wanted, path.parent());
    if wanted == Wanted::Networks {
        return open_file(app, path, *preview?);
    }
    let mut asks = Asks::default();
    if wanted == Wanted::Data {
        let name = named::text(path);
        let set = app.train.set(Field::Data, &name);
        set.err().into_iter().for_each(|why| asks.notify(why));
        return serve(app, asks);
    }
    app.screen.opened_mut()?.take_file(path, &mut asks);
    serve(app, asks)
}

/// Opens a file as a network: a spec, a checkpoint with its weights, or a picture with the best weights on this disk.
fn open_file(app: &mut App, path: PathBuf, preview: Preview) -> Option<Effect> {
    match (FileKind::of(&path), preview.model) {
        (FileKind::Spec, _) => open_network(app, &named::text(path)),
        (FileKind::Checkpoint, Some(model)) => {
            let screen = app.screen_of(model);
            app.enter(screen);
            app.remember(&path);
            app.load(path);
        }
        (FileKind::Checkpoint, None) => {
            let file = path.display().to_string();
            let nothing = || message!("infer-nothing-alike", file = file);
            app.notice = Some(preview.problem.unwrap_or_else(nothing));
        }
        (FileKind::Picture, _) => return classify(app, path),
    }
    None
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

/// Downloads weights; asked for again, stops. One download runs at a time.
fn fetch(app: &mut App, weights: &'static PublishedWeights) -> Option<Effect> {
    let name = weights.name();
    match app.fetching {
        Some(other) if other == weights => return Some(Effect::CancelLane(Lane::Fetch)),
        Some(other) => {
            let other = other.name();
            app.notice = Some(message!("notice-fetches-other", name = other));
            return None;
        }
        None => {}
    }
    // A replayed demonstration has no caches, and touches no network.
    if !AVAILABLE || app.around.weights == Places::default() {
        app.notice = Some(message!("chooser-fetch-first", name = name));
        return None;
    }
    app.fetching = Some(weights);
    app.notice = Some(message!("notice-fetch-begins", name = name));
    let places = app.around.weights.clone();
    let task = Task::Fetch { weights, places };
    Some(Effect::Start(Job { ticket: 0, task }))
}

/// Shows how far a download is.
pub(super) fn fetch_progress(app: &mut App, progress: &Progress) {
    let Some(weights) = app.fetching else {
        return;
    };
    let stage = progress.message();
    let name = weights.name();
    app.notice = Some(match (progress.share(), progress.left()) {
        (Some(share), Some(left)) => message!(
            "notice-fetch-left",
            name = name,
            stage = stage,
            share = percent(share),
            seconds = left.as_secs()
        ),
        _ => message!("notice-fetch", name = name, stage = stage),
    });
}

/// Takes downloaded weights into the chooser, or says why there are none.
pub(super) fn fetched(app: &mut App, result: Result<Fetched, FetchError>) {
    let Some(weights) = app.fetching.take() else {
        return;
    };
    app.notice = Some(match result {
        Ok(fetched) => {
            if let Some(opened) = app.screen.opened_mut() {
                opened.forward.chooser.refresh();
                opened.forward.chooser.select(weights);
            }
            let file = fetched.file.path.display().to_string();
            message!("notice-fetched", name = weights.name(), file = file)
        }
        Err(error) => error.message(),
    });
}

/// Starts measurements, whose news the open lab takes.
fn measure(app: &mut App, task: Task) -> Option<Effect> {
    app.tickets += 1;
    let ticket = app.tickets;
    let lab = app.screen.opened_mut()?.bn_lab.as_mut()?;
    lab.ticket = ticket;
    Some(Effect::Start(Job { ticket, task }))
}

/// Shows a place of the open network's spec, or names its file.
fn show_place(app: &mut App, place: &Place) {
    if let Some(opened) = app.screen.opened_mut()
        && !opened.show_place(place)
    {
        let place = place.to_string();
        app.notice = Some(message!("notice-written-in", place = place));
    }
}

/// Opens a network on top of the screen.
fn open_network(app: &mut App, name: &str) {
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

/// Compares the open network's file as it was before the last fix with the file as it is.
pub(super) fn compare_fixed(app: &mut App) {
    let Some((opened, fix)) = app.opened().zip(app.fixes.last()) else {
        return;
    };
    match Compare::fixed(&opened.name(), &fix.before, opened.setup()) {
        Ok(compare) => app.enter(Screen::Compare(Box::new(compare))),
        Err(problems) => app.notice = problems.first().map(Problem::headline),
    }
}

/// Shows the comparison of two networks.
pub(super) fn compare(app: &mut App, names: [String; 2], setup: Setup) {
    match Compare::open(names, setup) {
        Ok(mut compare) => {
            if let Some(kept) = app.kept_compare.take_if(|kept| kept.names == compare.names) {
                compare.resume(&kept);
            }
            app.enter(Screen::Compare(Box::new(compare)));
            app.notice = app.compared().and_then(Compare::hint);
        }
        Err(problems) => app.notice = problems.first().map(Problem::headline),
    }
}

/// Opens one of the compared networks at the selected row.
fn open_side(app: &mut App, side: Side) {
    let Some(compare) = app.compared() else {
        return;
    };
    let Some(id) = compare.layer(side) else {
        return;
    };
    let model = Arc::clone(&compare.subject(side).model);
    let Setup {
        overrides,
        rule,
        batch,
    } = compare.setup;
    let mut screen = app.screen_of(model);
    if let Screen::Network(opened) = &mut screen {
        opened.overrides = overrides;
        opened.recount(rule, batch);
        opened.show_layer(Tab::Layers, id);
    }
    app.enter(screen);
}

/// Asks whether to write a fix, or the first one of the open network's problems.
fn propose_fix(app: &mut App, fix: Option<Fix>) {
    let Some(fix) = fix.or_else(|| app.opened()?.first_fix().cloned()) else {
        app.notice = Some(message!("notice-no-fix"));
        return;
    };
    match FileFix::of(&fix) {
        Ok(fix) => app.overlay = Some(Overlay::Confirm(Box::new(Confirm::new(fix)))),
        Err(refused) => app.notice = Some(refused),
    }
}

/// Writes the fix that was agreed to, or takes it back.
pub(super) fn confirmed(app: &mut App) -> Option<Effect> {
    let Some(Overlay::Confirm(confirm)) = app.overlay.take() else {
        return None;
    };
    if confirm.fix.is_undo {
        app.fixes.pop();
    }
    Some(Effect::WriteFix(confirm.fix))
}

/// Opens the network that weights fit, with these weights, and prepares its pass.
fn open_fit(app: &mut App, fit: &Fit, weights: &WeightsChoice) -> Option<Effect> {
    let opened = app.opened()?;
    // A spec of the user's own is opened by its path.
    let name = if fit.name == opened.subject.model.spec.name {
        opened.name()
    } else {
        fit.name.clone()
    };
    let overrides = Overrides {
        classes: fit.classes,
        ..opened.overrides
    };
    let model = match open(&name, &overrides) {
        Ok(model) => model,
        Err(problems) => {
            app.notice = problems.first().map(Problem::headline);
            return None;
        }
    };
    let screen = app.screen_of(model);
    app.enter(screen);
    let opened = app.screen.opened_mut()?;
    opened.overrides = overrides;
    opened.show(Tab::Forward);
    opened.forward.chooser.add_weights(weights);
    let task = opened.forward.prepare(&opened.subject)?;
    let ticket = opened.ticket;
    Some(Effect::Start(Job { ticket, task }))
}

/// Asks whether to undo the last fix.
pub(super) fn undo_fix(app: &mut App) {
    match app.fixes.last() {
        Some(last) => {
            let undone = Confirm::new(last.clone().undone());
            app.overlay = Some(Overlay::Confirm(Box::new(undone)));
        }
        None => app.notice = Some(message!("notice-no-fix-made")),
    }
}

/// Opens a lesson or the review.
fn begin(app: &mut App, study: Study) -> Option<Effect> {
    let mut asks = Asks::default();
    app.close_boxes(&mut asks);
    app.course.begin(study, &mut asks);
    serve(app, asks)
}

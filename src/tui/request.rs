//! Requests: what a view, a box or a lesson asks of the explorer, and what the explorer asks of the world outside.

use std::path::PathBuf;

use crate::engine::WeightsChoice;
use crate::lesson::course::Study;
use crate::message;
use crate::network::LayerId;
use crate::spec::{Fix, Place};
use crate::text::Message;
use crate::tui::file::File;
use crate::tui::fix::FileFix;
use crate::tui::message::{Command, Side, Tab};
use crate::tui::worker::{Fit, Job, Lane, Preview, Task, Wanted};
use crate::weights::published::PublishedWeights;

/// Request to the explorer, served after the update that made it.
#[derive(Debug)]
pub enum Request {
    /// Shows a notice.
    Notify(Message),
    /// Executes another command.
    Do(Command),
    /// Runs a task of the open network's pass.
    Run(Task),
    /// Shows the file picker, in this folder unless one was left before.
    PickFile(Wanted, Option<PathBuf>),
    /// Takes a file from the picker, with its description if it opens as a network.
    TakeFile(Wanted, PathBuf, Option<Box<Preview>>),
    /// Downloads published weights, or stops the download of these.
    Fetch(&'static PublishedWeights),
    /// Runs a task of the open network's lab.
    Measure(Task),
    /// Runs a task that measures the open network's gradients.
    Weigh(Task),
    /// Runs a task of an inquiry.
    Inquire(Task),
    /// Runs a task of the training.
    Teach(Task),
    /// Makes the film of the start screen.
    Film(Task),
    /// Writes files of the training into a folder.
    Keep(&'static str, Vec<File>),
    /// Runs a job of a lesson.
    Answer(Job),
    /// Stops the pass.
    Stop,
    /// Stops the measurements of a lab.
    StopMeasuring,
    /// Stops a lane's job.
    StopLane(Lane),
    /// Shows a layer of the open network in a view.
    Layer(Tab, LayerId),
    /// Shows a place of the open network's spec.
    Place(Place),
    /// Records the place with this layer as one to return to.
    Left(Option<LayerId>),
    /// Opens a network on top of the screen.
    Open(String),
    /// Compares two networks.
    Compare([String; 2]),
    /// Opens one of the compared networks at the selected row.
    OpenSide(Side),
    /// Asks whether to apply a fix, or the first one that there is.
    Fix(Option<Fix>),
    /// Opens the network that these weights fit.
    OpenFit(Fit, WeightsChoice),
    /// Shows the subject of the lesson's page.
    Look,
    /// Shows the answer of the lesson's question in the view.
    Reveal,
    /// Shows again what a lesson has hidden.
    Unveil,
    /// Opens a lesson or the review.
    Study(Study),
    /// Saves the progress in the lessons.
    KeepProgress,
}

/// Most characters of a search or an answer.
pub const LONGEST: usize = 200;
/// Most characters of a text that may be a path.
pub const LONGEST_PATH: usize = 4_096;

/// Requests of one update, in order.
#[derive(Debug, Default)]
pub struct Asks(Vec<Request>);

impl Asks {
    /// Adds a request.
    pub fn ask(&mut self, request: Request) {
        self.0.push(request);
    }

    /// Part of a text that still has room after what is typed, up to a number of characters; the rest is refused with a
    /// notice.
    pub fn cut<'t>(&mut self, typed: &str, text: &'t str, most: usize) -> &'t str {
        let left = most.saturating_sub(typed.chars().count());
        let end = text.char_indices().nth(left).map(|(end, _)| end);
        if end.is_some() {
            self.notify(message!("notice-text-cut", count = most));
        }
        &text[..end.unwrap_or(text.len())]
    }

    /// Asks to show a notice.
    pub fn notify(&mut self, notice: Message) {
        self.ask(Request::Notify(notice));
    }
}

impl IntoIterator for Asks {
    type Item = Request;
    type IntoIter = std::vec::IntoIter<Request>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Request for something outside the state.
#[derive(Debug)]
pub enum Effect {
    /// Leave the explorer.
    Quit,
    /// Give the terminal to the shell until the user comes back.
    Suspend,
    /// Start a job on a worker.
    Start(Job),
    /// Stop the worker of the pass.
    Cancel,
    /// Stop a lane's worker.
    CancelLane(Lane),
    /// Stop the worker of the lab.
    CancelBnLab,
    /// Write a file.
    Write(File),
    /// Write files into a folder.
    Keep(&'static str, Vec<File>),
    /// Apply a fix to a spec file.
    WriteFix(FileFix),
    /// Save the progress in the lessons.
    KeepProgress,
    /// Copy a text to the clipboard.
    Copy(String),
}

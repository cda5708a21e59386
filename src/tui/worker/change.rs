//! Change of a pass: it is judged, and the pass runs again from the first layer that it affects.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::held::HeldPass;
use super::{Event, Outcome, Until, go_on, run};
use crate::engine::{Edit, Session};
use crate::message;
use crate::network::{Layer, Network, Picture, check};
use crate::text::Message;
use crate::text::format::dims;

/// Job of a change.
#[derive(Debug)]
pub struct Change {
    /// Pass to change, which stays as it is.
    pub pass: HeldPass,
    /// Pass before all changes, if this one has some.
    pub original: Option<HeldPass>,
    /// All edits of the changed pass.
    pub edits: Vec<Edit>,
    /// Pause after each layer, to show it.
    pub rest: Duration,
}

impl Change {
    /// Changes the pass, and runs as far as it had come.
    pub(super) fn perform(self, cancel: &AtomicBool, send: &mut dyn FnMut(Event)) {
        let mut session = match self.pass.edited(self.edits) {
            Ok(session) => session,
            Err(error) => return send(Event::Refused(error.message())),
        };
        let told = black_border(&self.pass, &session);
        let reached = self.pass.current();
        if let Some(layer) = reached {
            run(&mut session, (Until::Layer(layer), self.rest), cancel, send);
        }
        if go_on(cancel).is_break() {
            return send(Event::Kept);
        }
        let is_as_it_was = session.edits().is_empty();
        let beside = (!is_as_it_was).then(|| self.original.unwrap_or(self.pass));
        let outcome = Outcome::of(session, beside);
        send(Event::Changed(Box::new(outcome), told));
    }
}

/// Notice about the black border that a change brings, if its crop is larger than the picture.
fn black_border(before: &Session, after: &Session) -> Option<Message> {
    let network = after.network();
    if std::ptr::eq(before.network(), network) {
        return None;
    }
    let crop = crop(network)?;
    (Some(crop) != self::crop(before.network())).then_some(())?;
    let [read, size] = crop;
    (read[0] < size[0] || read[1] < size[1])
        .then(|| message!("prepare-black-border", crop = dims(size), size = dims(read),))
}

/// Height and width before and after the crop of a picture.
fn crop(network: &Network) -> Option<[[u64; 2]; 2]> {
    let is_crop = |layer: &Layer| matches!(layer, Layer::Picture(Picture::CenterCrop { .. }));
    let (crop, _) = network.nodes().find(|(_, node)| is_crop(&node.layer))?;
    let (shapes, _) = check::shapes(network);
    let read = shapes[*network.inputs(crop).first()?]?.size()?;
    Some([read, shapes[crop]?.size()?])
}

//! Dilation in place of stride, for maps that stay larger: a network's output stride, as timm and torchvision have it.
//!
//! Once the map has the output stride that was asked for, a stride of a block is not taken: its layer reads every pixel, and the windows
//! after it read pixels that lie as far apart as if it had been taken, so that the weights mean the same (Chen et al. 2016).

use super::builder::{Builder, Cursor, Grid};
use crate::message;
use crate::network::window::sides;
use crate::network::{Layer, Pool, Reshape, Stage, Window};
use crate::spec::{ArchitectureFile, OutputStride, Place, Problem};
use crate::text::Joint;

impl Builder {
    /// Density of the map of a layer that is being added.
    pub(super) fn grid_after(&mut self, layer: &Layer, inputs: &[Cursor]) -> Grid {
        let Some(first) = inputs.first() else {
            return Grid::INPUT;
        };
        // A layer of zeros before a window is added between the decision about its stride and the layer itself.
        let strides = layer.window().is_some()
            || matches!(
                layer,
                Layer::Pool(Pool::Blur { .. }) | Layer::Reshape(Reshape::PadShortcut { .. })
            );
        let turned = if strides {
            std::mem::replace(&mut self.turned, [1; 2])
        } else {
            [1; 2]
        };
        let own = layer.stride();
        Grid {
            stride: [0, 1].map(|axis| first.grid.stride[axis].saturating_mul(own[axis])),
            dilation: [0, 1].map(|axis| first.grid.dilation[axis].saturating_mul(turned[axis])),
        }
    }

    /// Density of the next layer's input.
    pub(super) fn grid(&self) -> Grid {
        self.cursor.map_or(Grid::INPUT, |cursor| cursor.grid)
    }

    /// The part of a stride that becomes dilation at the next layer.
    pub(super) fn turns(&self, stride: [u64; 2]) -> [u64; 2] {
        let in_body = matches!(self.scope.stage, Stage::Body(_));
        let Some(limit) = self.output_stride.filter(|_| in_body) else {
            return [1; 2];
        };
        let grid = self.grid();
        [0, 1].map(|axis| {
            if grid.stride[axis] >= limit {
                stride[axis]
            } else {
                1
            }
        })
    }

    /// The stride that the next layer takes of one that a spec states; the rest becomes dilation of the layers after it.
    pub(super) fn taken(&mut self, stride: [u64; 2]) -> [u64; 2] {
        self.turned = self.turns(stride);
        [0, 1].map(|axis| stride[axis] / self.turned[axis])
    }

    /// The window of a convolution or maximum that a spec states, on this map.
    pub(super) fn dilated(&mut self, window: Window) -> Window {
        let stride = self.taken(window.stride);
        let spread = |pixels: [u64; 2]| {
            let far = self.spread(pixels);
            [0, 1].map(|axis| if window.kernel[axis] == 1 { pixels } else { far }[axis])
        };
        Window {
            stride,
            padding: spread(window.padding),
            dilation: spread(window.dilation),
            ..window
        }
    }

    /// Numbers of pixels of a border or between two pixels, on this map.
    pub(super) fn spread(&self, pixels: [u64; 2]) -> [u64; 2] {
        let Stage::Body(_) = self.scope.stage else {
            return pixels;
        };
        let dilation = self.grid().dilation;
        [0, 1].map(|axis| pixels[axis].saturating_mul(dilation[axis]))
    }

    /// The window of an average that a spec states, on this map. It has no dilation in PyTorch, nor gets one in timm.
    pub(super) fn undilated(&mut self, window: Window) -> Window {
        let stride = self.taken(window.stride);
        Window { stride, ..window }
    }

    /// Adds a row or column of zeros before a window of even side whose stride became dilation, as without its stride it would make the
    /// map smaller.
    pub(super) fn keep_size(&mut self, name: &str, place: &Place, window: Window) -> Window {
        let turned = self.turned;
        let after = [0, 1].map(|axis| {
            let shrinks = turned[axis] > 1 && window.kernel[axis].is_multiple_of(2);
            if shrinks { window.dilation[axis] } else { 0 }
        });
        if after == [0; 2] {
            return window;
        }
        let before = window.padding;
        let after = [0, 1].map(|axis| before[axis] + after[axis]);
        let pad = Reshape::ConstantPad2d { before, after };
        self.push(&format!("{name}_pad"), Some(place), pad);
        Window {
            padding: [0; 2],
            rounding: crate::network::Rounding::Floor,
            ..window
        }
    }

    /// Sets the names that a block's layers may use about dilation, and returns the dilation of its output.
    pub(super) fn define_dilation(&mut self, stride: [u64; 2]) -> [u64; 2] {
        let integer = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let (grid, turned) = (self.grid(), self.turns(stride));
        let dilation = [0, 1].map(|axis| grid.dilation[axis].saturating_mul(turned[axis]));
        self.variables
            .set_pair("first_dilation", grid.dilation.map(integer));
        self.variables.set_pair("dilation", dilation.map(integer));
        dilation
    }

    /// Gives the output of a block its dilation, which none of its layers may have taken: a pool that is there for the stride alone is
    /// left out where the stride is not taken.
    pub(super) fn settle_dilation(&mut self, dilation: [u64; 2]) {
        if let Some(cursor) = &mut self.cursor {
            let own = &mut cursor.grid.dilation;
            *own = [0, 1].map(|axis| own[axis].max(dilation[axis]));
        }
    }
}

/// The problem of an output stride that a network does not have, after its last block; `stem` is the map before the first.
pub(super) fn problem(
    file: &ArchitectureFile,
    asked: u64,
    is_override: bool,
    [stem, body]: [Grid; 2],
) -> Option<Problem> {
    let reached = body.stride;
    let fits = reached.iter().all(|&side| side <= asked) && reached.contains(&asked);
    if fits {
        return None;
    }
    let others = |holds: &dyn Fn(u64) -> bool| {
        let others = OutputStride::ALL.into_iter().filter(|&one| holds(one));
        let others: Vec<_> = others.map(|one| one.to_string()).collect();
        (!others.is_empty()).then(|| Joint::Or.of(others))
    };
    let least = stem.stride[0].max(stem.stride[1]);
    let own = reached[0].max(reached[1]);
    let (message, help) = if stem.stride.iter().any(|&side| side > asked) {
        let message = message!(
            "problem-output-stride-stem",
            asked = asked,
            stem = sides(stem.stride)
        );
        let help = match others(&|one| one >= least) {
            Some(others) => message!("help-output-stride-larger", others = others),
            None => message!("help-output-stride-none"),
        };
        (message, help)
    } else if own < asked {
        let message = message!(
            "problem-output-stride-small",
            asked = asked,
            own = sides(reached)
        );
        let help = match others(&|one| one <= own && one >= least) {
            Some(others) => message!("help-output-stride-smaller", others = others),
            None => message!("help-output-stride-none"),
        };
        (message, help)
    } else {
        let message = message!(
            "problem-output-stride-missed",
            asked = asked,
            stem = sides(stem.stride),
            own = sides(reached)
        );
        (
            message,
            message!("help-output-stride-missed", own = sides(reached)),
        )
    };
    let stated = file.output_stride.as_ref().map(|own| &own.place);
    let strides = file.strides.as_ref().map(|own| &own.place);
    let place = stated.filter(|_| !is_override).or(strides)?;
    Some(Problem::error("value", message).at(place).help(help))
}

//! Scores that are lost when a part of the image is covered, by running the network again.

use std::sync::Arc;

use ndarray::{Array2, Array4, Axis, concatenate, s};

use super::{Heat, Saliency, Watcher, map};
use crate::engine::compiled::CompileError;
use crate::engine::gradient::GradientError;
use crate::engine::{Compiled, Input, Options};
use crate::message;

/// Images that run at once.
const BATCH: usize = 16;

/// A square that covers the image, and how far it moves from pass to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch {
    /// Side in pixels.
    pub side: usize,
    /// Pixels between two places.
    pub stride: usize,
}

impl Patch {
    /// A quarter of the shorter side, moved by half of itself.
    pub fn usual([height, width]: [usize; 2]) -> Self {
        let side = (height.min(width) / 4).max(1);
        Self {
            side,
            stride: (side / 2).max(1),
        }
    }

    /// First rows or columns of a side of this length; the last patch ends at the edge.
    fn places(self, length: usize) -> Vec<usize> {
        let last = length - self.side;
        let mut places: Vec<usize> = (0..=last).step_by(self.stride).collect();
        if places.last() != Some(&last) {
            places.push(last);
        }
        places
    }
}

impl Saliency {
    /// Passes that occlusion with a patch takes.
    pub fn passes(&self, patch: Patch) -> usize {
        let [down, across] = self.size().map(|side| {
            let side = side.max(patch.side);
            patch.places(side).len()
        });
        1 + down * across
    }

    /// Each pixel has the mean of the scores that were lost under the patches over it. A patch is zero after preprocessing:
    /// the mean colour where the mean is taken away.
    pub(super) fn occlusion(
        &self,
        patch: Patch,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
    ) -> Result<Vec<Heat>, GradientError> {
        let [height, width] = self.size();
        if patch.side == 0 || patch.stride == 0 || patch.side > height.min(width) {
            return Err(message!(
                "saliency-patch",
                side = patch.side,
                stride = patch.stride,
                most = height.min(width)
            )
            .into());
        }
        let missing = || GradientError::Refused(message!("choice-no-input"));
        let [image] = self.outputs([self.source().ok_or_else(missing)?])?;
        let image = map(image);
        let (down, across) = (patch.places(height), patch.places(width));
        let mut places = vec![None];
        places.extend(
            down.iter()
                .flat_map(|&row| across.iter().map(move |&column| Some([row, column]))),
        );
        let batch = BATCH.min(places.len());
        let options = Options {
            batch,
            ..Options::default()
        };
        let wrong = |error: CompileError| GradientError::Refused(error.message());
        let mut compiled =
            Compiled::new(Arc::clone(&self.network), &*self.weights, options).map_err(wrong)?;
        let mut scores: Vec<Vec<f32>> = Vec::new();
        for part in places.chunks(batch) {
            let mut covered: Vec<Array4<f32>> = part
                .iter()
                .map(|place| {
                    let mut copy = image.clone();
                    if let Some([row, column]) = *place {
                        copy.slice_mut(s![
                            ..,
                            ..,
                            row..row + patch.side,
                            column..column + patch.side
                        ])
                        .fill(0.0);
                    }
                    copy
                })
                .collect();
            // A plan has one size of batch.
            covered.resize(batch, image.clone());
            let views: Vec<_> = covered.iter().map(|image| image.view()).collect();
            let input = concatenate(Axis(0), &views).expect("images of one size");
            let output = compiled.run(&Input::Prepared(input)).map_err(wrong)?;
            let rows = output.outer_iter().take(part.len());
            scores.extend(rows.map(|row| classes.iter().map(|&class| row[class]).collect()));
            if watcher(scores.len(), places.len()).is_break() {
                return Err(GradientError::Stopped);
            }
        }
        let heats = classes.iter().enumerate().map(|(number, &class)| {
            let score = scores[0][number];
            let mut sums = Array2::<f64>::zeros((height, width));
            let mut counts = Array2::<f64>::zeros((height, width));
            for (place, scores) in places.iter().zip(&scores) {
                let &Some([row, column]) = place else {
                    continue;
                };
                let under = s![row..row + patch.side, column..column + patch.side];
                let lost = f64::from(score) - f64::from(scores[number]);
                sums.slice_mut(under).mapv_inplace(|sum| sum + lost);
                counts.slice_mut(under).mapv_inplace(|count| count + 1.0);
            }
            sums.zip_mut_with(&counts, |sum, &count| *sum /= count.max(1.0));
            Heat {
                class,
                score,
                at: None,
                values: sums.mapv(|value| value as f32),
            }
        });
        Ok(heats.collect())
    }
}
